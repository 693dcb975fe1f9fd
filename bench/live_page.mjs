// The studio's live page in Chromium, whose camera plays a clip: rate, delay and processor time; for each program named the longest time without a covered
// picture around changes of choice; and what the browser's own codings of a frame take. Without a test driver, which would be told of every frame.
//   node --experimental-websocket bench/live_page.mjs transport CLIP.mjpeg SECONDS VEIL.dll
//   node --experimental-websocket bench/live_page.mjs changes CLIP.mjpeg SECONDS VEIL.dll...
//   node --experimental-websocket bench/live_page.mjs coding CLIP.mjpeg 0 VEIL.dll
//   node --experimental-websocket bench/live_page.mjs recording CLIP.mjpeg SECONDS VEIL.dll     memory while SECONDS are recorded
//   node --experimental-websocket bench/live_page.mjs hidden CLIP.mjpeg SECONDS VEIL.dll        a recording that goes on behind another window
//   node --experimental-websocket bench/live_page.mjs against CLIP.mjpeg SECONDS VEIL.dll       processor time a picture, beside that of veil live
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { browse, open, start, usage, wait } from './live_programs.mjs';

const WATCH = `
  window.drawn = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...values) {
    draw.apply(this, values);
    window.drawn.push({ at: performance.now(), grey: window.looks && [[.1, .1], [.9, .2], [.5, .5], [.2, .9]].every(([x, y]) => {
      const [red, green, blue] = this.getImageData(x * this.canvas.width, y * this.canvas.height, 1, 1).data;
      return Math.abs(red - 128) + Math.abs(green - 128) + Math.abs(blue - 128) < 12;
    }) });
  };`;

async function transport(clip, seconds, programs) {
  console.log('| program | a second | delay p50 | delay p95 | browser, ms a frame | studio, ms a frame |\n|---|---|---|---|---|---|');
  for (const [index, program] of programs.entries()) {
    const page = await open(program, clip, WATCH, 'Short');
    await wait(3);
    const [browser, studio, before, began] = [usage(page.browser), usage(page.studio), await page.evaluate('window.drawn.length'), performance.now()];
    await wait(seconds);
    const took = (performance.now() - began) / 1000;
    const [browserAfter, studioAfter, shown] = [usage(page.browser), usage(page.studio), await page.evaluate('window.drawn.length') - before];
    const delays = (await page.evaluate('document.querySelector("canvas").veilLive.delays()')).slice(-shown).sort((a, b) => a - b);
    const at = share => Math.round(delays[Math.floor(share * delays.length)]);
    const each = (after, first) => (1000 * (after.seconds - first.seconds) / shown).toFixed(1);
    console.log(`| ${index + 1} | ${(shown / took).toFixed(1)} | ${at(0.5)} ms | ${at(0.95)} ms | ${each(browserAfter, browser)} | ${each(studioAfter, studio)} |`);
    page.close();
  }
}

/** What coding a frame there and back takes in the browser, median of 60. */
const CODINGS = `(async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 854 }, height: { ideal: 480 } } });
  const reader = new MediaStreamTrackProcessor({ track: stream.getVideoTracks()[0] }).readable.getReader();
  const canvas = new OffscreenCanvas(854, 480);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  const image = type => async frame => {
    context.drawImage(frame, 0, 0, 854, 480);
    const coded = await (await canvas.convertToBlob({ type, quality: 0.85 })).arrayBuffer();
    const back = performance.now();
    context.drawImage(await createImageBitmap(new Blob([coded], { type })), 0, 0);
    return [coded.byteLength, performance.now() - back];
  };
  const ways = { JPEG: image('image/jpeg'), WebP: image('image/webp'), planes: async frame => {
    const bytes = new Uint8Array(frame.allocationSize());
    await frame.copyTo(bytes);
    const back = performance.now();
    const picture = new VideoFrame(bytes, { format: frame.format, codedWidth: frame.codedWidth, codedHeight: frame.codedHeight, timestamp: 0 });
    context.drawImage(picture, 0, 0);
    picture.close();
    return [bytes.length, performance.now() - back];
  } };
  const middle = values => values.sort((a, b) => a - b)[values.length >> 1];
  const rows = [];
  for (const [name, way] of Object.entries(ways)) {
    const [there, back, bytes] = [[], [], []];
    for (let round = 0; round < 60; round++) {
      const { value: frame } = await reader.read();
      const start = performance.now();
      const [size, decoding] = await way(frame);
      there.push(performance.now() - start - decoding);
      back.push(decoding);
      bytes.push(size);
      frame.close();
    }
    rows.push('| ' + [name, middle(there).toFixed(1) + ' ms', middle(back).toFixed(1) + ' ms', Math.round(middle(bytes) / 1000) + ' kB'].join(' | ') + ' |');
  }
  return rows.join('\\n');
})()`;

async function coding(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH, 'Short');
  await page.press('Stop the camera');
  console.log('| coding | there | back | size |\n|---|---|---|---|\n' + await page.evaluate(CODINGS));
  page.close();
}

async function changes(clip, seconds, programs) {
  const steps = [
    ['none', () => {}], ['one colour', page => page.choose('#live-method', 'solid')], ['pixelate', page => page.choose('#live-method', 'pixelate')], ['strength', page => page.choose('#live-strength', '0')],
    ['veil', page => page.choose('#live-method', 'veil')], ['number plates too', page => page.press('Number plates')], ['faces alone', page => page.press('Number plates')], ['4 : 3', page => page.choose('#live-ratio', 'classic')],
  ];
  console.log(`| change | ${programs.map((_, index) => `program ${index + 1}: longest gap | grey pictures`).join(' | ')} |\n|---|${programs.map(() => '---|---|').join('')}`);
  const rows = steps.map(([name]) => [name]);
  for (const program of programs) {
    const page = await open(program, clip, WATCH + 'window.looks = true;', 'VeryLong');
    for (const [index, [, change]] of steps.entries()) {
      await wait(2);
      await page.evaluate('window.drawn.length = 0');
      await wait(0.5);
      await change(page);
      await wait(seconds);
      rows[index].push(await page.evaluate(`(() => {
        const covered = window.drawn.filter(one => !one.grey).map(one => one.at);
        return Math.round(Math.max(...covered.slice(1).map((at, index) => at - covered[index]))) + ' ms | ' + (window.drawn.length - covered.length);
      })()`));
    }
    page.close();
  }
  rows.forEach(row => console.log(`| ${row.join(' | ')} |`));
}

/** The file that the studio writes now. */
const written = folder => readdirSync(join(folder, 'data', 'recordings')).filter(name => name.endsWith('.part')).map(name => join(folder, 'data', 'recordings', name))[0];

async function recording(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH, 'Short');
  await page.press('Record');
  console.log('| recorded | the page’s scripts | browser | studio | file |\n|---|---|---|---|---|');
  for (let step = 0; step <= 6; step++) {
    const heap = await page.evaluate('gc(), performance.memory.usedJSHeapSize');
    const file = step ? statSync(written(page.folder)).size : 0;
    console.log(`| ${Math.round(step * seconds / 6)} s | ${(heap / 1e6).toFixed(1)} MB | ${Math.round(usage(page.browser).memory)} MiB | ${Math.round(usage(page.studio).memory)} MiB | ${(file / 1e6).toFixed(1)} MB |`);
    await wait(seconds / 6);
  }
  page.close();
}

async function hidden(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH, 'Short');
  await page.press('Record');
  await wait(5);
  console.log('| window | pictures | the file grew by |\n|---|---|---|');
  for (const hide of [false, true]) {
    if (hide) {
      await page.send('Target.createTarget', { url: 'about:blank' });
      await page.until('document.visibilityState === "hidden"');
    }
    const [pictures, size] = [await page.evaluate('document.querySelector("canvas").veilLive.pictures'), statSync(written(page.folder)).size];
    await wait(seconds);
    const more = await page.evaluate('document.querySelector("canvas").veilLive.pictures') - pictures;
    console.log(`| ${await page.evaluate('document.visibilityState')} | ${(more / seconds).toFixed(1)} a second | ${((statSync(written(page.folder)).size - size) / seconds / 1000).toFixed(0)} kB a second |`);
  }
  page.close();
}

const freePort = () => new Promise(resolve => {
  const server = createServer().listen(0, '127.0.0.1', () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});

/** Processor time a picture of all that a way to covered pictures takes: the page with the studio, and veil live with a browser that looks at its page. */
async function against(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH, 'Short');
  await wait(5);
  const [before, first, began] = [await page.evaluate('window.drawn.length'), usage(page.browser).seconds + usage(page.studio).seconds, performance.now()];
  await wait(seconds);
  const shown = await page.evaluate('window.drawn.length') - before;
  const own = 1000 * (usage(page.browser).seconds + usage(page.studio).seconds - first) / shown;
  const rate = 1000 * shown / (performance.now() - began);
  page.close();
  await wait(3);

  // The same frames, over and over as the browser's camera has them, in the same size.
  const folder = mkdtempSync(join(tmpdir(), 'veil-live-'));
  const [film, long] = [join(folder, 'one.mkv'), join(folder, 'film.mkv')];
  spawnSync('ffmpeg', ['-v', 'error', '-f', 'mjpeg', '-framerate', '30', '-i', clip, '-vf', 'scale=854:480', '-c:v', 'mjpeg', '-q:v', '3', film]);
  spawnSync('ffmpeg', ['-v', 'error', '-stream_loop', '1000', '-i', film, '-t', String(seconds + 60), '-c', 'copy', long]);
  const live = start('dotnet', [program, 'live', long, `page:${await freePort()}`, '--latency', '300', '--health', '1'], /http:\S+/, 'stderr');
  const address = await live.found;
  const lines = [];
  live.child.stderr.on('data', data => lines.push(...String(data).split('\n').filter(line => line.includes(' out;'))));
  const viewer = await browse(folder, address, []);
  while (!lines.some(line => Number(/([\d.]+) out/.exec(line)[1]) > 5)) {
    await wait(0.5);
  }
  await wait(5);
  lines.length = 0;
  const [start2, began2] = [usage(viewer.pid).seconds + usage(live.child.pid).seconds, performance.now()];
  await wait(seconds);
  const took = (performance.now() - began2) / 1000;
  const outs = lines.map(line => Number(/([\d.]+) out/.exec(line)[1]));
  const rate2 = outs.reduce((sum, one) => sum + one, 0) / outs.length;
  const other = 1000 * (usage(viewer.pid).seconds + usage(live.child.pid).seconds - start2) / (rate2 * took);
  live.child.kill('SIGINT');
  viewer.child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  console.log(`| way | pictures a second | processor time a picture | ratio |\n|---|---|---|---|\n| page and studio | ${rate.toFixed(1)} | ${own.toFixed(1)} ms | ${(own / other).toFixed(2)} |\n| veil live and a page that looks | ${rate2.toFixed(1)} | ${other.toFixed(1)} ms | 1 |`);
}

const [what, clip, seconds, ...programs] = process.argv.slice(2);
await { transport, changes, coding, recording, hidden, against }[what](clip, +seconds, programs);
process.exitCode = 0;
setTimeout(() => process.exit(), 3000);
