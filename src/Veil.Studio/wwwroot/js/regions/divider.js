// The line between before and after: a slider, dragged or moved with arrow keys.

const STEP = 2;

export class Divider {
  /** @param {HTMLElement} line @param {HTMLElement} stage @param {HTMLElement} before what is seen left of the line */
  constructor(line, stage, before) {
    this.line = line;
    this.stage = stage;
    this.before = before;
    this.share = 50;
    let held = false;
    const follow = event => {
      if (held) {
        const { left, width } = stage.getBoundingClientRect();
        this.put(100 * (event.clientX - left) / width);
      }
    };
    line.addEventListener('pointerdown', event => {
      event.preventDefault();
      event.stopPropagation();
      line.focus();
      line.setPointerCapture(event.pointerId);
      held = true;
    });
    line.addEventListener('pointermove', follow);
    line.addEventListener('pointerup', event => {
      follow(event);
      held = false;
    });
    line.addEventListener('pointercancel', () => (held = false));
    line.addEventListener('keydown', event => {
      const to = { ArrowLeft: this.share - STEP, ArrowRight: this.share + STEP, Home: 0, End: 100 }[event.key];
      if (to !== undefined) {
        event.preventDefault();
        event.stopPropagation();
        this.put(to);
      }
    });
    this.put(this.share);
  }

  /** @param {number} share percent of the stage */
  put(share) {
    this.share = Math.min(Math.max(share, 0), 100);
    this.line.style.left = `${this.share}%`;
    this.line.setAttribute('aria-valuenow', this.share.toFixed(0));
    this.cut();
  }

  /** Shows the original left of the line, everywhere, or nowhere. @param {'nowhere' | 'left' | 'everywhere'} where */
  show(where) {
    this.line.hidden = where !== 'left';
    this.before.hidden = where === 'nowhere';
    this.everywhere = where === 'everywhere';
    this.cut();
  }

  cut() {
    this.before.style.clipPath = this.everywhere ? 'none' : `inset(0 ${100 - this.share}% 0 0)`;
  }
}
