import type { AsyncClosable } from '../../logger/async-closable.js';
import { assertNoProblems, type Problem } from '../../../contract/problems.js';
import type { LoggerAccount } from '../../logger/pipeline.js';
import { asMapping } from '../../settings/document.js';
import { shapeProblems } from '../../settings/unknown-options.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import { levelOfOther } from '../outlet/other-level.js';
import { Outlet } from '../outlet/outlet.js';
import type { OutletOptions } from '../outlet/outlet-options.js';
import { readRecord, type LogTapeRecord } from './logtape-record.js';

export type { LogTapeRecord } from './logtape-record.js';

/** Where the records go, and what their lines have. */
export interface LogTapeSinkOptions extends OutletOptions {
  /**
   * Whether a line has the template of its message, as the field `messageTemplate`, where it has placeholders: to group lines by.
   * @default false
   */
  readonly messageTemplate?: boolean | undefined;
}

/** A sink for LogTape 1 and 2: a function that takes records. */
export interface LogTapeSink extends AsyncClosable {
  /** Answers at once and never throws. */
  (record: LogTapeRecord): void;
  /** Sends all waiting records. Resolves to the account once everything taken so far is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<LoggerAccount>;
  /** Waits, without a deadline, until everything taken so far is settled: `drain()` of LogTape 2.4 calls it. */
  drain(): Promise<void>;
  /** Delivers what waits; at the deadline, the rest is diverted to stderr, or spooled. A logger that was given stays open. */
  close(options?: CloseOptions): Promise<LoggerAccount>;
  /** The account of all records so far; with a `logger`, of all its lines. */
  stats(): LoggerAccount;
  /** Closes by the deadline `shutdownDeadlineSeconds`, with a `logger` of 10 s: `dispose()` and `reset()` of LogTape call it. */
  [Symbol.asyncDispose](): Promise<void>;
}

const OF = 'getCloudWatchSink';

/**
 * Makes a sink for LogTape. Settings that are not given come from the environment.
 *
 * ```ts
 * await configure({
 *   sinks: { cloudwatch: getCloudWatchSink({ logGroupName: '/myapp/production', region: 'us-west-2' }) },
 *   loggers: [{ category: 'app', lowestLevel: 'info', sinks: ['cloudwatch'] }],
 * });
 * ```
 *
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export function getCloudWatchSink(options: LogTapeSinkOptions = {}): LogTapeSink {
  assertNoProblems(problemsOf(options));
  const { messageTemplate = false, ...others } = options;
  const outlet = new Outlet(OF, others, ['messageTemplate']);
  const sink = (record: LogTapeRecord): void =>
    outlet.write({
      timeMs: record.timestamp,
      level: levelOfOther(record.level) ?? 'info',
      content: (rules) => readRecord(record, rules, messageTemplate),
    });
  return Object.assign(sink, {
    flush: (given?: FlushOptions) => outlet.flush(given),
    drain: async () => void (await outlet.flush()),
    close: (given?: CloseOptions) => outlet.end(given),
    stats: () => outlet.stats(),
    [Symbol.asyncDispose]: async () => void (await outlet.end()),
  });
}

function problemsOf(options: unknown): Problem[] {
  const { messageTemplate } = asMapping(options) ?? {};
  const isFlag = messageTemplate === undefined || typeof messageTemplate === 'boolean';
  if (isFlag) return shapeProblems(OF, options);
  return [{ where: `${OF}: options.messageTemplate`, value: messageTemplate, allowed: 'true or false' }];
}
