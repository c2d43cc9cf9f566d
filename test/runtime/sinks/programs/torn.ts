/** Logs a line that fits into a file of limited size, one that does not, and, after there is room again, a third one. */
import { truncateSync } from 'node:fs';
import { FileSink } from '../../../../runtime/sinks/file-sink.js';

const [, , path = ''] = process.argv;
const sink = new FileSink({ path });
const log = (message: string): void => sink.write({ timeMs: 0, level: 'info', message, fields: [] });

async function main(): Promise<void> {
  log('a'.repeat(600));
  await sink.flush();
  log('b'.repeat(600));
  await sink.flush();
  truncateSync(path, 800);
  log('c');
  process.stderr.write(`${JSON.stringify(await sink.close())}\n`);
}

void main();
