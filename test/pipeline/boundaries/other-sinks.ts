/* Runs instrumented: see instrument.ts. Throws at the call boundaries of a log call to sinks other than the one for CloudWatch Logs. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { Filter } from '../../../runtime/filter/filter.js';
import { getLogger } from '../../../runtime/logger/get-logger.js';
import type { Logger } from '../../../runtime/logger/logger.js';
import { registerFilter, registerSink } from '../../../runtime/plugins/registry.js';
import { jsonFormat } from '../../../runtime/serialize/line.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import type { Sink } from '../../../runtime/sink-port.js';
import { FileSink } from '../../../runtime/sinks/file-sink.js';
import { StreamSink } from '../../../runtime/sinks/stream-sink.js';
import { listening } from './listening.js';

const KINDS: readonly (() => unknown)[] = [
  () => new RangeError('Maximum call stack size exceeded'),
  () => undefined,
];

interface Made {
  readonly logger: Logger;
  /** What was written. */
  readonly text: () => string;
  /** Lets come what is loading. */
  readonly come?: () => void;
  readonly leave?: () => void;
}

let made = 0;

function lines(isSlow = false): { readonly sink: Sink; readonly text: () => string } {
  let text = '';
  const stream = new Writable({
    decodeStrings: false,
    highWaterMark: isSlow ? 1 : 16_384,
    write(chunk: string, _encoding, callback) {
      text += chunk;
      if (isSlow) setTimeout(callback, 1);
      else callback();
    },
  });
  return { sink: new StreamSink('lines', stream, jsonFormat), text: () => text };
}

function loggerOf(input: SettingsInput, sinks?: readonly Sink[]): Logger {
  return getLogger({ settings: new Settings(input, { env: {} }), sinks });
}

function toFile(): Made {
  const folder = mkdtempSync(join(tmpdir(), 'fapilog-boundaries-'));
  const path = join(folder, 'log');
  return {
    logger: loggerOf({}, [new FileSink({ path })]),
    text: () => readFileSync(path, 'utf8'),
    leave: () => rmSync(folder, { recursive: true }),
  };
}

function toLateSink(isThere: boolean): Made {
  const { sink, text } = lines();
  const { promise, come } = late(sink);
  const name = `sink${made++}`;
  registerSink(name, () => promise);
  if (isThere) come();
  return { logger: loggerOf({ core: { sinks: [name] } }), text, come };
}

function throughLateFilter(): Made {
  const { sink, text } = lines();
  const name = `filter${made++}`;
  const { promise, come } = late<Filter>({ name, apply: (record) => record });
  registerFilter(name, () => promise);
  return { logger: loggerOf({ core: { filters: [name] } }, [sink]), text, come };
}

function late<Thing>(thing: Thing): { readonly promise: Promise<Thing>; readonly come: () => void } {
  let come: () => void = () => undefined;
  const promise = new Promise<Thing>((resolve) => (come = () => resolve(thing)));
  return { promise, come };
}

function toStream(isSlow: boolean): Made {
  const { sink, text } = lines(isSlow);
  return { logger: loggerOf({}, [sink]), text };
}

const sinks: Readonly<Record<string, () => Made>> = {
  'a stream': () => toStream(false),
  'a slow stream': () => toStream(true),
  'a file': toFile,
  'a sink that is loading': () => toLateSink(false),
  'a sink that was loaded': () => toLateSink(true),
  'a sink behind a filter that is loading': throughLateFilter,
};

function log(logger: Logger, id: number): void {
  logger.info('order placed', { id, error: new Error('no') });
}

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Logs five events, throws in the third, and returns all that is wrong after it, as sentences. */
async function outcomeAt(make: () => Made, at?: number, thrown?: () => unknown) {
  const { logger, text, come, leave } = make();
  await turn();
  for (const id of [0, 1]) log(logger, id);
  const names = listening(() => log(logger, 2), at, thrown);
  log(logger, 3);
  const isBalancedThen = isBalanced(logger.stats());
  come?.();
  await turn();
  log(logger, 4);
  await logger.flush({ deadlineMs: 5_000 });
  const end = await logger.close({ deadlineMs: 5_000 });
  const written = text().split('\n').filter(Boolean);
  leave?.();
  const ids = written.flatMap((line) => (JSON.parse(line) as { id?: number }).id ?? []);
  const marked = written.filter((line) => line.includes('[unreadable')).length;
  const isLost = 5 - new Set(ids).size - marked > end.dropped.total + end.diverted.total;
  const faults = [
    ...(isBalancedThen ? [] : ['out of balance']),
    ...(isBalanced(end) && end.pending === 0 ? [] : ['out of balance at the end']),
    ...(end.accepted === 5 ? [] : ['not five are accepted']),
    ...(new Set(ids).size === ids.length ? [] : ['written twice']),
    ...(isLost ? ['lost and not counted'] : []),
  ];
  return { names, faults: faults.map((fault) => `${fault}: ${ids.join(' ')} ${JSON.stringify(end)}`) };
}

/** Reports are no concern here. */
process.stderr.write = () => true;

const name = process.argv[2]!;
const { names } = await outcomeAt(sinks[name]!);
const faults: string[] = [];
for (const [index, boundary] of names.entries()) {
  // The first call of each function has to do; the first one of all is the log method itself.
  if (index === 0 || names.indexOf(boundary) < index) continue;
  for (const thrown of KINDS) {
    const outcome = await outcomeAt(sinks[name]!, index + 1, thrown);
    faults.push(...outcome.faults.map((fault) => `${String(thrown())} at ${boundary}: ${fault}`));
  }
}
console.log(JSON.stringify({ name, boundaries: names.length, faults }));
