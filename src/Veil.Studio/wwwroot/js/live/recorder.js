// Records what the page shows, which is anonymized, and hands it over as a download.

/** A name by the time, e.g. veil-live-2026-11-20-21-05-10.webm. @param {string} ending */
export function nameNow(ending) {
  const now = new Date();
  const two = number => String(number).padStart(2, '0');
  return `veil-live-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}-${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}.${ending}`;
}

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}

// What most programs play comes first.
const TYPES = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp8', 'video/webm'];
const BITS_PER_SECOND = 4_000_000;

/**
 * Pictures as a track. A canvas hands its own out when it is painted on the screen, which it is not while the window is hidden, and leaves some out on a
 * machine at work; where the browser has it, a track is written picture by picture.
 */
class Pictures {
  #writer = null;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    if ('MediaStreamTrackGenerator' in globalThis && 'VideoFrame' in globalThis) {
      this.track = new MediaStreamTrackGenerator({ kind: 'video' });
      this.#writer = this.track.writable.getWriter();
    } else {
      [this.track] = canvas.captureStream(30).getVideoTracks();
    }
  }

  /** @param {VideoFrame | ImageBitmap} shown What the canvas shows from now on. */
  add(shown) {
    if (this.#writer && this.#writer.desiredSize > 0) {
      const picture = new VideoFrame(shown, { timestamp: Math.round(performance.now() * 1000), alpha: 'discard' });
      this.#writer.write(picture).catch(() => picture.close());
    }
  }

  stop() {
    this.#writer?.close().catch(() => {});
    this.track.stop();
  }
}

export class Recorder {
  #recorder;
  #pictures;
  #parts = [];
  #started = performance.now();
  /** Done when the file was handed over. @type {Promise<void>} */
  done;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    const type = TYPES.find(MediaRecorder.isTypeSupported);
    const name = nameNow(type?.startsWith('video/mp4') ? 'mp4' : 'webm');
    this.#pictures = new Pictures(canvas);
    this.#recorder = new MediaRecorder(new MediaStream([this.#pictures.track]), { mimeType: type, videoBitsPerSecond: BITS_PER_SECOND });
    this.#recorder.ondataavailable = ({ data }) => data.size && this.#parts.push(data);
    this.done = new Promise(resolve => {
      this.#recorder.onstop = () => {
        download(new Blob(this.#parts, { type: this.#recorder.mimeType.split(';')[0] }), name);
        this.#parts = [];
        resolve();
      };
    });
    this.#recorder.start(1000);
  }

  /** @param {VideoFrame | ImageBitmap} shown What the canvas shows from now on. */
  add(shown) {
    this.#pictures.add(shown);
  }

  get seconds() {
    return Math.floor((performance.now() - this.#started) / 1000);
  }

  stop() {
    if (this.#recorder.state !== 'inactive') {
      this.#recorder.stop();
      this.#pictures.stop();
    }
    return this.done;
  }
}
