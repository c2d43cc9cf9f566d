/**
 * Writes lines until the stack is full, and on the way back, and says what it wrote and what became of it. `WARM` is the number of
 * lines before.
 */
import { pinoStream } from 'fapilog-cloudwatch/pino';
import { CloudWatchStream } from 'fapilog-cloudwatch/stream';
import { cloudwatchTo } from './settings.mjs';

const { THROUGH, KIND, WARM } = process.env;
const options = { ...cloudwatchTo('api-server'), createLogGroup: true, onDiagnostic: () => undefined };
const stream = THROUGH === 'pino' ? pinoStream(options) : new CloudWatchStream(options);
const kinds = {
  json: (id) => `{"level":30,"id":${id}}\n`,
  text: (id) => `order ${id} placed\n`,
  pieces: (id) => (id % 2 ? `"id":${id}}\n` : `{"level":30,"first":${id},`),
  objects: (id) => ({ level: 30, id, msg: 'order placed' }),
};
const pieceOf = kinds[KIND];
let id = 0;
let refused = 0;

function log() {
  const piece = pieceOf(id);
  try {
    stream.write(piece);
    id++;
  } catch {
    refused++;
  }
}

function walk() {
  try {
    walk();
  } finally {
    log();
  }
}

for (let warm = 0; warm < Number(WARM); warm++) log();
Error.stackTraceLimit = 0;
try {
  walk();
} catch {
  // The stack is full.
}
const { accepted } = stream.stats();
stream.write('\nlast\n');
await new Promise((resolve) => stream.end(resolve));
const account = stream.stats();
console.log(JSON.stringify({ written: id, refused, accepted, account }));
