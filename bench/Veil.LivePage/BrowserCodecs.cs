namespace Veil.LivePage;

/// <summary>What the browser itself can code, measured in the page.</summary>
internal static class BrowserCodecs
{
    /// <summary>Codes the camera's frames in each way that there is: rows of a table.</summary>
    public const string Script = """
        async () => {
          const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 854 }, height: { ideal: 480 } } });
          const reader = new MediaStreamTrackProcessor({ track: stream.getVideoTracks()[0] }).readable.getReader();
          const next = async () => (await reader.read()).value;
          const canvas = new OffscreenCanvas(16, 16);
          const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
          const image = type => async frame => {
            [canvas.width, canvas.height] = [frame.displayWidth, frame.displayHeight];
            context.drawImage(frame, 0, 0);
            const blob = await canvas.convertToBlob({ type, quality: 0.85 });
            const coded = await blob.arrayBuffer();
            const coding = performance.now();
            const picture = await createImageBitmap(new Blob([coded], { type }));
            context.drawImage(picture, 0, 0);
            picture.close();
            return [coded.byteLength, performance.now() - coding];
          };
          const ways = { JPEG: image('image/jpeg'), WebP: image('image/webp') };
          ways.planes = async frame => {
            const bytes = new Uint8Array(frame.allocationSize());
            await frame.copyTo(bytes);
            const coding = performance.now();
            const picture = new VideoFrame(bytes, { format: frame.format, codedWidth: frame.codedWidth, codedHeight: frame.codedHeight, timestamp: 0 });
            context.drawImage(picture, 0, 0);
            picture.close();
            return [bytes.length, performance.now() - coding];
          };
          const first = await next();
          for (const codec of ['vp8', 'vp09.00.10.08', 'avc1.42E01F']) {
            const settings = { codec, width: first.codedWidth, height: first.codedHeight, bitrate: 4e6, latencyMode: 'realtime', framerate: 30 };
            if (!(await VideoEncoder.isConfigSupported(settings).catch(() => ({}))).supported) {
              ways[codec] = null;
              continue;
            }
            let taken = () => {};
            const encoder = new VideoEncoder({ output: chunk => taken(chunk), error: error => taken(null) });
            encoder.configure(settings);
            let shown = () => {};
            const decoder = new VideoDecoder({ output: picture => shown(picture), error: () => shown(null) });
            decoder.configure({ codec, codedWidth: first.codedWidth, codedHeight: first.codedHeight, optimizeForLatency: true });
            ways[codec] = async frame => {
              const chunk = await new Promise(resolve => { taken = resolve; encoder.encode(frame); });
              const coding = performance.now();
              decoder.decode(chunk);
              const picture = await Promise.race([new Promise(resolve => { shown = resolve; }), new Promise(resolve => setTimeout(resolve, 1000))]);
              picture?.close();
              return [chunk.byteLength, performance.now() - coding];
            };
          }
          const rows = [`frames of ${first.codedWidth}x${first.codedHeight}, ${first.format}, ${first.colorSpace.matrix} ${first.colorSpace.fullRange ? 'full' : 'limited'}`, '| coding | there | back | bytes |', '|---|---|---|---|'];
          first.close();
          for (const [name, way] of Object.entries(ways)) {
            if (!way) {
              rows.push(`| ${name} | not offered | | |`);
              continue;
            }
            const [there, back, bytes] = [[], [], []];
            try {
              for (let round = 0; round < 60; round++) {
                const frame = await next();
                const start = performance.now();
                const [size, decoding] = await way(frame);
                there.push(performance.now() - start - decoding);
                back.push(decoding);
                bytes.push(size);
                frame.close();
              }
            } catch (error) {
              rows.push(`| ${name} | ${error.message} | | |`);
              continue;
            }
            const middle = values => values.sort((a, b) => a - b)[values.length >> 1];
            rows.push(`| ${name} | ${middle(there).toFixed(1)} ms | ${middle(back).toFixed(1)} ms | ${Math.round(middle(bytes) / 1000)} kB |`);
          }
          stream.getTracks().forEach(track => track.stop());
          return rows;
        }
        """;

    /// <summary>Codes a picture as the page codes frames.</summary>
    public const string Convert = """
        async ({ source, type }) => {
          const picture = await createImageBitmap(new Blob([Uint8Array.from(atob(source), letter => letter.charCodeAt(0))]));
          const canvas = new OffscreenCanvas(picture.width, picture.height);
          canvas.getContext('2d', { alpha: false }).drawImage(picture, 0, 0);
          const bytes = new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.85 })).arrayBuffer());
          let text = '';
          for (let at = 0; at < bytes.length; at += 8192) {
            text += String.fromCharCode(...bytes.subarray(at, at + 8192));
          }
          return btoa(text);
        }
        """;
}
