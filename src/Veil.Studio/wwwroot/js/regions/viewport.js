// Where a picture lies on its stage: scale and place, in CSS pixels of the stage.

const MOST = 16;
const MARGIN = 12;

export class Viewport {
  /** @param {HTMLElement} stage @param {() => void} changed */
  constructor(stage, changed) {
    this.stage = stage;
    this.changed = changed;
    this.width = this.height = 1;
    this.scale = 1;
    this.x = this.y = 0;
    this.fitted = true;
    this.observer = new ResizeObserver(() => (this.fitted ? this.fit() : this.keep()));
    this.observer.observe(stage);
  }

  /** A picture of another size is shown whole. @param {number} width @param {number} height */
  resize(width, height) {
    [this.width, this.height] = [width, height];
    this.fit();
  }

  /** The scale at which all of the picture is seen. */
  get fitting() {
    const { clientWidth, clientHeight } = this.stage;
    return Math.max(Math.min((clientWidth - 2 * MARGIN) / this.width, (clientHeight - 2 * MARGIN) / this.height), .01);
  }

  fit() {
    const { clientWidth, clientHeight } = this.stage;
    this.fitted = true;
    this.scale = this.fitting;
    this.x = (clientWidth - this.width * this.scale) / 2;
    this.y = (clientHeight - this.height * this.scale) / 2;
    this.changed();
  }

  /** One pixel of the picture on one of the screen. */
  actual() {
    this.zoom(1 / devicePixelRatio / this.scale);
  }

  /** @param {number} factor @param {number} [x] in the stage; its middle by default @param {number} [y] */
  zoom(factor, x = this.stage.clientWidth / 2, y = this.stage.clientHeight / 2) {
    const least = Math.min(this.fitting, 1) / 2;
    const scale = Math.min(Math.max(this.scale * factor, least), Math.max(MOST, this.fitting));
    this.x = x - (x - this.x) * (scale / this.scale);
    this.y = y - (y - this.y) * (scale / this.scale);
    this.scale = scale;
    this.fitted = false;
    this.keep();
  }

  /** @param {number} dx CSS pixels @param {number} dy */
  pan(dx, dy) {
    this.x += dx;
    this.y += dy;
    this.fitted = false;
    this.keep();
  }

  /** Brings a box into view, if it is out of it. @param {{left: number, top: number, right: number, bottom: number}} box */
  reveal(box) {
    const { clientWidth, clientHeight } = this.stage;
    const [left, top] = [this.x + box.left * this.scale, this.y + box.top * this.scale];
    const [right, bottom] = [this.x + box.right * this.scale, this.y + box.bottom * this.scale];
    if (right < 0 || bottom < 0 || left > clientWidth || top > clientHeight) {
      this.pan(clientWidth / 2 - (left + right) / 2, clientHeight / 2 - (top + bottom) / 2);
    }
  }

  /** A point of the window in pixels of the picture. @param {{clientX: number, clientY: number}} event */
  toPicture({ clientX, clientY }) {
    const { left, top } = this.stage.getBoundingClientRect();
    return { x: (clientX - left - this.stage.clientLeft - this.x) / this.scale, y: (clientY - top - this.stage.clientTop - this.y) / this.scale };
  }

  /** A point of the window in the stage. @param {{clientX: number, clientY: number}} event */
  toStage({ clientX, clientY }) {
    const { left, top } = this.stage.getBoundingClientRect();
    return { x: clientX - left, y: clientY - top };
  }

  /** Keeps some of the picture on the stage: all of it where it is smaller, no empty border where it is larger. */
  keep() {
    this.x = held(this.x, this.width * this.scale, this.stage.clientWidth);
    this.y = held(this.y, this.height * this.scale, this.stage.clientHeight);
    this.changed();
  }

  dispose() {
    this.observer.disconnect();
  }
}

/** @param {number} at @param {number} size @param {number} room */
function held(at, size, room) {
  const [low, high] = size + 2 * MARGIN <= room ? [(room - size) / 2, (room - size) / 2] : [room - size - MARGIN, MARGIN];
  return Math.min(Math.max(at, low), high);
}
