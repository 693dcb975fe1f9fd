// Files dropped or picked, and their way to the studio: one request a file, streamed from disk, so that size does not matter.

/**
 * @typedef {{ file: File | null, name: string }} Chosen  without a file where the browser could not read it
 * @typedef {{ name: string, code: string, message: string, hint: string }} Refusal
 */

/** @param {FileSystemEntry} entry @returns {Promise<FileSystemEntry[]>} all that a folder holds: browsers give it in parts */
async function entriesOf(entry) {
  const reader = entry.createReader();
  const all = [];
  for (;;) {
    const part = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (part.length === 0) {
      return all;
    }
    all.push(...part);
  }
}

/** @param {FileSystemEntry} entry @param {string} prefix @param {Chosen[]} into */
async function walk(entry, prefix, into) {
  if (entry.name.startsWith('.')) {
    return;
  }
  const name = prefix + entry.name;
  try {
    if (entry.isDirectory) {
      for (const child of await entriesOf(entry)) {
        await walk(child, `${name}/`, into);
      }
    } else {
      into.push({ file: await new Promise((done, failed) => entry.file(done, failed)), name });
    }
  } catch (error) {
    // A file or folder that may not be read, or is gone: said by name, never passed over in silence.
    if (!(error instanceof DOMException)) {
      throw error;
    }
    into.push({ file: null, name });
  }
}

/** @param {DataTransfer} transfer @returns {Promise<Chosen[]>} */
async function dropped(transfer) {
  // The list of items is emptied as soon as this handler waits.
  const entries = [...transfer.items].map(item => item.webkitGetAsEntry?.()).filter(entry => entry);
  const files = [...transfer.files];
  const chosen = [];
  if (entries.length === 0) {
    return files.map(file => ({ file, name: file.name }));
  }
  for (const entry of entries) {
    await walk(entry, '', chosen);
  }
  return chosen;
}

/** One file. Resolves with why it was refused, or null. @param {string} address @param {Chosen} item @param {(sent: number) => void} report @param {AbortSignal} stop */
function send(address, item, report, stop) {
  return new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    const abort = () => request.abort();
    stop.addEventListener('abort', abort);
    request.open('POST', `${address}?name=${encodeURIComponent(item.name)}`);
    request.setRequestHeader('Content-Type', 'application/octet-stream');
    request.upload.onprogress = event => report(event.loaded);
    request.onload = () => {
      if (request.status === 204) {
        done(null);
      } else if (request.status === 422) {
        done({ name: item.name, ...JSON.parse(request.responseText) });
      } else {
        failed(new Error(`status ${request.status}`));
      }
    };
    request.onerror = () => failed(new Error('connection'));
    request.onabort = () => failed(new DOMException('Aborted', 'AbortError'));
    request.onloadend = () => stop.removeEventListener('abort', abort);
    request.send(item.file);
  });
}

/**
 * Watches a drop zone and two pickers; tells the page what becomes of it.
 * @param {HTMLElement} zone @param {HTMLInputElement} files @param {HTMLInputElement} folder @param {any} page @param {string[]} extensions
 */
export function watch(zone, files, folder, page, extensions) {
  const known = new Set(extensions);
  const life = new AbortController();
  let current = null;

  const start = async chosen => {
    const usable = chosen.filter(item => item.file && known.has(item.name.slice(item.name.lastIndexOf('.')).toLowerCase()));
    const refused = chosen.filter(item => !item.file).map(item => ({ name: item.name, code: 'UnreadableInput', message: '', hint: '' }));
    if (current) {
      await page.invokeMethodAsync('Busy');
      return;
    }
    if (usable.length === 0) {
      await page.invokeMethodAsync('NothingUsable', chosen.length, refused);
      return;
    }
    const stop = current = new AbortController();
    const total = usable.reduce((sum, item) => sum + item.file.size, 0);
    const first = usable[0].name.split('/');
    const address = await page.invokeMethodAsync('Begin', first.length > 1 ? first[0] : '', usable.length, total);
    const warn = event => event.preventDefault();
    addEventListener('beforeunload', warn);
    let sent = 0;
    let told = 0;
    try {
      for (const [index, item] of usable.entries()) {
        const refusal = await send(address, item, part => {
          const now = performance.now();
          if (now - told > 200) {
            told = now;
            page.invokeMethodAsync('Report', index, sent + Math.min(part, item.file.size));
          }
        }, stop.signal);
        if (refusal) {
          refused.push(refusal);
        }
        sent += item.file.size;
        await page.invokeMethodAsync('Report', index + 1, sent);
      }
      removeEventListener('beforeunload', warn);
      current = null;
      await page.invokeMethodAsync('End', refused);
    } catch (error) {
      removeEventListener('beforeunload', warn);
      current = null;
      await page.invokeMethodAsync('BreakOff', error.name === 'AbortError');
    }
  };

  const on = (target, name, handler) => target.addEventListener(name, handler, { signal: life.signal });
  let depth = 0;
  const mark = by => zone.classList.toggle('over', (depth = Math.max(0, depth + by)) > 0);
  on(document, 'dragenter', event => { event.preventDefault(); mark(1); });
  on(document, 'dragleave', () => mark(-1));
  on(document, 'dragover', event => event.preventDefault());
  on(document, 'drop', async event => {
    event.preventDefault();
    depth = 0;
    mark(0);
    await start(await dropped(event.dataTransfer));
  });
  for (const input of [files, folder]) {
    on(input, 'change', async () => {
      // What is hidden is left out, as it is of folders that are dropped.
      const chosen = [...input.files].map(file => ({ file, name: file.webkitRelativePath || file.name })).filter(item => !/(^|\/)\./.test(item.name));
      input.value = '';
      await start(chosen);
    });
  }

  return {
    pickFiles: () => files.click(),
    pickFolder: () => folder.click(),
    cancel: () => current?.abort(),
    dispose: () => { current?.abort(); life.abort(); },
  };
}
