// Mouse, pen and touch on a stage: clicks on regions, drawing, moving, resizing, panning and pinching.

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {{clicked: (id: number) => void, deselected: () => void, placed: (id: number, box: Box) => Promise<unknown>, drawn: (box: Box) => Promise<unknown>}} Acts */

import { between, moved, resized } from './boxes.js';

const SLACK = 4;
const NEAR = 16;

export class Pointing {
  /** Whether dragging on the picture moves the view instead of drawing. */
  panning = false;

  /** @type {Map<number, {x: number, y: number}>} */
  pointers = new Map();

  /** What is being dragged. @type {{start: {x: number, y: number}, from: {x: number, y: number}, kind: string, id: number | null, handle: string, box: Box | null, now: Box | null, begun: boolean} | null} */
  drag = null;

  /** @param {SVGSVGElement} surface @param {import('./viewport.js').Viewport} viewport @param {import('./overlay.js').Overlay} overlay @param {Acts} acts */
  constructor(surface, viewport, overlay, acts) {
    this.surface = surface;
    this.viewport = viewport;
    this.overlay = overlay;
    this.acts = acts;
    surface.addEventListener('pointerdown', event => this.down(event));
    surface.addEventListener('pointermove', event => this.move(event));
    surface.addEventListener('pointerup', event => this.up(event));
    surface.addEventListener('pointercancel', event => this.cancel(event));
    surface.addEventListener('wheel', event => this.wheel(event), { passive: false });
  }

  /** The region that is selected by click or focus; its handles show where nothing else is pointed at. @type {number | null} */
  selected = null;

  /** @param {PointerEvent} event */
  down(event) {
    const at = this.viewport.toStage(event);
    this.pointers.set(event.pointerId, at);
    if (this.pointers.size === 2) {
      // A second finger: it was not to be a drag.
      this.abandon();
      return;
    }

    if (this.pointers.size > 2 || (event.button !== 0 && event.button !== 1)) {
      return;
    }

    event.preventDefault();
    this.surface.setPointerCapture(event.pointerId);
    const target = /** @type {Element} */ (event.target);
    const handle = /** @type {SVGElement | null} */ (target.closest('[data-handle]'))?.dataset.handle ?? '';
    const hit = /** @type {SVGElement | null} */ (target.closest('[data-id]'))?.dataset.id;
    const id = handle ? this.overlay.active : hit === undefined ? null : Number(hit);
    const region = id === null ? undefined : this.overlay.regions.get(id);
    // A finger moves what it has selected before: otherwise looking around would move people's faces.
    const holds = region && !region.fixed && (event.pointerType !== 'touch' || id === this.selected);
    const kind = event.button === 1 ? 'pan' : handle ? 'resize' : holds ? 'move' : this.panning || region ? 'pan' : 'draw';
    this.drag = { start: at, from: this.viewport.toPicture(event), kind, id, handle, box: region?.box ?? null, now: null, begun: false };
  }

  /** @param {PointerEvent} event */
  move(event) {
    const at = this.viewport.toStage(event);
    const before = this.pointers.get(event.pointerId);
    if (this.pointers.size === 2 && before) {
      this.pinch(event.pointerId, before, at);
      return;
    }

    this.pointers.has(event.pointerId) && this.pointers.set(event.pointerId, at);
    const drag = this.drag;
    if (!drag) {
      this.hover(event, at);
      return;
    }

    drag.begun ||= Math.hypot(at.x - drag.start.x, at.y - drag.start.y) > SLACK;
    if (!drag.begun) {
      return;
    }

    if (drag.kind === 'pan') {
      before && this.viewport.pan(at.x - before.x, at.y - before.y);
      return;
    }

    const point = this.viewport.toPicture(event);
    const [dx, dy] = [point.x - drag.from.x, point.y - drag.from.y];
    drag.now = drag.kind === 'draw' ? between(drag.from, point, this.viewport)
      : drag.kind === 'move' ? moved(/** @type {Box} */ (drag.box), dx, dy, this.viewport)
      : resized(/** @type {Box} */ (drag.box), drag.handle, dx, dy, this.viewport);
    this.frame ??= requestAnimationFrame(() => {
      this.frame = undefined;
      this.drag?.now && this.overlay.drag(this.drag.now, this.drag.kind === 'draw' ? null : this.drag.id);
    });
  }

  /** @param {PointerEvent} event */
  async up(event) {
    this.pointers.delete(event.pointerId);
    const drag = this.drag;
    this.drag = null;
    if (!drag) {
      return;
    }

    if (!drag.begun) {
      drag.kind === 'resize' || event.button === 1 || this.click(drag.id, event.pointerType);
      return;
    }

    if (drag.now) {
      this.overlay.drag(drag.now, drag.kind === 'draw' ? null : drag.id);
      await (drag.kind === 'draw' ? this.acts.drawn(drag.now) : this.acts.placed(/** @type {number} */ (drag.id), drag.now));
    }

    // Unless the next one has begun already.
    this.drag?.begun || this.overlay.drop();
  }

  /** @param {number | null} id @param {string} pointer */
  click(id, pointer) {
    const again = id === this.selected;
    this.selected = id;
    this.overlay.activate(id);
    if (id === null) {
      this.acts.deselected();
      return;
    }

    this.overlay.elements.get(id)?.focus({ preventScroll: true });
    // A finger cannot hover: its first tap shows what can be done, the second does it.
    if (pointer !== 'touch' || again) {
      this.acts.clicked(id);
    }
  }

  /** @param {PointerEvent} event */
  cancel(event) {
    this.pointers.delete(event.pointerId);
    this.abandon();
  }

  /** Ends a drag without doing what it was for. @returns {boolean} whether there was one */
  abandon() {
    const dragged = this.drag?.begun === true;
    this.drag = null;
    this.overlay.drop();
    return dragged;
  }

  /** @param {number} moving @param {{x: number, y: number}} before @param {{x: number, y: number}} at */
  pinch(moving, before, at) {
    const other = [...this.pointers].find(([id]) => id !== moving)?.[1];
    this.pointers.set(moving, at);
    if (other) {
      const spread = Math.hypot(before.x - other.x, before.y - other.y);
      this.viewport.pan((at.x - before.x) / 2, (at.y - before.y) / 2);
      spread > 0 && this.viewport.zoom(Math.hypot(at.x - other.x, at.y - other.y) / spread, (at.x + other.x) / 2, (at.y + other.y) / 2);
    }
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    const { x, y } = this.viewport.toStage(event);
    const lines = event.deltaMode === WheelEvent.DOM_DELTA_LINE ? 16 : 1;
    event.shiftKey ? this.viewport.pan(-(event.deltaX || event.deltaY) * lines, 0)
      : this.viewport.zoom(Math.exp(-event.deltaY * lines * (event.ctrlKey ? .01 : .0016)), x, y);
  }

  /** Gives handles to what the mouse is over. @param {PointerEvent} event @param {{x: number, y: number}} at */
  hover(event, at) {
    if (event.pointerType === 'touch') {
      return;
    }

    const target = /** @type {Element} */ (event.target);
    const hit = /** @type {SVGElement | null} */ (target.closest('[data-id]'))?.dataset.id;
    if (hit !== undefined) {
      this.overlay.activate(Number(hit));
    } else if (!target.closest('[data-handle]') && !this.isNearActive(at)) {
      this.overlay.activate(this.selected);
    }
  }

  /** @param {{x: number, y: number}} at */
  isNearActive(at) {
    const region = this.overlay.active === null ? undefined : this.overlay.regions.get(this.overlay.active);
    const { x, y, scale } = this.viewport;
    return region !== undefined && at.x > x + region.box.left * scale - NEAR && at.x < x + region.box.right * scale + NEAR
      && at.y > y + region.box.top * scale - NEAR && at.y < y + region.box.bottom * scale + NEAR;
  }
}
