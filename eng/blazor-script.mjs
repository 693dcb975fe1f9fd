// Takes Blazor's script out of an assembly that carries it as a resource, or copies a script that lies open; see src/Veil.Studio/Web.targets.
// node eng/blazor-script.mjs INPUT OUTPUT SHA256
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

const [input, output, expected] = process.argv.slice(2);
const hash = bytes => createHash('sha256').update(bytes).digest('hex');

// A resource lies in its assembly as its length, in four bytes, and its bytes. Only the one that has the pinned hash is looked for, so no table is
// read: a script begins where four bytes name a length that fits and an open script follows.
function* candidates(bytes) {
  if (!input.endsWith('.dll')) {
    yield bytes;
    return;
  }

  for (const opening of ['(()=>{', '!function']) {
    for (let at = bytes.indexOf(opening); at >= 4; at = bytes.indexOf(opening, at + 1)) {
      const length = bytes.readUInt32LE(at - 4);
      if (length > 10_000 && at + length <= bytes.length) {
        yield bytes.subarray(at, at + length);
      }
    }
  }
}

for (const script of candidates(readFileSync(input))) {
  if (hash(script) === expected) {
    mkdirSync(dirname(output), { recursive: true });
    writeFileSync(output, script);
    process.exit(0);
  }
}

console.error(`error : Expected Blazor's script with SHA-256 ${expected} in ${input}, but it is not there.`);
process.exit(1);
