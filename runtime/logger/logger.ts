import type { AsyncClosable } from './async-closable.js';
import {
  LEVELS,
  levelRank,
  MINIMUM_LEVELS,
  passes,
  PYTHON_LEVELS,
  type Level,
  type MinimumLevel,
} from '../../contract/levels.js';
import { nearest } from '../../contract/nearest.js';
import { shown } from '../../contract/problems.js';
import type { Fields, LogRecord } from '../log-record.js';
import type { CloseOptions, FlushOptions } from '../sink-port.js';
import { boundFields } from './bound-fields.js';
import { takeRecord, type GivenRecord, type WorkOfRecord } from './given-record.js';
import type { ContextOptions } from './context-options.js';
import { withContext } from './context.js';
import { readLogCall, type LogCall } from './log-call.js';
import { keepDurableContext } from './invocation.js';
import { readMetric, readMetrics, type MetricCall } from './metric-call.js';
import type { MetricEntry, MetricOptions, MetricsOptions, MetricValue } from './metric-options.js';
import { openBuffers } from './open-buffers.js';
import { pinoMembers } from './pino-members.js';
import type { LoggerAccount, LoggerHealth, Pipeline } from './pipeline.js';
import { openBufferOf, type ScopeBuffer } from './scope-buffer.js';
import { currentScope, type DurableLoggingContext } from './scope.js';
import { serialized, type Serializers } from './serializers.js';

/**
 * Logs a line. Returns at once and never throws; each argument is found in the line.
 *
 * - `(message, fields?)`: `logger.info('order placed', { orderId: 'ord-1' })`
 * - `(fields, message?)`, as pino has it
 * - An error may be any argument. It becomes the field `error`, with type, message, stack and causes; without a text, its message is
 *   the message of the line.
 * - Values behind the message fill its placeholders (`%s %d %i %f %j %o %O`, `%%`). Objects left over are fields; other values are
 *   appended to the message.
 *
 * `docs/logger.md` shows each kind of value.
 */
export interface LogMethod {
  /** Logs a message and fields. */
  (message: string, fields?: object | null, ...values: unknown[]): void;
  /** Logs fields and a message, in the order of pino. */
  (fields: object, message?: string, ...values: unknown[]): void;
  /** Logs any values, in any order. */
  (...values: unknown[]): void;
}

/** Options of a child logger, as in pino. */
export interface ChildOptions {
  /** The lowest level that the child logs. @default - the level of its parent */
  readonly level?: string | undefined;
  /** Functions that replace the value of a field by its name, added to those of the parent. @default - those of the parent */
  readonly serializers?: Serializers | undefined;
  /** Text before each message, behind the prefix of the parent. @default - none */
  readonly msgPrefix?: string | undefined;
}

/** Options of `child()` that are not reported: its own, and those that pino-http passes on with them. */
const KNOWN_OPTIONS = new Set([
  'level',
  'serializers',
  'msgPrefix',
  'customErrorMessage',
  'customErrorObject',
  'customProps',
  'customReceivedMessage',
  'customReceivedObject',
  'customSuccessMessage',
  'customSuccessObject',
  'quietReqLogger',
  'quietResLogger',
]);

/**
 * Log calls that run within each other, as those of a getter, a filter or a sink that logs. Beyond so many they are dropped: a
 * `toJSON` that logs its own object, and is asked three times by each call, would never come to an end.
 */
const MAX_NESTING = 5;
let nesting = 0;

/** Whether a log call is running: what is printed now comes from a getter, a filter or a sink. */
export function isLogging(): boolean {
  return nesting > 0;
}

/** The state of one logger; loggers on the same sinks share a pipeline. */
export interface LoggerState {
  readonly level: MinimumLevel;
  readonly bindings?: readonly Fields[] | undefined;
  readonly serializers?: Serializers | undefined;
  readonly msgPrefix?: string | undefined;
}

type MetricReader = (nowMs: number) => MetricCall;

const SILENT_RANK = levelRank.silent;

/** Fastify reads the serializers of a logger under this symbol. */
const PINO_SERIALIZERS = Symbol.for('pino.serializers');

const NUMBERED_LEVELS = LEVELS.map((level, rank) => [level, (rank + 1) * 10] as const);

/** As in pino, `silent` has a number but is not enumerable. */
const PINO_LEVELS = {
  labels: Object.fromEntries(NUMBERED_LEVELS.map(([level, number]) => [number, level])),
  values: Object.defineProperty(Object.fromEntries(NUMBERED_LEVELS), 'silent', { value: Infinity }),
} as {
  readonly labels: Readonly<Record<number, Level>>;
  readonly values: Readonly<Record<MinimumLevel, number>>;
};

/**
 * Writes log records to its sinks. It has the methods of a pino logger, so that Fastify and others accept it. Log calls never throw
 * and never wait.
 */
export class Logger implements AsyncClosable {
  readonly #pipeline: Pipeline;
  readonly #serializers: Serializers | undefined;
  readonly #msgPrefix: string | undefined;
  #bindings: readonly Fields[];
  #level: MinimumLevel;
  #rank: number;

  /** @internal */
  constructor(pipeline: Pipeline, { level, bindings = [], serializers, msgPrefix }: LoggerState) {
    this.#pipeline = pipeline;
    this.#bindings = bindings;
    this.#serializers = serializers;
    this.#msgPrefix = msgPrefix;
    this.#level = level;
    this.#rank = rankOn(pipeline, level);
  }

  /** Logs at `trace` (pino's 10): single steps, for those who follow the program closely. See {@link LogMethod}. */
  readonly trace: LogMethod = this.#methodOf('trace');
  /** Logs at `debug` (20): details that help to find a fault. See {@link LogMethod}. */
  readonly debug: LogMethod = this.#methodOf('debug');
  /**
   * Logs at `info` (30): normal operation. `logger.info('order placed', { orderId: 'ord-1' })`. See {@link LogMethod} for other
   * orders of arguments.
   */
  readonly info: LogMethod = this.#methodOf('info');
  /** Logs at `warn` (40): something unusual that the program could handle. See {@link LogMethod}. */
  readonly warn: LogMethod = this.#methodOf('warn');
  /**
   * Logs at `error` (50): an operation failed. `logger.error('payment failed', error, { orderId: 'ord-1' })`. See
   * {@link LogMethod}.
   */
  readonly error: LogMethod = this.#methodOf('error');
  /** Logs at `fatal` (60): the program cannot go on. It does not end the process and does not flush. See {@link LogMethod}. */
  readonly fatal: LogMethod = this.#methodOf('fatal');

  /**
   * Logs at a level that is known at run time, in any case, also by Python's names: `logger.log('WARN', 'slow')`. What is no level is
   * reported once, and begins the message of a line at `info`, so that `logger.log('done')` is a line as well. See
   * {@link LogMethod} for the other arguments.
   */
  readonly log = (level: string, ...args: unknown[]): void => {
    const known = knownLevel(level);
    if (known) return this[known](...args);
    this.#pipeline.reportLevel();
    this.info(level, ...args);
  };

  /**
   * Writes a line in which CloudWatch finds a metric, in the embedded metric format. Returns at once and never throws. No level but
   * `silent`, no filter and no buffer keeps it back. `logger.metric('orders', 1, { unit: 'Count', dimensions: { kind: 'card' } })`
   *
   * What CloudWatch would not take is reported, as `metric.ABOUT`, and stays a plain field of the line. docs/metrics.md has the limits.
   */
  readonly metric = (name: string, value: MetricValue, options?: MetricOptions): void => {
    const { thrown } = this.#pipeline;
    try {
      if (this.#rank < SILENT_RANK) this.#attempt('info', (nowMs) => readMetric(name, value, options, nowMs));
    } catch (error) {
      thrown.count++;
      thrown.isUntold = true;
      thrown.last = error;
    }
  };

  /**
   * Writes several metrics in one line, as {@link Logger.metric} does one: up to 100, which share their dimensions.
   * `logger.metrics({ rows: 40, latency: { value: [12, 31], unit: 'Milliseconds' } })`
   */
  readonly metrics = (
    values: Readonly<Record<string, MetricValue | MetricEntry>>,
    options?: MetricsOptions,
  ): void => {
    const { thrown } = this.#pipeline;
    try {
      if (this.#rank < SILENT_RANK) this.#attempt('info', (nowMs) => readMetrics(values, options, nowMs));
    } catch (error) {
      thrown.count++;
      thrown.isUntold = true;
      thrown.last = error;
    }
  };

  /** Does nothing. Frameworks expect it, as pino has it. */
  readonly silent = (): void => undefined;

  /** The lowest level that is logged; at `silent`, nothing is logged. */
  get level(): MinimumLevel {
    return this.#level;
  }

  /**
   * Takes a level in any case, also by Python's names (`warning`, `critical`).
   * @throws TypeError with the code `FAPILOG_LEVEL` for a word that is no level.
   */
  set level(level: string) {
    this.#level = levelNamed(level);
    this.#rank = rankOn(this.#pipeline, this.#level);
  }

  /**
   * Whether a call at this level is logged, or waits in a context with a `bufferLevel`. `silent` always counts as enabled, as in pino.
   * @throws TypeError with the code `FAPILOG_LEVEL` for a word that is no level.
   */
  isLevelEnabled(level: string): boolean {
    const named = levelNamed(level);
    return passes(named, this.#level) || this.#isWanted(levelRank[named]);
  }

  /** Names and numbers of the levels, as pino has them. */
  get levels(): typeof PINO_LEVELS {
    return PINO_LEVELS;
  }

  /** Pino's number of the level. */
  get levelVal(): number {
    return PINO_LEVELS.values[this.#level];
  }

  /** The text before each message of this logger, if there is one. */
  get msgPrefix(): string | undefined {
    return this.#msgPrefix;
  }

  /** The serializers of this logger, for Fastify. */
  get [PINO_SERIALIZERS](): Serializers {
    return { ...this.#serializers };
  }

  /**
   * Makes a logger on the same sinks that adds these fields, copied now, to each line. Its level is independent of its parent's from
   * then on. An option that is not among {@link ChildOptions} has no effect and is reported once.
   *
   * @throws TypeError with the code `FAPILOG_LEVEL` for a `level` that is no level.
   */
  child(fields: object, given?: ChildOptions | null): Logger {
    const options = given ?? {};
    const serializers = options.serializers
      ? { ...this.#serializers, ...options.serializers }
      : this.#serializers;
    for (const [name, value] of Object.entries(options)) {
      if (value !== undefined && !KNOWN_OPTIONS.has(name)) this.#pipeline.reportOption(name);
    }
    return new Logger(this.#pipeline, {
      level: options.level === undefined ? this.#level : levelNamed(options.level),
      bindings: [...this.#bindings, boundFields(fields, serializers)],
      serializers,
      msgPrefix:
        options.msgPrefix === undefined ? this.#msgPrefix : (this.#msgPrefix ?? '') + options.msgPrefix,
    });
  }

  /** The fields that this logger adds to each line. */
  bindings(): Fields {
    return Object.assign({}, ...this.#bindings) as Fields;
  }

  /** Adds fields to each further line of this logger, and of children that it makes from now on. */
  setBindings(fields: object): void {
    this.#bindings = [...this.#bindings, boundFields(fields, this.#serializers)];
  }

  /**
   * Adds what the SDK of durable functions says of the running execution to each line that is logged in this invocation, of whatever
   * logger: `context.configureLogger({ customLogger: logger })` calls it. Never throws.
   */
  configureDurableLoggingContext(context: DurableLoggingContext): void {
    keepDurableContext(context);
  }

  /**
   * Runs `work` with fields for every log call in it, awaited work included, of whatever logger. Returns the result of `work`. With
   * options, details wait until an error is logged: see {@link ContextOptions}.
   *
   * @throws SettingsError naming every option that is malformed, before `work` runs.
   */
  withContext<Result>(fields: object, work: () => Result, options?: ContextOptions): Result {
    return withContext(fields, work, options);
  }

  /**
   * Sends all waiting records. Resolves to the account once everything logged so far is settled, or at the deadline. A function,
   * which pino takes here, is called at the end.
   */
  flush(options?: FlushOptions | (() => void)): Promise<LoggerAccount> {
    if (typeof options !== 'function') return this.#pipeline.flush(options);
    return this.#pipeline.flush().finally(options);
  }

  /**
   * Closes the sinks, for all loggers on them. Delivers waiting records, and diverts to stderr, or spools, those that are left at the
   * deadline. Resolves to the account.
   */
  close(options?: CloseOptions): Promise<LoggerAccount> {
    return this.#pipeline.close(options);
  }

  /** Closes, as {@link Logger.close} does, at the end of the block in which `await using` declares the logger. */
  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  /** The account of all records so far, over all sinks. */
  stats(): LoggerAccount {
    return this.#pipeline.stats();
  }

  /** State, last success, last error and age of the oldest pending event of each sink. Makes no call. */
  health(): LoggerHealth {
    return this.#pipeline.health();
  }

  /** Whether {@link Logger.close} was called, on this logger or another one on the same sinks. */
  get isClosed(): boolean {
    return this.#pipeline.isClosed;
  }

  /** Whether so many records wait that a producer should wait, if it can, for {@link Logger.ready}. */
  get needsDrain(): boolean {
    return this.#pipeline.needsDrain;
  }

  /** Resolves once {@link Logger.needsDrain} is false. */
  ready(): Promise<void> {
    return this.#pipeline.ready();
  }

  /** Written out, because growing an array would be most of what a log call allocates. */
  #allFields(context: Fields | undefined, own: Fields | undefined): readonly Fields[] {
    const bindings = this.#bindings;
    if (bindings.length === 0 && !context) return own ? [own] : [];
    if (!context) return own ? [...bindings, own] : bindings;
    return own ? [...bindings, context, own] : [...bindings, context];
  }

  /** Whether the scope wants a line that this logger leaves out. */
  #isWanted(rank: number): boolean {
    if (this.#rank >= SILENT_RANK || this.#pipeline.isClosed) return false;
    return openBufferOf(currentScope()?.buffer)?.wants(rank) === true;
  }

  /**
   * The function that is called. It is small, so that it can begin on a stack that is nearly full; where it cannot, nothing of a log
   * call has happened.
   */
  #methodOf(level: Level): LogMethod {
    return (...args: readonly unknown[]): void => {
      const rank = levelRank[level];
      if (rank < this.#rank && (rank < openBuffers.lowestRank || !this.#isWanted(rank))) return;
      const { thrown } = this.#pipeline;
      try {
        this.#attempt(level, args);
      } catch (error) {
        // It could not begin: the stack is full. No call is made here.
        thrown.count++;
        thrown.isUntold = true;
        thrown.last = error;
      }
    };
  }

  /** @internal Takes a record that another logger has made. Never throws. */
  [takeRecord](record: GivenRecord): void {
    const { thrown } = this.#pipeline;
    try {
      if (this.#rank < SILENT_RANK) this.#attempt(record.level, record);
    } catch (error) {
      thrown.count++;
      thrown.isUntold = true;
      thrown.last = error;
    }
  }

  /** Logs what a log call, a metric or an adapter gives, and counts it as dropped if something throws. */
  #attempt(level: Level, given: readonly unknown[] | GivenRecord | MetricReader): void {
    const { thrown } = this.#pipeline;
    nesting++;
    try {
      if (nesting > MAX_NESTING) throw new Error(`it was made within ${MAX_NESTING} others`);
      if (typeof given === 'function') this.#measure(level, given);
      else if ('content' in given) this.#take(given);
      else this.#log(level, given);
    } catch (error) {
      // No call is made here: the stack may be full.
      thrown.count++;
      thrown.isUntold = true;
      thrown.last = error;
    } finally {
      nesting--;
    }
    if (!thrown.isUntold) return;
    try {
      this.#pipeline.tellThrown();
    } catch {
      thrown.isUntold = true;
    }
  }

  #log(level: Level, args: readonly unknown[]): void {
    const timeMs = Date.now();
    this.#write(timeMs, level, readLogCall(args, this.#pipeline.begin()), this.#rank);
  }

  #take(given: GivenRecord): void {
    const { timeMs, level, content, isDetached } = given;
    const call = content(this.#pipeline.begin());
    if (isDetached) this.#pipeline.write(this.#recordOf(timeMs, level, call, undefined), undefined, given);
    else this.#write(timeMs, level, call, levelRank.trace, given);
  }

  #measure(level: Level, read: MetricReader): void {
    this.#pipeline.begin();
    const call = read(Date.now());
    this.#pipeline.writeMetrics(this.#recordOf(call.timeMs, level, call, currentScope()?.fields), call);
  }

  /** @param minimum the rank from which lines are logged that no scope holds back */
  #write(timeMs: number, level: Level, call: LogCall, minimum: number, work?: WorkOfRecord): void {
    const scope = currentScope();
    const record = this.#recordOf(timeMs, level, call, scope?.fields);
    const buffer = scope?.buffer && this.#holder(scope.buffer, levelRank[level], minimum);
    this.#pipeline.write(record, buffer, work);
  }

  #recordOf(
    timeMs: number,
    level: Level,
    { message, fields }: LogCall,
    context: Fields | undefined,
  ): LogRecord {
    const own = fields && serialized(fields, this.#serializers);
    return {
      timeMs,
      level,
      message: this.#msgPrefix === undefined || message === '' ? message : this.#msgPrefix + message,
      fields: this.#allFields(context && serialized(context, this.#serializers), own),
    };
  }

  /** The buffer where a line of this level waits. Before one that does not, because it tells of an error, all go on that wait. */
  #holder(innermost: ScopeBuffer, rank: number, minimum: number): ScopeBuffer | undefined {
    const buffer = openBufferOf(innermost);
    if (buffer?.holds(rank, minimum)) return buffer;
    if (rank >= levelRank.error) buffer?.releaseStory();
    return undefined;
  }
}

Object.setPrototypeOf(Logger.prototype, pinoMembers);

/** Without sinks, no call does more than to compare ranks. */
function rankOn(pipeline: Pipeline, level: MinimumLevel): number {
  return pipeline.isOff ? Infinity : levelRank[level];
}

/** @throws TypeError with the code `FAPILOG_LEVEL` for a word that is no level. */
export function levelNamed(word: unknown): MinimumLevel {
  const known = knownLevel(word);
  if (known) return known;
  const lower = typeof word === 'string' ? word.toLowerCase() : '';
  const meant = nearest(lower, MINIMUM_LEVELS);
  const hint = meant ? `; did you mean "${meant}"?` : '';
  const message = `level is ${shown(word)}; allowed: one of ${MINIMUM_LEVELS.join(', ')}${hint}`;
  throw Object.assign(new TypeError(message), { code: 'FAPILOG_LEVEL' });
}

function knownLevel(word: unknown): MinimumLevel | undefined {
  const lower = typeof word === 'string' ? word.toLowerCase() : '';
  const level = Object.hasOwn(PYTHON_LEVELS, lower) ? PYTHON_LEVELS[lower] : lower;
  return MINIMUM_LEVELS.find((each) => each === level);
}
