// Tracks as the server sends them: places from the first frame to the last, four numbers each, and a letter for how it came there and whether it is covered.

/**
 * @typedef {{ id: number, kind: string, label: string, first: number, boxes: number[], origins: string, covers: string }} Track
 * Origins: f found, i filled in, k keyframe, b from keyframes, . none. Covers: 1 covered, 0 clear.
 */

/** @param {Track} track @returns {number} */
export const lastOf = track => track.first + track.origins.length - 1;

/** A track's place in a frame; null where it has none. @param {Track} track @param {number} frame */
export function placeAt(track, frame) {
  const at = frame - track.first;
  if (at < 0 || at >= track.origins.length || track.origins[at] === '.') {
    return null;
  }
  const [left, top, right, bottom] = track.boxes.slice(at * 4, at * 4 + 4);
  return { left, top, right, bottom, origin: track.origins[at], covered: track.covers[at] === '1' };
}

/** Parts of a track that look the same. @param {Track} track */
export function runsOf(track) {
  const runs = [];
  for (let at = 0; at < track.origins.length; at++) {
    const origin = track.origins[at] === 'k' ? 'b' : track.origins[at];
    const look = origin + track.covers[at];
    const last = runs.at(-1);
    if (last && last.look === look) {
      last.end = track.first + at + 1;
    } else if (origin !== '.') {
      runs.push({ look, origin, covered: track.covers[at] === '1', start: track.first + at, end: track.first + at + 1 });
    } else if (last) {
      runs.push({ look: '.', origin: '.', covered: false, start: track.first + at, end: track.first + at + 1 });
    }
  }
  return runs.filter(run => run.origin !== '.');
}

/** Frames with a keyframe. @param {Track} track */
export const keyframesOf = track => [...track.origins].flatMap((origin, at) => origin === 'k' ? [track.first + at] : []);
