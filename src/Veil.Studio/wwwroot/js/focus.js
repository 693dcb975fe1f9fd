// A keyboard must not lose its place: when what has the focus goes away or is switched off, the browser would begin at the top of the page again.
// What is around it takes the focus instead, and gives it back when it can be used again. Another page begins at its heading.

const PLACES = 'section, aside, form, dialog, fieldset, li, [role="group"], [role="toolbar"]';

/** @type {Element | null} what had the focus last */
let last = null;
/** @type {Element[]} what was around it, from the inside out: what is gone cannot be asked any more */
let around = [];
/** @type {{ dialog: Element, opener: Element[] } | null} where a dialog was opened from */
let opened = null;
/** @type {string | undefined} the page whose heading had the focus */
let page;
/** @type {{ lost: Element, holder: Element } | null} who waits for its focus */
let waiting = null;

const usable = element => element.isConnected && !element.matches(':disabled') && element.checkVisibility();

/** @param {Element} element */
function take(element) {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.setAttribute('tabindex', '-1');
  }
  // What is around lies in sight; the heading may not.
  element.focus({ preventScroll: !element.matches('h1') });
}

/** The dialog on top, or the page. */
const stage = () => [...document.querySelectorAll('dialog[open]')].at(-1) ?? document.querySelector('main');

function keep() {
  const now = /** @type {HTMLElement | null} */ (document.querySelector('[data-page]'))?.dataset.page;
  const heading = document.querySelector('main h1');
  if (now !== page && heading) {
    page = now;
    take(heading);
  } else if (waiting && (document.activeElement === waiting.holder || document.activeElement === document.body) && usable(waiting.lost)) {
    const { lost } = waiting;
    waiting = null;
    take(lost);
  } else if (last && document.activeElement === document.body && !usable(last)) {
    const lost = last;
    const inside = stage();
    const holder = around.find(place => usable(place) && inside?.contains(place)) ?? (inside?.matches('dialog') ? inside : inside?.querySelector('h1'));
    if (holder) {
      take(holder);
      waiting = { lost, holder };
    }
  }
}

addEventListener('focusin', event => {
  last = /** @type {Element} */ (event.target);
  const dialog = last.closest('dialog');
  opened = !dialog ? null : opened?.dialog === dialog ? opened : { dialog, opener: around };
  around = [];
  for (let at = last.parentElement; at; at = at.parentElement) {
    at.matches(PLACES) && around.push(at);
  }
  around.push(...(opened?.opener ?? []));
  if (last !== waiting?.holder) {
    waiting = null;
  }
});

// Whoever clicks beside everything wants the focus nowhere.
addEventListener('pointerdown', () => ([last, waiting] = [null, null]));

// One look for all changes of a drawing: what is taken out and put in again within it keeps its place.
new MutationObserver(() => requestAnimationFrame(keep)).observe(document.body, { subtree: true, childList: true, attributes: true, attributeFilter: ['disabled', 'hidden', 'open', 'data-page'] });
