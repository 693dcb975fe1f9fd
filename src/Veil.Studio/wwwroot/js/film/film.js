// One film on the review page: player, boxes and timeline together. The server decides what tracks are; the browser decides what is shown when.
import { PiecePlayer } from './pieces.js';
import { Overlay } from './overlay.js';
import { Timeline, clock } from './timeline.js';
import { lastOf, placeAt } from './tracks.js';

const TELL_EVERY = 250;

/**
 * @param {HTMLElement} root
 * @param {any} server
 * @param {{ times: number[], width: number, height: number, pieces: string, still: string }} facts
 */
export function open(root, server, facts) {
  return new Film(root, server, facts);
}

class Film {
  #tracks = new Map();
  #doubts = [];
  #informed = false;
  #pieces = { original: [], result: [] };
  #frame = 0;
  #wanted = null;
  #side = 'result';
  #selected = null;
  #range = null;
  #revision = 0;
  #told = 0;
  #closing = new AbortController();

  constructor(root, server, facts) {
    this.root = root;
    this.server = server;
    this.facts = facts;
    this.count = facts.times.length - 1;
    const find = name => root.querySelector(`[data-${name}]`);
    this.still = find('still');
    this.clock = find('clock');
    this.boxes = find('boxes');
    this.videos = { original: find('original'), result: find('result') };
    this.players = Object.fromEntries(Object.entries(this.videos).map(([side, video]) => [side, new PiecePlayer(video, facts.times, facts.pieces)]));
    this.overlay = new Overlay(find('overlay'), {
      width: facts.width, height: facts.height, tracks: () => this.#tracks.values(), frame: () => this.#frame, selected: () => this.#selected, shown: () => this.boxes.checked,
      choose: track => this.#choose(track), begin: () => this.pause(),
      place: (track, box) => server.invokeMethodAsync('OnPlaced', track, this.#frame, box),
      draw: box => { this.draw(false); server.invokeMethodAsync('OnDrawn', this.#frame, box); },
    });
    this.timeline = new Timeline(find('timeline'), {
      times: facts.times, tracks: () => [...this.#tracks.values()], frame: () => this.#frame, selected: () => this.#selected, range: () => this.#range, doubts: () => this.#doubts,
      pieces: () => this.#pieces[this.#side], seek: frame => { this.pause(); this.seek(frame); }, choose: track => this.#choose(track),
    });
    for (const [side, video] of Object.entries(this.videos)) {
      this.#watch(side, video);
    }
    const { signal } = this.#closing;
    addEventListener('keydown', event => this.#key(event), { signal });
    root.addEventListener('click', event => this.#do(event.target.closest('[data-do]')?.dataset.do), { signal });
    this.boxes.addEventListener('change', () => this.overlay.paint(), { signal });
    find('speed').addEventListener('change', event => {
      for (const video of Object.values(this.videos)) {
        video.playbackRate = video.defaultPlaybackRate = Number(event.target.value);
      }
    }, { signal });
    this.still.addEventListener('load', () => this.#show(), { signal });
    this.still.addEventListener('error', () => { this.still.dataset.frame = ''; }, { signal });
    this.show(this.#side);
  }

  dispose() {
    this.#closing.abort();
    this.overlay.close();
    this.timeline.close();
    for (const player of Object.values(this.players)) {
      player.close();
    }
  }

  // What the server calls.

  /**
   * What is otherwise than before; null is as it was. The revision counts up whenever the result of a frame may look otherwise than before.
   */
  update({ changed, removed, original, result, doubts, selected, range, revision }) {
    for (const id of removed) {
      this.#tracks.delete(id);
    }
    for (const track of changed) {
      this.#tracks.set(track.id, track);
    }
    for (const [side, pieces] of Object.entries({ original, result })) {
      if (pieces) {
        this.#pieces[side] = pieces;
        this.players[side].show(pieces);
      }
    }
    this.#doubts = doubts ?? this.#doubts;
    if (selected) {
      [this.#selected] = selected;
    }
    if (range) {
      this.#range = range[0] === null ? null : range;
    }
    [this.#revision, this.#informed] = [revision, true];
    this.overlay.paint();
    this.timeline.paint();
    this.#show();
  }

  seek(frame) {
    this.#wanted = Math.min(this.count - 1, Math.max(0, frame));
    this.#frame = this.#wanted;
    const [start, end] = [this.facts.times[this.#frame], this.facts.times[this.#frame + 1]];
    // In the middle of the frame: its very start may round down to the frame before.
    this.#video.currentTime = start + Math.min(.02, (end - start) / 2);
    this.timeline.reveal(this.#frame);
    this.#shown();
  }

  pause() { this.#video.pause(); }

  draw(on) {
    this.overlay.drawing = on;
    this.root.toggleAttribute('data-drawing', on);
    if (on) {
      this.pause();
    }
  }

  show(side) {
    const playing = !this.#video.paused;
    this.pause();
    this.#side = side;
    this.root.dataset.side = side;
    for (const button of this.root.querySelectorAll('[data-do^=show-]')) {
      button.setAttribute('aria-pressed', String(button.dataset.do === 'show-' + side));
    }
    this.seek(this.#frame);
    if (playing) {
      this.#start();
    }
  }

  get #video() { return this.videos[this.#side]; }

  #watch(side, video) {
    const active = () => side === this.#side;
    video.muted = true;
    const presented = (_, data) => {
      if (this.#closing.signal.aborted) {
        return;
      }
      if (active()) {
        this.#presented(data.mediaTime);
      }
      video.requestVideoFrameCallback(presented);
    };
    video.requestVideoFrameCallback(presented);
    for (const name of ['play', 'pause', 'waiting', 'playing', 'seeked', 'piece']) {
      video.addEventListener(name, () => active() && this.#show());
    }
    video.addEventListener('ended', () => active() && this.#ended());
    video.addEventListener('pause', () => active() && this.#tell(true));
    video.addEventListener('seeked', () => active() && this.#sought(video));
  }

  /** The player is where it was sent, also where the frame is the one shown before, which it does not present again. */
  #sought(video) {
    const wanted = this.#wanted;
    if (wanted !== null && video.readyState >= 2 && this.#indexOf(video.currentTime) === wanted) {
      requestAnimationFrame(() => requestAnimationFrame(() => {
        if (this.#wanted === wanted && video === this.#video && !video.seeking) {
          this.#wanted = null;
          this.#show();
        }
      }));
    }
  }

  /** The last frame stands, also where the browser came to the end so fast that it never told of it. */
  #ended() {
    this.#wanted = null;
    this.#frame = this.count - 1;
    this.timeline.reveal(this.#frame);
    this.#shown();
  }

  /** A frame is on the screen. */
  #presented(time) {
    const frame = this.#indexOf(time);
    if (this.#wanted !== null && this.#video.paused) {
      // Asked for and on its way: frames of an earlier seek may still come.
      if (frame === this.#wanted) {
        this.#wanted = null;
        this.#show();
      }
      return;
    }
    this.#wanted = null;
    this.#frame = frame;
    this.timeline.reveal(frame);
    this.#shown();
  }

  #indexOf(time) {
    const { times } = this.facts;
    let [low, high] = [0, this.count - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (times[middle] <= time + .0002) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  #shown() {
    this.overlay.paint();
    this.#show();
    this.#tell(this.#video.paused);
  }

  /** Which of video and still is seen, and what is said about it. */
  #show() {
    const { root } = this;
    const player = this.players[this.#side];
    const piece = player.pieceAt(this.#frame);
    const current = piece?.state === 'Ready' && player.has(this.#frame);
    const paused = this.#video.paused;
    root.toggleAttribute('data-playing', !paused);
    root.dataset.frame = String(this.#frame);
    this.clock.textContent = `${clock(this.facts.times[this.#frame], true)} / ${clock(this.facts.times[this.count], true)}`;
    root.querySelector('[data-number]').textContent = `${this.#frame + 1} / ${this.count}`;
    // Paused where the playing preview is missing or older than the last change: the frame itself, from the engine.
    const wantsStill = paused && !current;
    const name = `${this.#side}:${this.#frame}:${this.#revision}`;
    if (wantsStill && this.still.dataset.frame !== name) {
      this.still.dataset.frame = name;
      this.still.src = `${this.facts.still}${this.#side}?frame=${this.#frame}&longest=1280&v=${this.#revision}`;
    }
    const still = wantsStill && this.still.dataset.frame === name && this.still.complete && this.still.naturalWidth > 0;
    root.toggleAttribute('data-still', still);
    root.dataset.exact = String(this.#informed && ((current && this.#wanted === null && paused) || still));
    root.toggleAttribute('data-waits', !still && !player.has(this.#frame));
    root.toggleAttribute('data-stale', piece?.state === 'Stale' || (!paused && piece?.state === 'Missing'));
  }

  #tell(now) {
    const since = performance.now() - this.#told;
    if (now || since > TELL_EVERY) {
      this.#told = performance.now();
      clearTimeout(this.telling);
      this.telling = setTimeout(() => this.#closing.signal.aborted || this.server.invokeMethodAsync('OnFrame', this.#frame), now ? 60 : 0);
    }
  }

  #choose(track) {
    this.#selected = track;
    this.overlay.paint();
    this.timeline.paint();
    this.server.invokeMethodAsync('OnChosen', track);
  }

  #key(event) {
    const typing = event.target.closest?.('input, select, textarea, dialog, [contenteditable]');
    if (typing && !['checkbox', 'radio'].includes(typing.type) || event.target.closest?.('.top-bar')) {
      return;
    }
    if (event.altKey && event.key.startsWith('Arrow')) {
      const [dx, dy] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
      this.overlay.nudge(event.shiftKey ? 0 : dx, event.shiftKey ? 0 : dy, event.shiftKey ? dx - dy : 0);
      event.preventDefault();
      return;
    }
    const does = (event.ctrlKey || event.metaKey)
      ? { z: event.shiftKey ? 'redo' : 'undo', Z: 'redo', y: 'redo' }[event.key]
      : {
        ' ': 'play', ArrowLeft: event.shiftKey ? 'back' : 'previous', ArrowRight: event.shiftKey ? 'forward' : 'next', Home: 'first', End: 'last', '[': 'track-start', ']': 'track-end', k: 'doubt-next',
        j: 'doubt-before', b: 'compare', s: 'split', n: 'draw', c: 'toggle', i: 'range-from', o: 'range-to', '+': 'zoom-in', '-': 'zoom-out', Escape: 'escape',
      }[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!does || event.altKey || event.key === ' ' && event.target.closest?.('button, summary, a, input')) {
      return;
    }
    event.preventDefault();
    this.#do(does);
  }

  #do(what) {
    const second = way => { this.pause(); this.seek(this.#indexOf(this.facts.times[this.#frame] + way)); };
    const step = way => { this.pause(); this.seek(this.#frame + way); };
    const track = this.#tracks.get(this.#selected);
    const doubt = way => {
      const next = way > 0 ? this.#doubts.find(frame => frame > this.#frame) : this.#doubts.findLast(frame => frame < this.#frame);
      if (next !== undefined) {
        this.pause();
        this.seek(next);
        const here = [...this.#tracks.values()].filter(one => placeAt(one, next));
        if (here.length === 1) {
          this.#choose(here[0].id);
        }
      }
    };
    switch (what) {
      case 'play': return this.#video.paused ? this.#play() : this.pause();
      case 'previous': return step(-1);
      case 'next': return step(1);
      case 'back': return second(-1);
      case 'forward': return second(1);
      case 'first': return this.seek(0);
      case 'last': return this.seek(this.count - 1);
      case 'track-start': return track && step(track.first - this.#frame);
      case 'track-end': return track && step(lastOf(track) - this.#frame);
      case 'doubt-next': return doubt(1);
      case 'doubt-before': return doubt(-1);
      case 'compare': return this.show(this.#side === 'result' ? 'original' : 'result');
      case 'show-original': return this.show('original');
      case 'show-result': return this.show('result');
      case 'zoom-in': return this.timeline.zoom(1.6);
      case 'zoom-out': return this.timeline.zoom(1 / 1.6);
      case 'fit': return this.timeline.fit();
      case 'draw': return this.draw(!this.overlay.drawing);
      case 'escape': return this.draw(false);
      case 'split': case 'toggle': case 'undo': case 'redo': case 'range-from': case 'range-to':
        return this.server.invokeMethodAsync('OnCommand', what, this.#frame);
    }
  }

  #play() {
    if (this.#frame >= this.count - 1) {
      this.seek(0);
    }
    this.#wanted = null;
    this.#start();
  }

  async #start() {
    try {
      await this.#video.play();
    } catch (error) {
      // Paused again before it had begun.
      if (error.name !== 'AbortError') {
        throw error;
      }
    }
  }
}
