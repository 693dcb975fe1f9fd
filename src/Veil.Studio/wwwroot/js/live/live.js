// The camera's page: camera → socket → canvas. The canvas is painted by what the studio sends back, and by grey, and by nothing else.
import * as camera from './camera.js';
import { pump, readsTruly } from './frames.js';
import { Link } from './link.js';
import { Recorder, download, nameNow } from './recorder.js';

/** @typedef {{ratio: number, lines: number}} Shape */

class LiveView {
  #canvas;
  #page;
  #context;
  #shape = { ratio: 16 / 9, lines: 480 };
  /** @type {{track: MediaStreamTrack, link: Link, abort: AbortController} | null} */
  #running = null;
  #starting = 0;
  #recorder = null;
  #drawing = Promise.resolve();
  #shown = 0;
  #delays = [];
  #told = 0;
  #gone = Promise.resolve();
  #timer;

  constructor(canvas, page) {
    [this.#canvas, this.#page] = [canvas, page];
    this.#context = canvas.getContext('2d', { alpha: false });
    this.#grey();
    this.#timer = setInterval(() => this.#tell(), 1000);
    this.leave = () => this.stop();
    addEventListener('pagehide', this.leave);
    this.changed = async () => this.#say('OnCameras', await camera.list());
    navigator.mediaDevices?.addEventListener('devicechange', this.changed);
  }

  /** @param {Shape} shape */
  shape(shape) {
    this.#shape = shape;
  }

  cameras() {
    return camera.list();
  }

  /** Opens a camera; says why not, or nothing. @param {string} path Of the socket. @param {string} id Of the camera. */
  async start(path, id) {
    this.#end();
    const mine = ++this.#starting;
    await this.#gone;
    if (!readsTruly()) {
      return 'falsified';
    }
    let track;
    try {
      track = await camera.open(id, this.#shape.lines);
    } catch (error) {
      return camera.reason(error);
    }
    if (mine !== this.#starting) {
      track.stop();
      return 'stopped';
    }
    const abort = new AbortController();
    const link = new Link(path, (picture, taken) => this.#show(picture, taken, abort.signal), reason => this.#lost(reason, abort));
    this.#running = { track, link, abort };
    track.addEventListener('ended', () => this.#lost('unplugged', abort));
    pump(track, abort.signal, this.#shapeNow(), () => link.hasRoom, (message, taken) => link.send(message, taken))
      .then(() => this.#lost('unplugged', abort), () => this.#lost('unplugged', abort));
    this.#say('OnCameras', await camera.list());
    return '';
  }

  stop() {
    this.#starting++;
    this.stopRecording();
    this.#end();
  }

  /** @param {string} path Where the studio takes recordings of this page. */
  record(path) {
    const recorder = this.#recorder ??= new Recorder(this.#canvas, path, why => {
      if (this.#recorder === recorder) {
        this.#recorder = null;
      }
      this.#say('OnRecorded', why);
    });
  }

  stopRecording() {
    this.#recorder?.stop();
    this.#recorder = null;
  }

  snapshot() {
    this.#canvas.toBlob(blob => blob && download(blob, nameNow('png')), 'image/png');
  }

  /** Pictures shown since the page was opened: for measuring. */
  pictures = 0;

  /** Delays between camera and canvas of the last frames, ms: for measuring. */
  delays() {
    return this.#delays.slice();
  }

  dispose() {
    clearInterval(this.#timer);
    removeEventListener('pagehide', this.leave);
    navigator.mediaDevices?.removeEventListener('devicechange', this.changed);
    this.#page = null;
    this.stop();
  }

  #shapeNow() {
    const view = this;
    return { get ratio() { return view.#shape.ratio; }, get lines() { return view.#shape.lines; } };
  }

  #show(jpeg, taken, signal) {
    this.#drawing = this.#drawing.then(async () => {
      const picture = await createImageBitmap(jpeg);
      if (!signal.aborted) {
        const { width, height } = picture;
        if (this.#canvas.width !== width || this.#canvas.height !== height) {
          [this.#canvas.width, this.#canvas.height] = [width, height];
        }
        this.#context.drawImage(picture, 0, 0);
        this.#recorder?.add(picture);
        this.#shown++;
        this.pictures++;
        this.#delays.push(performance.now() - taken);
        this.#delays.splice(0, this.#delays.length - 600);
      }
      picture.close();
      // Timers of a hidden window are held back, pictures are not: while they come the studio hears of it.
      if (performance.now() - this.#told >= 1000) {
        this.#tell();
      }
    }).catch(() => {});
  }

  /** The camera or the studio is gone: what was recorded up to here is kept. */
  #lost(reason, abort) {
    if (!abort.signal.aborted) {
      this.stop();
      this.#say('OnLost', reason);
    }
  }

  #end() {
    const running = this.#running;
    this.#running = null;
    if (running) {
      running.abort.abort();
      running.track.stop();
      this.#gone = running.link.close();
      this.#grey();
    }
  }

  #grey() {
    this.#context.fillStyle = '#808080';
    this.#context.fillRect(0, 0, this.#canvas.width, this.#canvas.height);
  }

  #tell() {
    if (!this.#canvas.isConnected) {
      this.dispose();
      return;
    }
    if (performance.now() - this.#told < 900) {
      return;
    }
    this.#told = performance.now();
    const recent = this.#delays.slice(-Math.max(1, this.#shown)).sort((a, b) => a - b);
    if (this.#running) {
      this.#say('OnSecond', this.#shown, recent.length ? recent[recent.length >> 1] : 0, this.#recorder ? this.#recorder.seconds : -1);
    }
    this.#shown = 0;
  }

  #say(what, ...values) {
    this.#page?.invokeMethodAsync(what, ...values).catch(() => {});
  }
}

/** @param {HTMLCanvasElement} canvas @param {object} page .NET's side. */
export function open(canvas, page) {
  const view = new LiveView(canvas, page);
  // Tests and measurements look at it; it shows nothing that the page does not.
  canvas.veilLive = view;
  return view;
}
