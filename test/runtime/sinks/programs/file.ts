/** Logs so many lines to a file, and one in an exit listener; then ends as it is told. */
import { pbkdf2 } from 'node:crypto';
import { FileSink } from '../../../../runtime/sinks/file-sink.js';

const [, , path = '', ending = 'ends', lines = '1'] = process.argv;
// All threads that could open the file have other work.
if (ending === 'exits' || ending === 'throws')
  for (let thread = 0; thread < 4; thread++) pbkdf2('a', 'b', 200_000, 64, 'sha512', () => undefined);

const sink = new FileSink({ path });
const log = (message: string): void => sink.write({ timeMs: 0, level: 'info', message, fields: [] });

function end(): void {
  for (let line = 0; line < Number(lines); line++) log(String(line));
  if (ending === 'ends') return;
  process.on('exit', () => {
    log('last');
    process.stderr.write(`${JSON.stringify(sink.stats())}\n`);
  });
  if (ending !== 'throws') process.exit();
  throw new Error('thrown');
}

// Once the file is open, or before.
if (ending === 'exitsLater') void sink.flush().then(() => setTimeout(end, 50));
else end();
