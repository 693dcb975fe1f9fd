// Records what the canvas shows, which is anonymized, and hands it over as a download.

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

export class Recorder {
  #recorder;
  #parts = [];
  #started = performance.now();
  /** Done when the file was handed over. @type {Promise<void>} */
  done;

  /** @param {HTMLCanvasElement} canvas */
  constructor(canvas) {
    const type = ['video/webm;codecs=vp8', 'video/webm'].find(MediaRecorder.isTypeSupported);
    const name = nameNow('webm');
    this.#recorder = new MediaRecorder(canvas.captureStream(30), { mimeType: type, videoBitsPerSecond: 4_000_000 });
    this.#recorder.ondataavailable = ({ data }) => data.size && this.#parts.push(data);
    this.done = new Promise(resolve => {
      this.#recorder.onstop = () => {
        download(new Blob(this.#parts, { type: 'video/webm' }), name);
        resolve();
      };
    });
    this.#recorder.start(1000);
  }

  get seconds() {
    return Math.floor((performance.now() - this.#started) / 1000);
  }

  stop() {
    if (this.#recorder.state !== 'inactive') {
      this.#recorder.stop();
      this.#recorder.stream.getTracks().forEach(track => track.stop());
    }
    return this.done;
  }
}
