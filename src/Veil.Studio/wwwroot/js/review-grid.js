// A grid of tiles of which only those in sight exist: says how many fit in a row, and moves the keyboard from tile to tile.

const LEAST_WIDTH = 232;
const GAP = 16;
const TRIES = 30;

/** @param {HTMLElement} grid @param {{invokeMethodAsync: (name: string, ...values: unknown[]) => Promise<unknown>}} owner */
export function watch(grid, owner) {
  let columns = 0;
  const fit = () => {
    const fitting = Math.max(1, Math.floor((grid.clientWidth + GAP) / (LEAST_WIDTH + GAP)));
    if (fitting !== columns) {
      columns = fitting;
      owner.invokeMethodAsync('Fit', columns);
    }
  };
  const observer = new ResizeObserver(fit);
  observer.observe(grid);
  fit();

  // A tile that is not there yet appears once its neighbour was scrolled to.
  const focus = (index, tries = TRIES) => {
    const tile = /** @type {HTMLElement | null} */ (grid.querySelector(`[data-index="${index}"]`));
    tile ? tile.focus() : tries > 0 && requestAnimationFrame(() => focus(index, tries - 1));
  };

  grid.addEventListener('keydown', event => {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-index]'));
    if (!tile || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    const index = Number(tile.dataset.index);
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      to >= 0 && focus(to, 3);
    } else if (event.key === 'Home' || event.key === 'End') {
      event.preventDefault();
      scrollTo({ top: event.key === 'Home' ? 0 : document.documentElement.scrollHeight, behavior: 'instant' });
      requestAnimationFrame(() => (event.key === 'Home' ? focus(0) : focusLast()));
    }
  });

  const focusLast = (tries = TRIES) => {
    const last = [...grid.querySelectorAll('[data-index]')].at(-1);
    /** @type {HTMLElement | undefined} */ (last)?.focus();
    // More of them may be on their way.
    tries > 0 && requestAnimationFrame(() => document.activeElement === last && [...grid.querySelectorAll('[data-index]')].at(-1) !== last ? focusLast(tries - 1) : undefined);
  };

  return { dispose: () => observer.disconnect() };
}
