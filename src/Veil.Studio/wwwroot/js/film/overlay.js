// Boxes over the film: shown, chosen, moved, resized, drawn.
import { placeAt } from './tracks.js';

const GRAB = 12;
const SMALLEST = 6;

export class Overlay {
  #drag = null;

  /**
   * @param {HTMLCanvasElement} canvas
   * @param {{ width: number, height: number, tracks: () => Iterable<import('./tracks.js').Track>, frame: () => number, selected: () => number | null, shown: () => boolean,
   *   choose: (track: number | null) => void, place: (track: number, box: number[]) => void, draw: (box: number[]) => void, begin: () => void }} film
   */
  constructor(canvas, film) {
    this.canvas = canvas;
    this.film = film;
    this.drawing = false;
    canvas.addEventListener('pointerdown', event => this.#down(event));
    canvas.addEventListener('pointermove', event => this.#move(event));
    canvas.addEventListener('pointerup', event => this.#up(event));
    canvas.addEventListener('pointercancel', () => { this.#drag = null; this.paint(); });
    this.sizes = new ResizeObserver(() => this.paint());
    this.sizes.observe(canvas);
  }

  close() { this.sizes.disconnect(); }

  /** Moves the chosen box by keys, in shares of the film's height. */
  nudge(dx, dy, grow) {
    const track = this.film.selected();
    const place = track === null ? null : this.#placeOf(track);
    if (!place) {
      return;
    }
    const step = this.film.height / 100;
    this.film.place(track, [place.left + dx * step - grow * step, place.top + dy * step - grow * step, place.right + dx * step + grow * step, place.bottom + dy * step + grow * step]);
  }

  paint() {
    const { canvas, film } = this;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(canvas.clientWidth * ratio), Math.round(canvas.clientHeight * ratio)];
    if (canvas.width !== width || canvas.height !== height) {
      [canvas.width, canvas.height] = [width, height];
    }
    const context = canvas.getContext('2d');
    context.clearRect(0, 0, width, height);
    const scale = width / film.width;
    const selected = film.selected();
    for (const track of film.tracks()) {
      const place = this.#drag?.track === track.id && this.#drag.box ? { ...boxOf(this.#drag.box), origin: 'k', covered: true } : placeAt(track, film.frame());
      if (place && (film.shown() || track.id === selected)) {
        this.#box(context, place, scale, ratio, track.id === selected);
      }
    }
    if (this.#drag?.kind === 'draw' && this.#drag.box) {
      this.#box(context, { ...boxOf(this.#drag.box), origin: 'k', covered: true }, scale, ratio, true);
    }
  }

  #box(context, place, scale, ratio, chosen) {
    const [x, y, width, height] = [place.left * scale, place.top * scale, (place.right - place.left) * scale, (place.bottom - place.top) * scale];
    context.setLineDash(place.origin === 'f' || place.origin === 'k' ? [] : [6 * ratio, 4 * ratio]);
    context.lineWidth = (chosen ? 5 : 4) * ratio;
    context.strokeStyle = 'rgb(10 14 24 / .65)';
    context.strokeRect(x, y, width, height);
    context.lineWidth = (chosen ? 3 : 2) * ratio;
    context.strokeStyle = place.covered ? (chosen ? '#ffffff' : '#8ea8ff') : '#f0b95a';
    context.strokeRect(x, y, width, height);
    context.setLineDash([]);
    if (chosen) {
      for (const [cornerX, cornerY] of [[x, y], [x + width, y], [x, y + height], [x + width, y + height]]) {
        context.fillStyle = '#ffffff';
        context.strokeStyle = '#3557c7';
        context.lineWidth = 2 * ratio;
        context.beginPath();
        context.arc(cornerX, cornerY, 5 * ratio, 0, 2 * Math.PI);
        context.fill();
        context.stroke();
      }
    }
  }

  #placeOf(id) {
    for (const track of this.film.tracks()) {
      if (track.id === id) {
        return placeAt(track, this.film.frame());
      }
    }
    return null;
  }

  #at(event) {
    const scale = this.film.width / this.canvas.clientWidth;
    const bounds = this.canvas.getBoundingClientRect();
    return { x: (event.clientX - bounds.left) * scale, y: (event.clientY - bounds.top) * scale, grab: GRAB * scale };
  }

  #down(event) {
    if (event.button !== 0) {
      return;
    }
    const at = this.#at(event);
    this.film.begin();
    if (this.drawing) {
      this.#drag = { kind: 'draw', start: at, box: null };
    } else {
      const grabbed = this.#grabbed(at);
      this.film.choose(grabbed?.track ?? null);
      this.#drag = grabbed && { ...grabbed, start: at, box: null };
    }
    if (this.#drag) {
      this.canvas.setPointerCapture(event.pointerId);
    }
    this.paint();
  }

  /** The chosen track's corners first, then the smallest box. */
  #grabbed(at) {
    const selected = this.film.selected();
    const chosen = selected === null ? null : this.#placeOf(selected);
    if (chosen) {
      const left = Math.abs(at.x - chosen.left) < at.grab, right = Math.abs(at.x - chosen.right) < at.grab;
      const top = Math.abs(at.y - chosen.top) < at.grab, bottom = Math.abs(at.y - chosen.bottom) < at.grab;
      if ((left || right) && (top || bottom)) {
        return { kind: 'resize', track: selected, from: chosen, left, top };
      }
    }
    const hit = [...this.film.tracks()].map(track => ({ track: track.id, from: placeAt(track, this.film.frame()) }))
      .filter(one => one.from && at.x >= one.from.left && at.x <= one.from.right && at.y >= one.from.top && at.y <= one.from.bottom)
      .sort((a, b) => (b.track === selected) - (a.track === selected) || area(a.from) - area(b.from))[0];
    return hit && { kind: 'move', ...hit };
  }

  #move(event) {
    const drag = this.#drag;
    const at = this.#at(event);
    if (!drag) {
      this.canvas.style.cursor = this.drawing ? 'crosshair' : cursorOf(this.#grabbed(at));
      return;
    }
    const [dx, dy] = [at.x - drag.start.x, at.y - drag.start.y];
    if (!drag.box && Math.hypot(dx, dy) < at.grab / 4) {
      return;
    }
    if (drag.kind === 'draw') {
      drag.box = sorted([drag.start.x, drag.start.y, at.x, at.y]);
    } else if (drag.kind === 'move') {
      drag.box = [drag.from.left + dx, drag.from.top + dy, drag.from.right + dx, drag.from.bottom + dy];
    } else {
      drag.box = sorted([drag.from.left + (drag.left ? dx : 0), drag.from.top + (drag.top ? dy : 0), drag.from.right + (drag.left ? 0 : dx), drag.from.bottom + (drag.top ? 0 : dy)]);
    }
    this.paint();
  }

  #up() {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.box && drag.box[2] - drag.box[0] >= SMALLEST && drag.box[3] - drag.box[1] >= SMALLEST) {
      if (drag.kind === 'draw') {
        this.film.draw(drag.box);
      } else {
        this.film.place(drag.track, drag.box);
      }
    }
    this.paint();
  }
}

const boxOf = ([left, top, right, bottom]) => ({ left, top, right, bottom });
const area = box => (box.right - box.left) * (box.bottom - box.top);
const sorted = ([x1, y1, x2, y2]) => [Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2)];
const cursorOf = grabbed => !grabbed ? 'default' : grabbed.kind === 'move' ? 'move' : grabbed.left === grabbed.top ? 'nwse-resize' : 'nesw-resize';
