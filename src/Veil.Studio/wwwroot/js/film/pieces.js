// Plays a film that comes in pieces, each a file of its own at its exact time. Pieces around the place that is played are held; one that was made
// anew replaces the one before.

/** @typedef {{ first: number, frames: number, key: string | null, state: 'Missing' | 'Stale' | 'Ready' }} Piece */

const AHEAD = 40;
const BEHIND = 15;
const KEPT = 90;

export class PiecePlayer {
  /** Whether this browser lacks the coding of the pieces: then nothing plays, and frames are shown one by one. */
  unplayable = false;

  #pieces = /** @type {Piece[]} */ ([]);
  #held = new Map();
  #gone = new Set();
  #source = null;
  #buffer = null;
  #working = false;
  #again = false;
  #closed = false;
  #leaving = new AbortController();

  /**
   * @param {HTMLVideoElement} video
   * @param {number[]} times when each frame is shown, seconds, and the film's end
   * @param {string} address of pieces, to be followed by a key
   */
  constructor(video, times, address) {
    this.video = video;
    this.times = times;
    this.address = address;
    video.addEventListener('seeking', () => this.#fill());
    video.addEventListener('timeupdate', () => this.#fill());
  }

  /** @param {Piece[]} pieces */
  show(pieces) {
    this.#pieces = pieces;
    this.#fill();
  }

  /** The piece of a frame. @param {number} frame @returns {Piece | undefined} */
  pieceAt(frame) {
    return this.#pieces.find(piece => frame >= piece.first && frame < piece.first + piece.frames);
  }

  /** True when a frame is here to be shown. @param {number} frame */
  has(frame) {
    const piece = this.pieceAt(frame);
    return piece?.key != null && this.#held.get(piece.first) === piece.key;
  }

  close() {
    this.#closed = true;
    this.#leaving.abort();
    this.video.removeAttribute('src');
    this.video.load();
  }

  #start(piece) { return this.times[piece.first]; }
  #end(piece) { return this.times[piece.first + piece.frames]; }

  async #open(type) {
    this.#source = new MediaSource();
    const address = URL.createObjectURL(this.#source);
    const opened = new Promise(resolve => this.#source.addEventListener('sourceopen', resolve, { once: true }));
    this.video.src = address;
    await opened;
    URL.revokeObjectURL(address);
    this.#source.duration = this.times.at(-1);
    this.#buffer = this.#source.addSourceBuffer(type);
  }

  async #fill() {
    if (this.#working) {
      this.#again = true;
      return;
    }
    this.#working = true;
    try {
      do {
        this.#again = false;
        let next;
        while (!this.#closed && (next = this.#next())) {
          await this.#take(next);
        }
        await this.#forget();
        this.#finish();
      } while (this.#again && !this.#closed);
    } catch (error) {
      if (!this.#closed) {
        throw error;
      }
    } finally {
      this.#working = false;
    }
  }

  /** What is played next comes first, then what was before. */
  #next() {
    if (this.unplayable) {
      return undefined;
    }
    const now = this.video.currentTime;
    const near = this.#pieces.filter(piece => piece.key && !this.#gone.has(piece.key) && this.#held.get(piece.first) !== piece.key && this.#end(piece) > now - BEHIND && this.#start(piece) < now + AHEAD);
    return near.find(piece => this.#end(piece) > now) ?? near.at(-1);
  }

  async #take(piece) {
    const answer = await fetch(this.address + piece.key, { signal: this.#leaving.signal });
    if (!answer.ok) {
      // Another window made it anew, or the project is gone: frames are shown one by one.
      this.#gone.add(piece.key);
      return;
    }
    const bytes = await answer.arrayBuffer();
    if (this.#closed) {
      return;
    }
    if (!this.#buffer) {
      const type = mediaType(new Uint8Array(bytes));
      if (!MediaSource.isTypeSupported(type)) {
        this.unplayable = true;
        this.video.dispatchEvent(new CustomEvent('piece'));
        return;
      }
      await this.#open(type);
    }
    // Takes the place of what was held for these times before.
    this.#buffer.appendBuffer(bytes);
    await this.#done();
    this.#held.set(piece.first, piece.key);
    const now = this.video.currentTime;
    if (now >= this.#start(piece) && now < this.#end(piece)) {
      // Draws the frame again from the new piece.
      this.video.currentTime = now;
    }
    this.video.dispatchEvent(new CustomEvent('piece'));
  }

  async #forget() {
    const now = this.video.currentTime;
    for (const piece of this.#pieces) {
      if (this.#buffer && this.#held.has(piece.first) && (this.#end(piece) < now - KEPT || this.#start(piece) > now + KEPT)) {
        this.#held.delete(piece.first);
        // A little less: its end, rounded, must not take the frame that begins the next.
        this.#buffer.remove(this.#start(piece), this.#end(piece) - .001);
        await this.#done();
      }
    }
  }

  /** Says that nothing follows the last piece, or a player would wait there. */
  #finish() {
    const last = this.#pieces.at(-1);
    if (!this.#closed && last && this.#held.has(last.first) && this.#source?.readyState === 'open') {
      this.#source.endOfStream();
    }
  }

  #done() {
    return new Promise((resolve, reject) => {
      this.#buffer.addEventListener('updateend', resolve, { once: true });
      this.#buffer.addEventListener('error', () => reject(new Error('The browser cannot play this film.')), { once: true });
    });
  }
}

/** What the file says it is coded with. @param {Uint8Array} bytes */
function mediaType(bytes) {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 4096));
  const at = head.indexOf('avcC');
  const hex = at < 0 ? '' : [...bytes.subarray(at + 5, at + 8)].map(byte => byte.toString(16).padStart(2, '0')).join('');
  return `video/mp4; codecs="${at < 0 ? 'vp09.00.41.08' : 'avc1.' + hex}"`;
}
