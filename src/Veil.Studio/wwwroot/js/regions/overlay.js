// The regions as elements over the picture: each can be focused, is named in words, and says whether it is covered.

/** @typedef {import('./boxes.js').Box} Box */
/** @typedef {{id: number, box: Box, path: string, label: string, covered: boolean, drawn: boolean, fixed: boolean}} Region */

import { area } from './boxes.js';

const SVG = 'http://www.w3.org/2000/svg';
const HANDLES = ['nw', 'n', 'ne', 'e', 'se', 's', 'sw', 'w'];
const HANDLE = 11;
const REACH = 26;
const ROOMY = 56;

/** @param {string} name @param {Record<string, string | number>} [attributes] @returns {SVGElement} */
function svg(name, attributes = {}) {
  const element = document.createElementNS(SVG, name);
  Object.entries(attributes).forEach(([key, value]) => element.setAttribute(key, String(value)));
  return element;
}

/** @param {SVGElement} rect @param {Box} box */
function lay(rect, box) {
  rect.setAttribute('x', String(box.left));
  rect.setAttribute('y', String(box.top));
  rect.setAttribute('width', String(Math.max(box.right - box.left, 0)));
  rect.setAttribute('height', String(Math.max(box.bottom - box.top, 0)));
}

export class Overlay {
  /** @param {SVGSVGElement} root @param {import('./viewport.js').Viewport} viewport */
  constructor(root, viewport) {
    this.viewport = viewport;
    /** @type {Map<number, Region>} */
    this.regions = new Map();
    /** @type {Map<number, SVGElement>} */
    this.elements = new Map();
    /** The region that has handles. @type {number | null} */
    this.active = null;
    this.picture = svg('g');
    this.ghost = svg('g', { class: 'ghost', visibility: 'hidden' });
    this.ghost.append(svg('path'), svg('rect', { class: 'halo' }), svg('rect'));
    this.handles = svg('g', { class: 'handles' });
    for (const name of HANDLES) {
      const handle = svg('g', { 'data-handle': name });
      handle.append(svg('rect', { class: 'reach', width: REACH, height: REACH, x: -REACH / 2, y: -REACH / 2 }), svg('rect', { class: 'knob', width: HANDLE, height: HANDLE, x: -HANDLE / 2, y: -HANDLE / 2, rx: 2 }));
      this.handles.append(handle);
    }

    this.layer = svg('g');
    this.picture.append(this.layer, this.ghost);
    root.append(this.picture, this.handles);
  }

  /** Draws these regions; elements that stay keep their focus. @param {Region[]} regions */
  show(regions) {
    // Small ones lie above large ones, so that a face can be reached within its body.
    const ordered = [...regions].sort((a, b) => area(b.box) - area(a.box));
    this.regions = new Map(ordered.map(region => [region.id, region]));
    for (const [id, element] of this.elements) {
      if (!this.regions.has(id)) {
        element.remove();
        this.elements.delete(id);
      }
    }

    const focused = document.activeElement;
    ordered.forEach((region, index) => {
      const element = this.elements.get(region.id) ?? this.create(region.id);
      this.update(element, region);
      if (this.layer.children[index] !== element) {
        this.layer.insertBefore(element, this.layer.children[index] ?? null);
      }
    });
    if (focused instanceof SVGElement && this.layer.contains(focused) && document.activeElement !== focused) {
      focused.focus({ preventScroll: true });
    }

    if (this.active !== null && !this.regions.has(this.active)) {
      this.active = null;
    }

    this.arrange();
  }

  /** @param {number} id */
  create(id) {
    const element = svg('g', { 'data-id': id, role: 'button', tabindex: 0 });
    element.append(svg('path', { class: 'halo' }), svg('path', { class: 'cover' }), svg('rect', { class: 'halo' }), svg('rect', { class: 'box' }));
    this.elements.set(id, element);
    return element;
  }

  /** @param {SVGElement} element @param {Region} region */
  update(element, region) {
    element.setAttribute('class', `region ${region.covered ? 'covered' : 'clear'}${region.drawn ? ' drawn' : ''}`);
    element.setAttribute('aria-pressed', String(region.covered));
    element.setAttribute('aria-label', region.label);
    const [pathHalo, path, boxHalo, box] = element.children;
    path.setAttribute('d', region.path);
    pathHalo.setAttribute('d', region.path);
    lay(/** @type {SVGElement} */ (box), region.box);
    lay(/** @type {SVGElement} */ (boxHalo), region.box);
  }

  /** Gives a region the handles. @param {number | null} id */
  activate(id) {
    if (this.active !== id) {
      this.active = id;
      this.arrange();
    }
  }

  /** Shows where something is drawn, moved or resized to; the region itself steps back. @param {Box} box @param {number | null} id */
  drag(box, id) {
    const [path, halo, rect] = this.ghost.children;
    lay(/** @type {SVGElement} */ (rect), box);
    lay(/** @type {SVGElement} */ (halo), box);
    const region = id === null ? undefined : this.regions.get(id);
    if (region) {
      const [x, y] = [(box.right - box.left) / (region.box.right - region.box.left), (box.bottom - box.top) / (region.box.bottom - region.box.top)];
      path.setAttribute('d', region.path);
      path.setAttribute('transform', `translate(${box.left} ${box.top}) scale(${x} ${y}) translate(${-region.box.left} ${-region.box.top})`);
      this.elements.get(region.id)?.classList.add('dragged');
    } else {
      path.setAttribute('d', '');
    }

    this.ghost.setAttribute('visibility', 'visible');
    this.handles.setAttribute('visibility', 'hidden');
  }

  /** Ends what {@link drag} shows. */
  drop() {
    this.ghost.setAttribute('visibility', 'hidden');
    this.elements.forEach(element => element.classList.remove('dragged'));
    this.handles.removeAttribute('visibility');
    this.arrange();
  }

  /** Puts everything where the viewport says. */
  arrange() {
    const { x, y, scale } = this.viewport;
    this.picture.setAttribute('transform', `translate(${x} ${y}) scale(${scale})`);
    this.elements.forEach((element, id) => element.classList.toggle('active', id === this.active));
    const region = this.active === null ? undefined : this.regions.get(this.active);
    this.handles.toggleAttribute('hidden', !region || region.fixed);
    if (!region || region.fixed) {
      return;
    }

    const [left, top] = [x + region.box.left * scale, y + region.box.top * scale];
    const [width, height] = [(region.box.right - region.box.left) * scale, (region.box.bottom - region.box.top) * scale];
    // Around a small region they stand off, so that there is something left to take hold of for moving.
    const [awayX, awayY] = [width < ROOMY ? HANDLE / 2 + 3 : 0, height < ROOMY ? HANDLE / 2 + 3 : 0];
    for (const handle of this.handles.children) {
      const name = /** @type {SVGElement} */ (handle).dataset.handle ?? '';
      const [h, v] = [name.includes('e') ? 1 : name.includes('w') ? -1 : 0, name.includes('s') ? 1 : name.includes('n') ? -1 : 0];
      handle.setAttribute('transform', `translate(${left + width * (h + 1) / 2 + h * awayX} ${top + height * (v + 1) / 2 + v * awayY})`);
      handle.toggleAttribute('hidden', (h === 0 && width < ROOMY) || (v === 0 && height < ROOMY));
    }
  }
}
