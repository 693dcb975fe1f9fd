// The keyboard of a surface. Letters work while nothing that takes text has the focus, and no dialog is open.

import { moved, resized } from './boxes.js';

const FAR = 10;
const ARROWS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
const ZOOM = 1.25;
const PAN = 60;

export class Keys {
  /** @param {import('./surface.js').Surface} surface */
  constructor(surface) {
    this.surface = surface;
    this.abort = new AbortController();
    const { signal } = this.abort;
    document.addEventListener('keydown', event => this.down(event), { signal });
    document.addEventListener('keyup', event => event.key.toLowerCase() === 'o' && surface.peeking && surface.peek(false), { signal });
    addEventListener('blur', () => surface.peeking && surface.peek(false), { signal });
  }

  dispose() {
    this.abort.abort();
  }

  /** @param {KeyboardEvent} event */
  down(event) {
    const target = /** @type {Element} */ (event.target);
    if (event.defaultPrevented || event.altKey || target.closest('input:not([type=range], [type=checkbox], [type=radio]), select, textarea, dialog, [contenteditable]') || document.querySelector('dialog[open]')) {
      return;
    }

    const region = this.regionOf(target);
    if (this.command(event) || (region && this.regionKey(event, region)) || (!(event.ctrlKey || event.metaKey) && this.viewKey(event, target))) {
      event.preventDefault();
    }
  }

  /** @param {Element} target */
  regionOf(target) {
    const id = /** @type {SVGElement | null} */ (target.closest('[data-id]'))?.dataset.id;
    return id === undefined ? undefined : this.surface.overlay.regions.get(Number(id));
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key meant something */
  command(event) {
    if (!(event.ctrlKey || event.metaKey)) {
      return false;
    }

    const key = event.key.toLowerCase();
    const name = key === 'z' ? (event.shiftKey ? 'Redo' : 'Undo') : key === 'y' ? 'Redo' : null;
    name && this.surface.owner.invokeMethodAsync('Command', name);
    return name !== null;
  }

  /** @param {KeyboardEvent} event @param {import('./overlay.js').Region} region @returns {boolean} */
  regionKey(event, region) {
    const { surface } = this;
    const arrow = ARROWS[event.key];
    if (arrow && !region.fixed) {
      // A step is a pixel of the screen, or of the picture where that is larger.
      const step = Math.max(1, 1 / surface.viewport.scale) * (event.shiftKey ? FAR : 1);
      const [dx, dy] = [arrow[0] * step, arrow[1] * step];
      const box = event.ctrlKey || event.metaKey ? resized(region.box, dx !== 0 ? 'e' : 's', dx, dy, surface.viewport) : moved(region.box, dx, dy, surface.viewport);
      surface.nudge(region.id, box);
      return true;
    }

    if (event.ctrlKey || event.metaKey) {
      return false;
    }

    switch (event.key) {
      case ' ':
      case 'Enter':
        event.repeat || surface.owner.invokeMethodAsync('Click', region.id);
        return true;
      case 'Delete':
      case 'Backspace':
        surface.owner.invokeMethodAsync('Remove', region.id);
        return true;
      default:
        return false;
    }
  }

  /** @param {KeyboardEvent} event @param {Element} target @returns {boolean} */
  viewKey(event, target) {
    const { surface } = this;
    const arrow = ARROWS[event.key];
    if (arrow && !target.closest('input, button, a, [role=slider], [role=tab]')) {
      surface.viewport.pan(-arrow[0] * PAN, -arrow[1] * PAN);
      return true;
    }

    switch (event.key.toLowerCase()) {
      case '+':
      case '=':
        surface.zoom(ZOOM);
        return true;
      case '-':
        surface.zoom(1 / ZOOM);
        return true;
      case '0':
        surface.fit();
        return true;
      case '1':
        surface.actual();
        return true;
      case 'o':
        event.repeat || surface.peek(true);
        return true;
      case 'd':
        event.repeat || surface.drawInMiddle();
        return true;
      case 'escape':
        surface.pointing.abandon() || surface.select(null);
        return true;
      default: {
        const name = { c: 'Compare', h: 'Move', j: 'Next', k: 'Previous', m: 'LookedAt', '?': 'Shortcuts' }[event.key.toLowerCase()];
        name && !event.repeat && surface.owner.invokeMethodAsync('Command', name);
        return name !== undefined;
      }
    }
  }
}
