// The timeline: a ruler with doubts, and a lane for each track, drawn; the list beside it says the same in words.
import { keyframesOf, runsOf } from './tracks.js';

const RULER = 34;

export class Timeline {
  #looks = new WeakMap();

  /**
   * @param {HTMLElement} root holds [data-ruler], [data-lanes] and rows [data-row]
   * @param {{ times: number[], tracks: () => import('./tracks.js').Track[], frame: () => number, selected: () => number | null, range: () => number[] | null, doubts: () => number[],
   *   pieces: () => import('./pieces.js').Piece[], seek: (frame: number) => void, choose: (track: number | null) => void }} film
   */
  constructor(root, film) {
    this.film = film;
    this.root = root;
    this.ruler = root.querySelector('[data-ruler]');
    this.lanes = root.querySelector('[data-lanes]');
    this.count = film.times.length - 1;
    this.view = { from: 0, to: Math.max(1, this.count) };
    for (const canvas of [this.ruler, this.lanes]) {
      canvas.addEventListener('pointerdown', event => this.#down(event, canvas));
      canvas.addEventListener('pointermove', event => this.#move(event));
      canvas.addEventListener('wheel', event => this.#wheel(event), { passive: false });
    }
    this.sizes = new ResizeObserver(() => this.paint());
    this.sizes.observe(this.ruler);
    this.sizes.observe(this.lanes);
    this.looks = new MutationObserver(() => this.paint());
    this.looks.observe(document.documentElement, { attributes: true, attributeFilter: ['class'] });
  }

  close() {
    this.sizes.disconnect();
    this.looks.disconnect();
  }

  /** Shows more or less of the film around a frame. */
  zoom(factor, around = this.film.frame()) {
    const length = Math.min(this.count, Math.max(12, (this.view.to - this.view.from) / factor));
    const part = (around - this.view.from) / (this.view.to - this.view.from);
    this.#look(around - length * Math.min(1, Math.max(0, part)), length);
  }

  fit() { this.#look(0, this.count); }

  /** Keeps a frame in sight. */
  reveal(frame) {
    const length = this.view.to - this.view.from;
    if (frame < this.view.from || frame >= this.view.to) {
      this.#look(frame - length * .1, length);
    } else {
      this.paint();
    }
  }

  #look(from, length) {
    const start = Math.min(Math.max(0, from), Math.max(0, this.count - length));
    this.view = { from: start, to: start + Math.max(1, length) };
    this.paint();
  }

  #x(frame, width) { return (frame - this.view.from) / (this.view.to - this.view.from) * width; }

  #frameAt(event) {
    const bounds = this.ruler.getBoundingClientRect();
    const frame = this.view.from + (event.clientX - bounds.left) / bounds.width * (this.view.to - this.view.from);
    return Math.min(this.count - 1, Math.max(0, Math.floor(frame)));
  }

  #down(event, canvas) {
    if (event.button !== 0) {
      return;
    }
    canvas.setPointerCapture(event.pointerId);
    this.scrubbing = true;
    canvas.addEventListener('lostpointercapture', () => { this.scrubbing = false; }, { once: true });
    if (canvas === this.lanes) {
      const y = event.clientY;
      const row = [...this.root.querySelectorAll('[data-row]')].find(one => y >= one.getBoundingClientRect().top && y < one.getBoundingClientRect().bottom);
      if (row) {
        this.film.choose(Number(row.dataset.row));
      }
    }
    this.film.seek(this.#frameAt(event));
  }

  #move(event) {
    if (this.scrubbing) {
      this.film.seek(this.#frameAt(event));
    }
  }

  #wheel(event) {
    const length = this.view.to - this.view.from;
    if (event.ctrlKey || event.metaKey) {
      event.preventDefault();
      this.zoom(Math.exp(-event.deltaY / 300), this.#frameAt(event));
    } else if (event.deltaX !== 0 || event.shiftKey) {
      event.preventDefault();
      this.#look(this.view.from + (event.deltaX || event.deltaY) / this.ruler.clientWidth * length, length);
    }
  }

  paint() {
    const style = getComputedStyle(this.root);
    const colour = name => style.getPropertyValue(name).trim();
    this.#paintRuler(colour);
    this.#paintLanes(colour);
  }

  #prepare(canvas) {
    const ratio = devicePixelRatio;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (canvas.width !== Math.round(width * ratio) || canvas.height !== Math.round(height * ratio)) {
      [canvas.width, canvas.height] = [Math.round(width * ratio), Math.round(height * ratio)];
    }
    const context = canvas.getContext('2d');
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    return { context, width, height };
  }

  #paintRuler(colour) {
    const { context, width } = this.#prepare(this.ruler);
    const seconds = frame => this.film.times[Math.min(this.count, Math.max(0, Math.round(frame)))];
    const [start, end] = [seconds(this.view.from), seconds(this.view.to)];
    const step = [.1, .2, .5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600].find(one => (end - start) / one * 64 <= width) ?? 7200;
    context.font = '12px ' + getComputedStyle(this.root).fontFamily;
    context.textBaseline = 'top';
    for (let time = Math.ceil(start / step) * step; time <= end; time += step) {
      const x = Math.round((time - start) / Math.max(.001, end - start) * width) + .5;
      context.strokeStyle = colour('--line-strong');
      context.beginPath();
      context.moveTo(x, RULER - 12);
      context.lineTo(x, RULER - 6);
      context.stroke();
      context.fillStyle = colour('--text-quiet');
      const text = clock(time, step < 1);
      context.fillText(text, Math.min(width - context.measureText(text).width, Math.max(0, x + 4)), 2);
    }
    for (const piece of this.film.pieces()) {
      context.fillStyle = colour(piece.state === 'Ready' ? '--good' : piece.state === 'Stale' ? '--warn' : '--line');
      context.fillRect(this.#x(piece.first, width), RULER - 3, Math.max(1, piece.frames / (this.view.to - this.view.from) * width - 1), 3);
    }
    context.fillStyle = colour('--warn');
    for (const frame of this.film.doubts()) {
      const x = this.#x(frame + .5, width);
      context.beginPath();
      context.moveTo(x - 5, RULER - 7);
      context.lineTo(x + 5, RULER - 7);
      context.lineTo(x, RULER - 16);
      context.fill();
    }
    this.#paintPlayhead(context, width, RULER, colour);
  }

  #paintLanes(colour) {
    const { context, width, height } = this.#prepare(this.lanes);
    const top = this.lanes.getBoundingClientRect().top;
    const rows = new Map([...this.root.querySelectorAll('[data-row]')].map(row => [Number(row.dataset.row), row.getBoundingClientRect()]));
    for (const track of this.film.tracks()) {
      const row = rows.get(track.id);
      if (row) {
        this.#paintLane(context, track, row.top - top, row.height, width, colour);
      }
    }
    const range = this.film.range();
    if (range) {
      context.fillStyle = colour('--brand');
      context.globalAlpha = .12;
      context.fillRect(this.#x(range[0], width), 0, this.#x(range[1] + 1, width) - this.#x(range[0], width), height);
      context.globalAlpha = 1;
    }
    this.#paintPlayhead(context, width, height, colour);
  }

  #paintLane(context, track, top, height, width, colour) {
    if (track.id === this.film.selected()) {
      context.fillStyle = colour('--brand-soft');
      context.fillRect(0, top, width, height);
    }
    context.fillStyle = colour('--line');
    context.fillRect(0, top + height - 1, width, 1);
    const look = this.#lookOf(track);
    const [y, tall] = [top + height * .26, height * .48];
    for (const run of look.runs) {
      const x = this.#x(run.start, width);
      const long = Math.max(2, this.#x(run.end, width) - x);
      if (x > width || x + long < 0) {
        continue;
      }
      context.fillStyle = colour(run.covered ? '--brand' : '--warn');
      context.strokeStyle = context.fillStyle;
      if (!run.covered) {
        context.lineWidth = 1.5;
        context.strokeRect(x + .75, y + .75, Math.max(1, long - 1.5), tall - 1.5);
      } else if (run.origin === 'f') {
        context.fillRect(x, y, long, tall);
      } else {
        // Filled in: lower. From keyframes: lower, with a line above.
        context.globalAlpha = run.origin === 'i' ? .45 : .7;
        context.fillRect(x, y + tall * .3, long, tall * .4);
        context.globalAlpha = 1;
      }
    }
    for (const frame of look.keyframes) {
      const [x, middle, size] = [this.#x(frame + .5, width), top + height / 2, 6];
      context.beginPath();
      context.moveTo(x, middle - size);
      context.lineTo(x + size, middle);
      context.lineTo(x, middle + size);
      context.lineTo(x - size, middle);
      context.closePath();
      context.fillStyle = colour('--surface');
      context.fill();
      context.lineWidth = 2;
      context.strokeStyle = colour('--text');
      context.stroke();
    }
  }

  #lookOf(track) {
    if (!this.#looks.has(track)) {
      this.#looks.set(track, { runs: runsOf(track), keyframes: keyframesOf(track) });
    }
    return this.#looks.get(track);
  }

  #paintPlayhead(context, width, height, colour) {
    const x = Math.round(this.#x(this.film.frame() + .5, width));
    context.fillStyle = colour('--bad');
    context.fillRect(x - 1, 0, 2, height);
  }
}

/** A time as people write it. @param {number} seconds @param {boolean} tenths */
export function clock(seconds, tenths = false) {
  const whole = Math.floor(seconds + 1e-6);
  const minutes = Math.floor(whole / 60);
  const text = `${minutes}:${String(whole % 60).padStart(2, '0')}`;
  return tenths ? `${text}.${Math.floor((seconds - whole) * 10 + 1e-6)}` : text;
}
