/**
 * Logs so many lines to standard output, then ends as it is told. Says on stderr what became of them. Each of its lines
 * follows one of the console, if it `talks`.
 */
import { StreamSink } from '../../../../runtime/sinks/stream-sink.js';
import { jsonFormat } from '../../../../runtime/serialize/line.js';
import { isBalanced } from '../../../../runtime/ack/ledger.js';

const [, , ending = 'ends', lines = '1', bytes = '1', deadlineMs = '10000'] = process.argv;
const sink = new StreamSink('stdout_json', process.stdout, jsonFormat, { deadlineMs: Number(deadlineMs) });
const padding = 'x'.repeat(Number(bytes));

function log(message: string): void {
  sink.write({ timeMs: 0, level: 'info', message, fields: [{ padding }] });
}

function tell(): void {
  const account = sink.stats();
  process.stderr.write(`${JSON.stringify({ ...account, isBalanced: isBalanced(account) })}\n`);
}

for (let line = 0; line < Number(lines); line++) {
  if (ending === 'talks') console.log(JSON.stringify({ message: `console ${line}` }));
  log(String(line));
}

if (ending === 'closes') void sink.close().then(tell);
if (ending === 'exits' || ending === 'throws') {
  process.on('exit', () => {
    log('last');
    tell();
  });
  if (ending === 'exits') process.exit();
  throw new Error('thrown');
}
if (ending === 'goesOn') {
  // After the reader has gone.
  setTimeout(() => {
    log('later');
    void sink.close({ deadlineMs: 5_000 }).then(tell);
  }, 300);
}
