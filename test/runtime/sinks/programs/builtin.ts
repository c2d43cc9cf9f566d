/**
 * Logs a line to the sinks that are named, closes them, and says on stderr what became of it, and whether the library
 * for files was loaded before and after.
 */
import type { SinkName } from '../../../../contract/built-in.js';
import { makeBuiltinSink } from '../../../../runtime/sinks/make-builtin-sink.js';
import { Settings } from '../../../../runtime/settings/settings.js';

const isLoaded = (): boolean => Object.keys(require.cache).some((path) => path.includes('sonic-boom'));

const [, , names = '', path] = process.argv;
const before = isLoaded();
const settings = new Settings(
  { sinkConfig: { file: path ? { path } : {}, stdoutPretty: { colour: 'always' } } },
  { env: {} },
);
const sinks = names.split(',').map((name) => makeBuiltinSink(name as SinkName, settings, () => undefined));
for (const sink of sinks) sink.write({ timeMs: 0, level: 'info', message: sink.name, fields: [] });

async function main(): Promise<void> {
  const accounts = await Promise.all(sinks.map((sink) => sink.close()));
  const delivered = accounts.map((account) => account.delivered);
  process.stderr.write(`${JSON.stringify({ delivered, before, after: isLoaded() })}\n`);
}

void main();
