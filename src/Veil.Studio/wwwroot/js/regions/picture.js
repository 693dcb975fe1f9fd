// A picture from the studio: fetched, decoded, and only then put in the place of the one before. What cannot be made is said, and nothing stands in for it.

/** @typedef {{title: string, hint: string}} Failure */

export class Picture {
  /** @param {HTMLImageElement} image @param {(state: 'loading' | 'ready' | 'failed', failure?: Failure) => void} told */
  constructor(image, told) {
    this.image = image;
    this.told = told;
    this.address = '';
    this.abort = new AbortController();
  }

  /** Shows what an address gives; one that is asked for meanwhile wins. @param {string} address */
  async show(address) {
    if (address === this.address) {
      return;
    }

    this.address = address;
    this.abort.abort();
    const abort = this.abort = new AbortController();
    this.told('loading');
    try {
      const answer = await fetch(address, { signal: abort.signal, cache: 'no-store' });
      if (!answer.ok) {
        throw await failureOf(answer);
      }

      const url = URL.createObjectURL(await answer.blob());
      const next = new Image();
      next.src = url;
      await next.decode();
      if (abort.signal.aborted) {
        URL.revokeObjectURL(url);
        return;
      }

      this.release();
      this.image.src = url;
      this.image.hidden = false;
      this.told('ready');
    } catch (error) {
      if (!abort.signal.aborted) {
        this.clear();
        this.told('failed', 'title' in error ? error : { title: String(error.message ?? error), hint: '' });
      }
    }
  }

  /** Forgets the picture, so that the same address is asked again. */
  clear() {
    this.abort.abort();
    this.address = '';
    this.image.hidden = true;
    this.release();
    this.image.removeAttribute('src');
  }

  release() {
    this.image.src.startsWith('blob:') && URL.revokeObjectURL(this.image.src);
  }
}

/** What an answer says went wrong: problem details (RFC 9457), or its status. @param {Response} answer @returns {Promise<Failure>} */
async function failureOf(answer) {
  const problem = await answer.json().catch(() => ({}));
  return { title: problem.detail ?? problem.title ?? `${answer.status}`, hint: problem.hint ?? '' };
}
