// The studio's live page in Chromium, whose camera plays a clip: rate, delay and processor time; for each program named the longest time without a covered
// picture around changes of choice; and what the browser's own codings of a frame take. Without a test driver, which would be told of every frame.
//   node --experimental-websocket bench/live_page.mjs transport CLIP.mjpeg SECONDS VEIL.dll
//   node --experimental-websocket bench/live_page.mjs changes CLIP.mjpeg SECONDS VEIL.dll...
//   node --experimental-websocket bench/live_page.mjs coding CLIP.mjpeg 0 VEIL.dll
//   node --experimental-websocket bench/live_page.mjs recording CLIP.mjpeg SECONDS VEIL.dll
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const wait = seconds => new Promise(resolve => setTimeout(resolve, 1000 * seconds));

/** Seconds of processor time and MiB of memory of its own that a process and its descendants have. */
function usage(root) {
  const [children, own] = [new Map(), new Map()];
  for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
    try {
      const stat = readFileSync(`/proc/${id}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      const memory = /RssAnon:\s+(\d+)/.exec(readFileSync(`/proc/${id}/status`, 'utf8'));
      own.set(id, { seconds: (+fields[11] + +fields[12]) / 100, memory: memory ? memory[1] / 1024 : 0 });
      children.set(fields[1], [...children.get(fields[1]) ?? [], id]);
    } catch {
      // Ended meanwhile.
    }
  }
  const sum = { seconds: 0, memory: 0 };
  for (const waiting = [String(root)]; waiting.length;) {
    const id = waiting.pop();
    sum.seconds += own.get(id)?.seconds ?? 0;
    sum.memory += own.get(id)?.memory ?? 0;
    waiting.push(...children.get(id) ?? []);
  }
  return sum;
}

/** A program that says something: resolves with the first match. */
function start(command, values, pattern, stream) {
  const child = spawn(command, values);
  const found = new Promise((resolve, reject) => {
    let text = '';
    child[stream].on('data', data => {
      text += data;
      const match = pattern.exec(text);
      if (match) {
        resolve(match[0]);
      }
    });
    child.on('exit', () => reject(new Error(`${command} ended: ${text.slice(-500)}`)));
  });
  child[stream === 'stdout' ? 'stderr' : 'stdout'].resume();
  return { child, found };
}

async function open(program, clip, script) {
  const folder = mkdtempSync(join(tmpdir(), 'veil-live-page-'));
  const studio = start('dotnet', [program, 'studio', '--no-browser', '--data', join(folder, 'data')], /http:\S+/, 'stdout');
  const address = await studio.found;
  const browser = start('/usr/bin/chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--window-size=1280,800', `--user-data-dir=${join(folder, 'profile')}`,
    '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${clip}`, '--remote-debugging-port=0', 'about:blank',
  ], /ws:\S+/, 'stderr');
  const { port } = new URL(await browser.found);
  const target = (await (await fetch(`http://127.0.0.1:${port}/json`)).json()).find(one => one.type === 'page');
  const socket = new WebSocket(target.webSocketDebuggerUrl);
  await new Promise(resolve => { socket.onopen = resolve; });
  const answers = new Map();
  socket.onmessage = ({ data }) => {
    const answer = JSON.parse(data);
    answers.get(answer.id)?.(answer);
    answers.delete(answer.id);
  };
  let last = 0;
  const send = (method, params) => new Promise(resolve => {
    answers.set(++last, resolve);
    socket.send(JSON.stringify({ id: last, method, params }));
  });
  const evaluate = async expression => {
    const { result } = await send('Runtime.evaluate', { expression, awaitPromise: true, returnByValue: true });
    if (result.exceptionDetails) {
      throw new Error(result.exceptionDetails.exception?.description ?? result.exceptionDetails.text);
    }
    return result.result.value;
  };
  const until = async expression => {
    for (let tries = 0; tries < 600; tries++) {
      if (await evaluate(`!!(${expression})`).catch(() => false)) {
        return;
      }
      await wait(0.2);
    }
    throw new Error(`never: ${expression}`);
  };
  await send('Page.enable');
  await send('Page.addScriptToEvaluateOnNewDocument', { source: script });
  await send('Page.navigate', { url: address });
  await until('document.querySelector("main")');
  await send('Page.navigate', { url: new URL('/live', address).href });
  await until('document.querySelector("canvas")?.veilLive');
  const choose = (selector, value) => evaluate(`{ const one = document.querySelector('${selector}'); one.value = '${value}'; one.dispatchEvent(new Event('change', { bubbles: true })); }`);
  const press = words => evaluate(`[...document.querySelectorAll('button, .live-kinds label')].find(one => one.textContent.trim() === '${words}').click()`);
  await choose('#live-delay', what === 'changes' ? 'VeryLong' : 'Short');
  await press('Start the camera');
  await until('window.drawn.length > 60');
  return {
    evaluate, choose, press, studio: studio.child.pid, browser: browser.child.pid,
    close() {
      browser.child.kill('SIGKILL');
      studio.child.kill('SIGINT');
      setTimeout(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }), 2000);
    },
  };
}

const WATCH = `
  window.drawn = [];
  const draw = CanvasRenderingContext2D.prototype.drawImage;
  CanvasRenderingContext2D.prototype.drawImage = function (...values) {
    draw.apply(this, values);
    window.drawn.push({ at: performance.now(), grey: window.looks && [[.1, .1], [.9, .2], [.5, .5], [.2, .9]].every(([x, y]) => {
      const [red, green, blue] = this.getImageData(x * this.canvas.width, y * this.canvas.height, 1, 1).data;
      return Math.abs(red - 128) + Math.abs(green - 128) + Math.abs(blue - 128) < 12;
    }) });
  };`;

async function transport(clip, seconds, programs) {
  console.log('| program | a second | delay p50 | delay p95 | browser, ms a frame | studio, ms a frame |\n|---|---|---|---|---|---|');
  for (const [index, program] of programs.entries()) {
    const page = await open(program, clip, WATCH);
    await wait(3);
    const [browser, studio, before, began] = [usage(page.browser), usage(page.studio), await page.evaluate('window.drawn.length'), performance.now()];
    await wait(seconds);
    const took = (performance.now() - began) / 1000;
    const [browserAfter, studioAfter, shown] = [usage(page.browser), usage(page.studio), await page.evaluate('window.drawn.length') - before];
    const delays = (await page.evaluate('document.querySelector("canvas").veilLive.delays()')).slice(-shown).sort((a, b) => a - b);
    const at = share => Math.round(delays[Math.floor(share * delays.length)]);
    const each = (after, first) => (1000 * (after.seconds - first.seconds) / shown).toFixed(1);
    console.log(`| ${index + 1} | ${(shown / took).toFixed(1)} | ${at(0.5)} ms | ${at(0.95)} ms | ${each(browserAfter, browser)} | ${each(studioAfter, studio)} |`);
    page.close();
  }
}

/** What coding a frame there and back takes in the browser, median of 60. */
const CODINGS = `(async () => {
  const stream = await navigator.mediaDevices.getUserMedia({ video: { width: { ideal: 854 }, height: { ideal: 480 } } });
  const reader = new MediaStreamTrackProcessor({ track: stream.getVideoTracks()[0] }).readable.getReader();
  const canvas = new OffscreenCanvas(854, 480);
  const context = canvas.getContext('2d', { alpha: false, willReadFrequently: true });
  const image = type => async frame => {
    context.drawImage(frame, 0, 0, 854, 480);
    const coded = await (await canvas.convertToBlob({ type, quality: 0.85 })).arrayBuffer();
    const back = performance.now();
    context.drawImage(await createImageBitmap(new Blob([coded], { type })), 0, 0);
    return [coded.byteLength, performance.now() - back];
  };
  const ways = { JPEG: image('image/jpeg'), WebP: image('image/webp'), planes: async frame => {
    const bytes = new Uint8Array(frame.allocationSize());
    await frame.copyTo(bytes);
    const back = performance.now();
    const picture = new VideoFrame(bytes, { format: frame.format, codedWidth: frame.codedWidth, codedHeight: frame.codedHeight, timestamp: 0 });
    context.drawImage(picture, 0, 0);
    picture.close();
    return [bytes.length, performance.now() - back];
  } };
  const middle = values => values.sort((a, b) => a - b)[values.length >> 1];
  const rows = [];
  for (const [name, way] of Object.entries(ways)) {
    const [there, back, bytes] = [[], [], []];
    for (let round = 0; round < 60; round++) {
      const { value: frame } = await reader.read();
      const start = performance.now();
      const [size, decoding] = await way(frame);
      there.push(performance.now() - start - decoding);
      back.push(decoding);
      bytes.push(size);
      frame.close();
    }
    rows.push('| ' + [name, middle(there).toFixed(1) + ' ms', middle(back).toFixed(1) + ' ms', Math.round(middle(bytes) / 1000) + ' kB'].join(' | ') + ' |');
  }
  return rows.join('\\n');
})()`;

async function coding(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH);
  await page.press('Stop the camera');
  console.log('| coding | there | back | size |\n|---|---|---|---|\n' + await page.evaluate(CODINGS));
  page.close();
}

async function changes(clip, seconds, programs) {
  const steps = [
    ['none', () => {}], ['one colour', page => page.choose('#live-method', 'solid')], ['pixelate', page => page.choose('#live-method', 'pixelate')], ['strength', page => page.choose('#live-strength', '0')],
    ['veil', page => page.choose('#live-method', 'veil')], ['number plates too', page => page.press('Number plates')], ['faces alone', page => page.press('Number plates')], ['4 : 3', page => page.choose('#live-ratio', 'classic')],
  ];
  console.log(`| change | ${programs.map((_, index) => `program ${index + 1}: longest gap | grey pictures`).join(' | ')} |\n|---|${programs.map(() => '---|---|').join('')}`);
  const rows = steps.map(([name]) => [name]);
  for (const program of programs) {
    const page = await open(program, clip, WATCH + 'window.looks = true;');
    for (const [index, [, change]] of steps.entries()) {
      await wait(2);
      await page.evaluate('window.drawn.length = 0');
      await wait(0.5);
      await change(page);
      await wait(seconds);
      rows[index].push(await page.evaluate(`(() => {
        const covered = window.drawn.filter(one => !one.grey).map(one => one.at);
        return Math.round(Math.max(...covered.slice(1).map((at, index) => at - covered[index]))) + ' ms | ' + (window.drawn.length - covered.length);
      })()`));
    }
    page.close();
  }
  rows.forEach(row => console.log(`| ${row.join(' | ')} |`));
}

async function recording(clip, seconds, [program]) {
  const page = await open(program, clip, WATCH);
  await page.press('Record');
  console.log('| recorded | browser | studio |\n|---|---|---|');
  for (let step = 0; step <= 4; step++) {
    console.log(`| ${Math.round(step * seconds / 4)} s | ${Math.round(usage(page.browser).memory)} MiB | ${Math.round(usage(page.studio).memory)} MiB |`);
    await wait(seconds / 4);
  }
  page.close();
}

const [what, clip, seconds, ...programs] = process.argv.slice(2);
await { transport, changes, coding, recording }[what](clip, +seconds, programs);
process.exitCode = 0;
setTimeout(() => process.exit(), 3000);
