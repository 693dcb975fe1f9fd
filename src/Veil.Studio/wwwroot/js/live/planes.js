// Frames as planes, as cameras give them: nothing is coded on either side, and nothing lost. RawFrame.cs has the header.

const LETTERS = [0x49, 0x34, 0x32, 0x30];
const HEADER = 10;
const MATRICES = [null, 'bt709', 'smpte170m', 'bt2020-ncl'];
const ALIKE = { bt470bg: 'smpte170m' };

/** What cameras leave unsaid: BT.601, as browsers take it. */
const UNSAID = 2;

/** A picture of planes that came from the studio, to be closed by the taker. @param {Uint8Array} bytes With header. @returns {VideoFrame} */
export function ofPlanes(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const matrix = MATRICES[view.getUint8(8)] ?? 'smpte170m';
  return new VideoFrame(bytes.subarray(HEADER), {
    format: 'I420', codedWidth: view.getUint16(4, true), codedHeight: view.getUint16(6, true), timestamp: 0,
    colorSpace: { matrix, primaries: matrix === 'bt2020-ncl' ? 'bt2020' : matrix, transfer: matrix === 'smpte170m' ? 'smpte170m' : 'bt709', fullRange: view.getUint8(9) === 1 },
  });
}

/** Copies a plane, or shrinks it: then each sample is the mean of the four at its place. */
function write(source, from, target, at, width, height) {
  const { start, stride, step, w, h } = from;
  const exact = w === width && h === height;
  const columns = new Int32Array(width);
  for (let x = 0; x < width; x++) {
    columns[x] = step * (exact ? x : Math.min(w - 2, Math.max(0, Math.floor((x + 0.5) * w / width - 0.5))));
  }
  for (let y = 0; y < height; y++) {
    const row = start + stride * (exact ? y : Math.min(h - 2, Math.max(0, Math.floor((y + 0.5) * h / height - 0.5))));
    if (exact) {
      for (let x = 0; x < width; x++) {
        target[at++] = source[row + columns[x]];
      }
    } else {
      for (let x = 0; x < width; x++) {
        const place = row + columns[x];
        target[at++] = (source[place] + source[place + step] + source[place + stride] + source[place + stride + step] + 2) >> 2;
      }
    }
  }
  return at;
}

const even = value => 2 * Math.round(value / 2);

export class Planes {
  #message = new Uint8Array(0);
  #native = new Uint8Array(0);

  /**
   * A frame's part as a message, which holds until the next is made; null where the browser has no planes of it.
   * @param {VideoFrame} picture @param {{x: number, y: number, w: number, h: number, width: number, height: number}} part In the frame's display size.
   * @param {number} before Bytes to leave free.
   * @returns {Promise<Uint8Array | null>}
   */
  async take(picture, part, before) {
    if (!('VideoFrame' in globalThis) || !(picture instanceof VideoFrame) || !['I420', 'NV12'].includes(picture.format) || picture.rotation || picture.flip) {
      return null;
    }
    const all = picture.visibleRect;
    const [across, down] = [all.width / picture.displayWidth, all.height / picture.displayHeight];
    const { width, height } = part;
    const [w, h] = [even(Math.min(part.w * across, all.width - 1)), even(Math.min(part.h * down, all.height - 1))].map((side, index) => Math.abs(side - [width, height][index]) <= 2 ? [width, height][index] : side);
    if (all.width % 2 || all.height % 2 || all.x % 2 || all.y % 2 || w > all.width || h > all.height || w < width || h < height) {
      return null;
    }
    const rect = { x: all.x + 2 * Math.floor((all.width - w) / 4), y: all.y + 2 * Math.floor((all.height - h) / 4), width: w, height: h };
    const size = width * height * 3 / 2;
    if (this.#message.length !== before + HEADER + size) {
      this.#message = new Uint8Array(before + HEADER + size);
    }
    this.#head(picture.colorSpace, width, height, before);
    const at = before + HEADER;
    if (picture.format === 'I420' && w === width && h === height) {
      await picture.copyTo(this.#message.subarray(at), { rect });
      return this.#message;
    }
    const native = picture.allocationSize({ rect });
    if (this.#native.length !== native) {
      this.#native = new Uint8Array(native);
    }
    const [luma, ...colours] = await picture.copyTo(this.#native, { rect });
    let next = write(this.#native, { start: luma.offset, stride: luma.stride, step: 1, w, h }, this.#message, at, width, height);
    const [first, second] = colours.length > 1 ? [{ ...colours[0], step: 1 }, { ...colours[1], step: 1 }]
      : [{ ...colours[0], step: 2 }, { ...colours[0], offset: colours[0].offset + 1, step: 2 }];
    for (const { offset, stride, step } of [first, second]) {
      next = write(this.#native, { start: offset, stride, step, w: w / 2, h: h / 2 }, this.#message, next, width / 2, height / 2);
    }
    return this.#message;
  }

  #head({ matrix, fullRange }, width, height, at) {
    const view = new DataView(this.#message.buffer);
    const known = MATRICES.indexOf(ALIKE[matrix] ?? matrix);
    this.#message.set(LETTERS, at);
    view.setUint16(at + 4, width, true);
    view.setUint16(at + 6, height, true);
    view.setUint8(at + 8, known > 0 ? known : UNSAID);
    view.setUint8(at + 9, fullRange ? 1 : 0);
  }
}
