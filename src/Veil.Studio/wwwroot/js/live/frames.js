// A camera's frames, one after the other, without a <video> in the page.

const NUMBER = 4;

/** Part of a picture in the wanted shape, as large as wanted at most; even sides, as codecs like them. */
function cut(width, height, ratio, lines) {
  const [w, h] = width / height > ratio ? [height * ratio, height] : [width, width / ratio];
  const scale = Math.min(1, lines / h);
  const even = length => Math.max(16, 2 * Math.round(length * scale / 2));
  return { x: (width - w) / 2, y: (height - h) / 2, w, h, width: even(w), height: even(h) };
}

/** Whether pages are given pictures as they are. A browser that resists fingerprinting gives them noise instead, in which nobody is found. */
export function readsTruly() {
  const side = 16;
  const context = new OffscreenCanvas(side, side).getContext('2d', { alpha: false, willReadFrequently: true });
  context.fillStyle = '#fff';
  context.fillRect(0, 0, side / 2, side);
  const { data } = context.getImageData(0, 0, side, side);
  // A little of it may be changed: that hides nobody.
  const wrong = data.filter((value, at) => at % 4 < 3 && Math.abs(value - (at / 4 % side < side / 2 ? 255 : 0)) > 32).length;
  return wrong < data.length / 16;
}

/** Codes frames for the studio: as JPEG, which takes no more time than planes, and less memory (docs/studio-live.md). */
class Coder {
  #canvas = new OffscreenCanvas(16, 16);
  #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });

  /** A message with room for the number before it. @returns {Promise<Uint8Array>} */
  async code(frame, part) {
    try {
      if (this.#canvas.width !== part.width || this.#canvas.height !== part.height) {
        [this.#canvas.width, this.#canvas.height] = [part.width, part.height];
      }
      this.#context.drawImage(frame.picture, part.x, part.y, part.w, part.h, 0, 0, part.width, part.height);
    } finally {
      frame.close();
    }
    const blob = await this.#canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 });
    const message = new Uint8Array(NUMBER + blob.size);
    message.set(new Uint8Array(await blob.arrayBuffer()), NUMBER);
    return message;
  }
}

/** Frames as the browser's own objects, which the taker closes. @param {MediaStreamTrack} track @param {AbortSignal} signal */
async function* raw(track, signal) {
  if ('MediaStreamTrackProcessor' in globalThis) {
    const reader = new MediaStreamTrackProcessor({ track, maxBufferSize: 1 }).readable.getReader();
    signal.addEventListener('abort', () => reader.cancel().catch(() => {}));
    for (;;) {
      const { done, value } = await reader.read();
      if (done) {
        return;
      }
      yield { picture: value, width: value.displayWidth, height: value.displayHeight, close: () => value.close() };
    }
  }
  // Other browsers hand frames out by a player alone; this one stays outside of the page.
  const player = document.createElement('video');
  player.muted = player.playsInline = true;
  player.srcObject = new MediaStream([track]);
  await player.play();
  let last = -1;
  while (!signal.aborted && track.readyState === 'live') {
    if (player.readyState >= 2 && player.currentTime !== last) {
      last = player.currentTime;
      yield { picture: player, width: player.videoWidth, height: player.videoHeight, close() {} };
    }
    await new Promise(resolve => setTimeout(resolve, 15));
  }
  player.srcObject = null;
}

/**
 * Takes frames until aborted or the camera ends; those that nobody has room for are left out before any work is put into them.
 * @param {MediaStreamTrack} track @param {AbortSignal} signal
 * @param {{ratio: number, lines: number}} shape Read anew for each frame.
 * @param {() => boolean} hasRoom @param {(message: Uint8Array, taken: number) => void} send The number is for it to write.
 */
export async function pump(track, signal, shape, hasRoom, send) {
  const coder = new Coder();
  let next = 0;
  for await (const frame of raw(track, signal)) {
    const taken = performance.now();
    if (signal.aborted || taken < next || !hasRoom()) {
      frame.close();
      continue;
    }
    next = taken + 1000 / 33;
    const message = await coder.code(frame, cut(frame.width, frame.height, shape.ratio, shape.lines));
    if (!signal.aborted) {
      send(message, taken);
    }
  }
}
