// Boxes in pixels of a picture: { left, top, right, bottom }.

/** @typedef {{left: number, top: number, right: number, bottom: number}} Box */

const SHORTEST = 1;

/** The box between two corners, cut at the picture's border. @returns {Box} */
export function between(a, b, { width, height }) {
  return {
    left: Math.max(Math.min(a.x, b.x), 0), top: Math.max(Math.min(a.y, b.y), 0),
    right: Math.min(Math.max(a.x, b.x), width), bottom: Math.min(Math.max(a.y, b.y), height),
  };
}

/** The box in another place, as a whole in the picture. @param {Box} box @returns {Box} */
export function moved(box, dx, dy, { width, height }) {
  const x = within(dx, -box.left, width - box.right);
  const y = within(dy, -box.top, height - box.bottom);
  return { left: box.left + x, top: box.top + y, right: box.right + x, bottom: box.bottom + y };
}

/** The box with those edges moved that a handle holds, e.g. "ne"; never turned inside out. @param {Box} box @param {string} handle @returns {Box} */
export function resized(box, handle, dx, dy, { width, height }) {
  const result = { ...box };
  if (handle.includes('w')) result.left = within(box.left + dx, 0, box.right - SHORTEST);
  if (handle.includes('e')) result.right = within(box.right + dx, box.left + SHORTEST, width);
  if (handle.includes('n')) result.top = within(box.top + dy, 0, box.bottom - SHORTEST);
  if (handle.includes('s')) result.bottom = within(box.bottom + dy, box.top + SHORTEST, height);
  return result;
}

/** @param {Box} box */
export const area = box => (box.right - box.left) * (box.bottom - box.top);

/** A value inside limits; where they cross, e.g. for a box that reaches over both borders, it stays what it is. */
function within(value, low, high) {
  return low > high ? 0 : Math.min(Math.max(value, low), high);
}
