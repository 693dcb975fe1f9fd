// A camera's frames, one after the other, without a <video> in the page.

/** Part of a picture in the wanted shape, as large as wanted at most; even sides, as codecs like them. */
function cut(width, height, ratio, lines) {
  const [w, h] = width / height > ratio ? [height * ratio, height] : [width, width / ratio];
  const scale = Math.min(1, lines / h);
  const even = length => Math.max(16, 2 * Math.round(length * scale / 2));
  return { x: (width - w) / 2, y: (height - h) / 2, w, h, width: even(w), height: even(h) };
}

// As in RawFrame.cs: the frame's number, then four letters, columns, rows, matrix and range.
const NUMBER = 4;
const HEADER = 10;
const MATRICES = [null, 'bt709', 'smpte170m', 'bt2020-ncl'];
const ALIKE = { bt470bg: 'smpte170m' };

/** Whether the browser can make a picture of planes: what is sent as planes comes back as planes. */
const takesPlanes = () => 'VideoFrame' in globalThis;

/** A picture of planes that came from the studio, to be closed by the taker. @param {Uint8Array} bytes With header. */
export function ofPlanes(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return new VideoFrame(bytes.subarray(HEADER), {
    format: 'I420', codedWidth: view.getUint16(4, true), codedHeight: view.getUint16(6, true), timestamp: 0,
    colorSpace: { matrix: MATRICES[view.getUint8(8)] ?? undefined, fullRange: view.getUint8(9) === 1 },
  });
}

/** Codes frames for the studio. Planes are taken as they are: nothing is lost, and neither side codes; what a camera gives in another shape or size goes as JPEG. */
class Coder {
  #canvas = new OffscreenCanvas(16, 16);
  #context = this.#canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  #message = new Uint8Array(0);

  /**
   * A message with room for the number before it, which holds until the next is made.
   * @returns {Promise<Uint8Array>}
   */
  async code(frame, part) {
    const planes = this.#planesOf(frame.picture, part);
    if (!planes) {
      return this.#jpeg(frame, part);
    }
    const size = frame.picture.allocationSize({ rect: planes });
    if (this.#message.length !== NUMBER + HEADER + size) {
      this.#message = new Uint8Array(NUMBER + HEADER + size);
    }
    const view = new DataView(this.#message.buffer);
    const { matrix, fullRange } = frame.picture.colorSpace;
    this.#message.set([0x49, 0x34, 0x32, 0x30], NUMBER);
    view.setUint16(NUMBER + 4, planes.width, true);
    view.setUint16(NUMBER + 6, planes.height, true);
    view.setUint8(NUMBER + 8, Math.max(0, MATRICES.indexOf(ALIKE[matrix] ?? matrix)));
    view.setUint8(NUMBER + 9, fullRange ? 1 : 0);
    await frame.picture.copyTo(this.#message.subarray(NUMBER + HEADER), { rect: planes });
    frame.close();
    return this.#message;
  }

  /** The part of a frame's planes, where they are what is wanted but for a rim. */
  #planesOf(picture, part) {
    if (!takesPlanes() || !(picture instanceof VideoFrame) || picture.format !== 'I420') {
      return null;
    }
    const { visibleRect: all, displayWidth, displayHeight } = picture;
    const odd = [all.x, all.y, all.width, all.height].some(value => value % 2);
    const turned = displayWidth !== all.width || displayHeight !== all.height;
    const [width, height] = [Math.min(part.width, all.width), Math.min(part.height, all.height)];
    if (odd || turned || Math.abs(part.w - width) > 2 || Math.abs(part.h - height) > 2) {
      return null;
    }
    const even = value => 2 * Math.floor(value / 2);
    return { x: all.x + even((all.width - width) / 2), y: all.y + even((all.height - height) / 2), width, height };
  }

  async #jpeg(frame, part) {
    if (this.#canvas.width !== part.width || this.#canvas.height !== part.height) {
      [this.#canvas.width, this.#canvas.height] = [part.width, part.height];
    }
    this.#context.drawImage(frame.picture, part.x, part.y, part.w, part.h, 0, 0, part.width, part.height);
    frame.close();
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
