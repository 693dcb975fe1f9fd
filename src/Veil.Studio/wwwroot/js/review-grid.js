// A grid of tiles of which only those in sight exist: says how many fit in a row, and moves the keyboard from tile to tile.

const LEAST_WIDTH = 232;
const GAP = 16;

/** @param {HTMLElement} tile */
function isInSight(tile) {
  const { top, bottom } = tile.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}

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

  // A tile that is not there yet appears once its place was scrolled to; whatever the user does meanwhile ends the wait.
  let wanted = -1;
  const focus = (index, seek) => {
    wanted = index;
    const look = () => {
      const tile = /** @type {HTMLElement | null} */ (grid.querySelector(`[data-index="${index}"]`));
      if (wanted !== index || !grid.isConnected) {
        return;
      }

      // What was scrolled to lies in sight; if not, it is on its way there, and focusing it would scroll elsewhere.
      if (tile && (!seek || isInSight(tile))) {
        wanted = -1;
        tile.focus({ preventScroll: Boolean(seek) });
      } else {
        seek?.();
        requestAnimationFrame(look);
      }
    };
    look();
  };
  // Until a result is here its tile says that it is on its way; "load" does not bubble.
  grid.addEventListener('load', event => /** @type {Element} */ (event.target).closest('.review-picture')?.classList.add('shown'), { capture: true });

  const give = () => (wanted = -1);
  ['pointerdown', 'wheel', 'touchstart'].forEach(name => grid.addEventListener(name, give, { passive: true }));

  grid.addEventListener('keydown', event => {
    const tile = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest('[data-index]'));
    give();
    if (!tile || event.ctrlKey || event.altKey || event.metaKey) {
      return;
    }

    const [index, last] = [Number(tile.dataset.index), Number(grid.dataset.count) - 1];
    const to = { ArrowLeft: index - 1, ArrowRight: index + 1, ArrowUp: index - columns, ArrowDown: index + columns, Home: 0, End: last }[event.key];
    if (to === undefined) {
      return;
    }

    event.preventDefault();
    if (to >= 0 && to <= last) {
      const far = event.key === 'Home' ? () => 0 : event.key === 'End' ? () => document.documentElement.scrollHeight : undefined;
      focus(to, far && (() => scrollTo({ top: far(), behavior: 'instant' })));
    }
  });

  return { dispose: () => observer.disconnect() };
}
