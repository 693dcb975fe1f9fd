// Records what the page shows, which is anonymized. Each second of it goes to the studio, which keeps it in a file: the page holds none of it.

/** A name by the time, e.g. veil-live-2026-11-20-21-05-10.webm. @param {string} ending */
export function nameNow(ending) {
  const now = new Date();
  const two = number => String(number).padStart(2, '0');
  return `veil-live-${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}-${two(now.getHours())}-${two(now.getMinutes())}-${two(now.getSeconds())}.${ending}`;
}

/** Lets the browser save what is at an address. @param {string} address @param {string} name */
function save(address, name) {
  const link = document.createElement('a');
  [link.href, link.download] = [address, name];
  link.click();
}

/** @param {Blob} blob @param {string} name */
export function download(blob, name) {
  const address = URL.createObjectURL(blob);
  save(address, name);
  setTimeout(() => URL.revokeObjectURL(address), 60000);
}

// What most programs play comes first.
const TYPES = ['video/mp4;codecs=avc1.42E01F', 'video/webm;codecs=vp8', 'video/webm'];
const BITS_PER_SECOND = 4_000_000;
// A part of MP4 ends with a key frame: by their number alone they would be half a minute apart where few pictures come.
const PART = 1000;
const MOST_WAITING = 16 << 20;

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

  /** @param {ImageBitmap} shown What the canvas shows from now on. */
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
  #socket;
  #started = performance.now();
  #isEmpty = false;

  /**
   * @param {HTMLCanvasElement} canvas @param {string} path Where the studio takes recordings of this page.
   * @param {(why: string) => void} ended Told when it was saved, or why it broke off; what came before is kept by the studio.
   */
  constructor(canvas, path, ended) {
    const type = TYPES.find(MediaRecorder.isTypeSupported);
    const kind = type?.startsWith('video/mp4') ? 'mp4' : 'webm';
    this.#pictures = new Pictures(canvas);
    this.#recorder = new MediaRecorder(new MediaStream([this.#pictures.track]), { mimeType: type, videoBitsPerSecond: BITS_PER_SECOND, videoKeyFrameIntervalDuration: PART });
    this.#socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}/${kind}`);
    this.#socket.onopen = () => this.#recorder.start(PART);
    this.#recorder.ondataavailable = ({ data }) => data.size && this.#send(data);
    this.#recorder.onstop = () => this.#send('end');
    this.#socket.onclose = ({ reason }) => {
      const [why, name] = reason.split(' ');
      this.stop();
      if (name) {
        save(`/live/recordings/${name}`, name);
      }
      ended(this.#isEmpty || (why === 'ended' && !name) ? 'empty' : why || 'gone');
    };
  }

  /** @param {ImageBitmap} shown What the canvas shows from now on. */
  add(shown) {
    // A studio whose disk hangs is waited for: what waits here takes memory.
    const { state } = this.#recorder;
    const isFull = this.#socket.bufferedAmount > MOST_WAITING;
    if (isFull && state === 'recording') {
      this.#recorder.pause();
    } else if (!isFull && state === 'paused') {
      this.#recorder.resume();
    }
    if (this.#recorder.state === 'recording') {
      this.#pictures.add(shown);
    }
  }

  get seconds() {
    return Math.floor((performance.now() - this.#started) / 1000);
  }

  /** What comes after the studio has ended it is left out. @param {Blob | string} part */
  #send(part) {
    if (this.#socket.readyState === WebSocket.OPEN) {
      this.#socket.send(part);
    }
  }

  /** Ends it; the studio is told by and by. */
  stop() {
    if (this.#recorder.state !== 'inactive') {
      this.#recorder.stop();
    } else if (this.#socket.readyState === WebSocket.CONNECTING) {
      this.#isEmpty = true;
      this.#socket.close();
    }
    this.#pictures.stop();
  }
}
