// The socket to the studio: frames go there, and only what comes back is ever shown. docs/studio-live.md has the messages.

import { ofPlanes } from './planes.js';

const MOST_UNDER_WAY = 3;
const LOST_AFTER = 4000;
const FAREWELL = 3000;

export class Link {
  /** @type {Map<number, number>} Frames sent that the studio has not taken yet, with the time of sending. */
  #waiting = new Map();
  /** @type {Map<number, number>} When frames were taken from the camera. */
  #taken = new Map();
  #number = 0;
  #socket;

  /**
   * @param {string} path @param {(picture: Blob | VideoFrame, taken: number) => void} show Closes what is a VideoFrame. @param {(reason: string) => void} closed
   */
  constructor(path, show, closed) {
    this.#socket = new WebSocket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${path}`);
    this.#socket.binaryType = 'arraybuffer';
    this.#socket.onmessage = ({ data }) => this.#receive(data, show);
    this.#socket.onclose = event => closed(event.reason || 'gone');
  }

  /** Whether another frame may be sent. */
  get hasRoom() {
    const now = performance.now();
    for (const [number, sent] of this.#waiting) {
      if (now - sent > LOST_AFTER) {
        this.#waiting.delete(number);
      }
    }
    return this.#socket.readyState === WebSocket.OPEN && this.#waiting.size < MOST_UNDER_WAY && this.#socket.bufferedAmount < 4 << 20;
  }

  /** @param {Uint8Array} message Its first four bytes are for the number. @param {number} taken */
  send(message, taken) {
    if (this.#socket.readyState !== WebSocket.OPEN) {
      return;
    }
    new DataView(message.buffer).setUint32(0, ++this.#number, true);
    this.#waiting.set(this.#number, performance.now());
    this.#taken.set(this.#number, taken);
    this.#socket.send(message);
  }

  /** Done when the studio has said goodbye, so that it takes another socket; a studio that says nothing is waited for a while. */
  close() {
    this.#socket.onmessage = null;
    if (this.#socket.readyState === WebSocket.CLOSED) {
      return Promise.resolve();
    }
    return new Promise(resolve => {
      this.#socket.onclose = resolve;
      setTimeout(resolve, FAREWELL);
      this.#socket.close();
    });
  }

  #receive(data, show) {
    const view = new DataView(data);
    const number = view.getUint32(1, true);
    this.#waiting.delete(number);
    if (view.getUint8(0) !== 1) {
      const taken = this.#taken.get(number) ?? performance.now();
      for (const older of [...this.#taken.keys()].filter(key => key <= number)) {
        this.#taken.delete(older);
      }
      const picture = new Uint8Array(data, 5);
      show(view.getUint8(0) === 3 ? ofPlanes(picture) : new Blob([picture], { type: 'image/jpeg' }), taken);
    }
  }
}
