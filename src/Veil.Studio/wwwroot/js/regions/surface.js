// A picture with its regions: looked at, zoomed and edited. What is done is told to the component, which draws what came of it.

import { Viewport } from './viewport.js';
import { Overlay } from './overlay.js';
import { Pointing } from './pointing.js';
import { Picture } from './picture.js';
import { Divider } from './divider.js';
import { Keys } from './keys.js';

/** Pixels of the longer side up to which a picture is fetched before anybody zooms into it. */
const PREVIEW = 2048;

class Surface {
  /** @param {HTMLElement} root @param {{invokeMethodAsync: (name: string, ...values: unknown[]) => Promise<unknown>}} owner */
  constructor(root, owner) {
    const find = name => /** @type {HTMLElement} */ (root.querySelector(`[data-part="${name}"]`));
    this.root = root;
    this.owner = owner;
    this.stage = find('stage');
    this.sheets = [find('result'), find('original')];
    this.failureText = find('failure-text');
    this.failureHint = find('failure-hint');
    this.addresses = { result: '', original: '' };
    /** @type {import('./overlay.js').Region[]} */
    this.latest = [];
    /** Regions that were moved by keys, and how often without an answer yet. @type {Map<number, number>} */
    this.nudging = new Map();
    this.viewport = new Viewport(this.stage, () => this.arrange());
    this.overlay = new Overlay(/** @type {SVGSVGElement} */ (root.querySelector('svg[data-part="overlay"]')), this.viewport);
    this.result = new Picture(image(this.sheets[0]), (state, failure) => this.tell(state, failure));
    this.original = new Picture(image(this.sheets[1]), state => (root.dataset.original = state));
    this.divider = new Divider(find('divider'), this.stage, find('before'));
    this.pointing = new Pointing(/** @type {SVGSVGElement} */ (root.querySelector('svg[data-part="overlay"]')), this.viewport, this.overlay, {
      clicked: id => owner.invokeMethodAsync('Click', id),
      deselected: () => this.select(null),
      placed: (id, box) => owner.invokeMethodAsync('Place', id, ...edges(box), false),
      drawn: box => this.draw(box),
    });
    this.keys = new Keys(this);
    this.overlay.layer.addEventListener('focusin', event => {
      const id = /** @type {SVGElement | null} */ (/** @type {Element} */ (event.target).closest('[data-id]'))?.dataset.id;
      id === undefined || this.select(Number(id));
    });
    this.peeking = false;
    this.comparing = false;
    this.see();
    this.move(matchMedia('(pointer: coarse)').matches);
  }

  /**
   * Shows what is otherwise than before.
   * @param {object} now
   * @param {{width: number, height: number, result: string, original: string} | null} now.picture another picture; addresses without size
   * @param {import('./overlay.js').Region[] | null} now.regions
   * @param {boolean} now.stale whether the result shown is not of the regions shown
   */
  update({ picture, regions, stale }) {
    // Said first when it begins to be so and last when it ends: there is no moment at which an old result passes for the new one.
    stale && this.root.toggleAttribute('data-stale', true);
    regions && this.show(regions);
    picture && this.open(picture);
    stale || this.root.toggleAttribute('data-stale', false);
  }

  /** @param {{width: number, height: number, result: string, original: string}} picture */
  open({ width, height, result, original }) {
    this.addresses = { result, original };
    if (this.viewport.width !== width || this.viewport.height !== height) {
      this.viewport.resize(width, height);
    }

    this.fetch();
  }

  /** @param {import('./overlay.js').Region[]} regions */
  show(regions) {
    this.latest = regions;
    // What the keyboard is moving is ahead of what the studio knows.
    this.overlay.show(regions.map(region => (this.nudging.has(region.id) ? { ...region, box: this.overlay.regions.get(region.id)?.box ?? region.box, path: '' } : region)));
    this.pointing.selected !== null && !this.overlay.regions.has(this.pointing.selected) && this.select(null);
  }

  /** Tries again what failed. */
  retry() {
    this.result.clear();
    this.fetch();
  }

  /** @param {number | null} id */
  select(id) {
    if (this.pointing.selected !== id || this.told !== id) {
      this.pointing.selected = this.told = id;
      this.owner.invokeMethodAsync('Select', id);
    }

    this.overlay.activate(id);
    const region = id === null ? undefined : this.overlay.regions.get(id);
    region && this.viewport.reveal(region.box);
  }

  /** Selects a region and brings the keyboard to it. @param {number} id */
  focus(id) {
    this.overlay.elements.get(id)?.focus({ preventScroll: true });
    this.select(id);
  }

  /** Puts a region elsewhere at once, and tells. @param {number} id @param {import('./boxes.js').Box} box */
  async nudge(id, box) {
    this.nudging.set(id, (this.nudging.get(id) ?? 0) + 1);
    this.overlay.show([...this.overlay.regions.values()].map(region => (region.id === id ? { ...region, box, path: '' } : region)));
    await this.owner.invokeMethodAsync('Place', id, ...edges(box), true);
    const left = (this.nudging.get(id) ?? 1) - 1;
    left > 0 ? this.nudging.set(id, left) : this.nudging.delete(id);
    left > 0 || this.show(this.latest);
  }

  /** @param {import('./boxes.js').Box} box */
  async draw(box) {
    const id = /** @type {number | null} */ (await this.owner.invokeMethodAsync('Draw', ...edges(box)));
    id === null || this.focus(id);
  }

  /** Draws a region in the middle of what is seen, for those who have no mouse. */
  drawInMiddle() {
    const { left, top, width, height } = this.stage.getBoundingClientRect();
    const middle = this.viewport.toPicture({ clientX: left + width / 2, clientY: top + height / 2 });
    const half = Math.min(width, height) / 8 / this.viewport.scale;
    const [x, y] = [Math.min(Math.max(middle.x, half), this.viewport.width - half), Math.min(Math.max(middle.y, half), this.viewport.height - half)];
    return this.draw({ left: Math.max(x - half, 0), top: Math.max(y - half, 0), right: Math.min(x + half, this.viewport.width), bottom: Math.min(y + half, this.viewport.height) });
  }

  fit() {
    this.viewport.fit();
  }

  actual() {
    this.viewport.actual();
  }

  /** @param {number} factor */
  zoom(factor) {
    this.viewport.zoom(factor);
  }

  /** Whether dragging moves the view. @param {boolean} on */
  move(on) {
    this.pointing.panning = on;
    this.root.toggleAttribute('data-moving', on);
    this.owner.invokeMethodAsync('Moving', on);
  }

  /** Shows the original instead of the result, for as long as it is asked for. @param {boolean} on */
  peek(on) {
    this.peeking = on;
    this.see();
  }

  /** Shows the original left of a line. @param {boolean} on */
  compare(on) {
    this.comparing = on;
    this.see();
  }

  see() {
    this.root.dataset.view = this.peeking ? 'original' : this.comparing ? 'both' : 'result';
    this.divider.show(this.peeking ? 'everywhere' : this.comparing ? 'left' : 'nowhere');
    this.fetch();
  }

  /** Asks for pictures as large as they are looked at. */
  fetch() {
    const { width, height, scale } = this.viewport;
    const longest = Math.max(width, height);
    this.full = (this.full && this.fullOf === this.addresses.result) || longest * scale * devicePixelRatio > PREVIEW * 1.25;
    this.fullOf = this.addresses.result;
    const size = longest <= PREVIEW || this.full ? 0 : PREVIEW;
    this.addresses.result && this.result.show(`${this.addresses.result}&longest=${size}`);
    // An original is not even fetched before it is asked for.
    this.addresses.original && (this.peeking || this.comparing) && this.original.show(`${this.addresses.original}&longest=${size}`);
  }

  /** @param {'loading' | 'ready' | 'failed'} state @param {import('./picture.js').Failure} [failure] */
  tell(state, failure) {
    this.root.dataset.state = state;
    this.failureText.textContent = failure?.title ?? '';
    this.failureHint.textContent = failure?.hint ?? '';
  }

  arrange() {
    const { x, y, scale, width, height } = this.viewport;
    for (const sheet of this.sheets ?? []) {
      sheet.style.width = `${width}px`;
      sheet.style.height = `${height}px`;
      sheet.style.transform = `translate(${x}px, ${y}px) scale(${scale})`;
      sheet.style.imageRendering = scale > 3 ? 'pixelated' : 'auto';
    }

    this.overlay?.arrange();
    this.addresses?.result && this.fetch();
    const percent = `${Math.round(100 * scale * devicePixelRatio)} %`;
    const label = this.root.querySelector('[data-part="scale"]');
    label && label.textContent !== percent && (label.textContent = percent);
  }

  dispose() {
    this.viewport.dispose();
    this.keys.dispose();
    this.result.clear();
    this.original.clear();
  }
}

/** @param {HTMLElement} sheet */
const image = sheet => /** @type {HTMLImageElement} */ (sheet.querySelector('img'));

/** @param {import('./boxes.js').Box} box */
const edges = box => [box.left, box.top, box.right, box.bottom];

/** @param {HTMLElement} root @param {{invokeMethodAsync: (name: string, ...values: unknown[]) => Promise<unknown>}} owner */
export function open(root, owner) {
  return new Surface(root, owner);
}
