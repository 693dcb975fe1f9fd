// Programs for measuring live pictures: the studio, veil live, and a Chromium that is told what to do without a test driver.
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export const wait = seconds => new Promise(resolve => setTimeout(resolve, 1000 * seconds));

/** Seconds of processor time and MiB of memory of its own that a process and its descendants have. */
export function usage(root) {
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
export function start(command, values, pattern, stream) {
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

/** A browser at an address. */
export async function browse(folder, address, more) {
  const { child, found } = start('/usr/bin/chromium', [
    '--headless', '--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage', '--no-first-run', '--window-size=1280,800', `--user-data-dir=${join(folder, 'profile')}`,
    '--js-flags=--expose-gc', '--enable-precise-memory-info', '--remote-debugging-port=0', ...more, address,
  ], /ws:\S+/, 'stderr');
  return { child, pid: child.pid, port: new URL(await found).port };
}

/** A studio, and its live page in a browser whose camera plays a clip. */
export async function open(program, clip, script, delay) {
  const folder = mkdtempSync(join(tmpdir(), 'veil-live-page-'));
  const studio = start('dotnet', [program, 'studio', '--no-browser', '--data', join(folder, 'data')], /http:\S+/, 'stdout');
  const address = await studio.found;
  const browser = await browse(folder, 'about:blank', ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${clip}`]);
  const { port } = browser;
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
  await choose('#live-delay', delay);
  await press('Start the camera');
  await until('window.drawn.length > 60');
  return {
    evaluate, until, send, choose, press, folder, studio: studio.child.pid, browser: browser.pid,
    close() {
      browser.child.kill('SIGKILL');
      studio.child.kill('SIGINT');
      setTimeout(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }), 2000);
    },
  };
}
