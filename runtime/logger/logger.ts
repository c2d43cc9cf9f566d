import {
  levelRank,
  MINIMUM_LEVELS,
  passes,
  PYTHON_LEVELS,
  type Level,
  type MinimumLevel,
} from '../../contract/levels.js';
import { nearest } from '../../contract/nearest.js';
import { shown } from '../../contract/problems.js';
import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';
import type { CloseOptions, FlushOptions } from '../sink-port.js';
import { contextFields, withContext } from './context.js';
import { readLogCall } from './log-call.js';
import type { LoggerHealth } from './health.js';
import type { LoggerAccount, Pipeline } from './pipeline.js';

/** One log call: message and fields in either order, or an error. Returns at once and never throws. */
export interface LogMethod {
  (message: string, fields?: Fields | Error, ...values: unknown[]): void;
  (fields: Fields | Error, message?: string, ...values: unknown[]): void;
  (value: unknown, ...values: unknown[]): void;
}

/**
 * Writes log records to its sinks. The surface is the one of pino, so that Fastify and others take it as their logger.
 * Log calls never throw and never wait.
 */
export class Logger {
  readonly #pipeline: Pipeline;
  readonly #bindings: readonly Fields[];
  #level: MinimumLevel;
  #rank: number;

  constructor(pipeline: Pipeline, level: MinimumLevel, bindings: readonly Fields[] = []) {
    this.#pipeline = pipeline;
    this.#bindings = bindings;
    this.#level = level;
    this.#rank = levelRank[level];
  }

  readonly trace: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('trace', first, second, rest);
  readonly debug: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('debug', first, second, rest);
  readonly info: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('info', first, second, rest);
  readonly warn: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('warn', first, second, rest);
  readonly error: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('error', first, second, rest);
  readonly fatal: LogMethod = (first?: unknown, second?: unknown, ...rest: unknown[]) =>
    this.#log('fatal', first, second, rest);

  /** Does nothing; part of the surface that frameworks expect. */
  readonly silent = (): void => undefined;

  /** The lowest level that is logged; at `silent` nothing is. */
  get level(): MinimumLevel {
    return this.#level;
  }

  /**
   * Takes Python's names, too, in any case.
   * @throws TypeError for a word that is no level.
   */
  set level(level: string) {
    this.#level = levelNamed(level);
    this.#rank = levelRank[this.#level];
  }

  /**
   * Whether a call of this level is logged. `silent` always counts as enabled, as in pino.
   * @throws TypeError for a word that is no level.
   */
  isLevelEnabled(level: string): boolean {
    return passes(levelNamed(level), this.#level);
  }

  /**
   * A logger on the same sinks whose every line carries these fields as well, as they are now. It has a level of its own from
   * here.
   */
  child(fields: Fields, options: { readonly level?: string | undefined } = {}): Logger {
    const level = options.level === undefined ? this.#level : levelNamed(options.level);
    return new Logger(this.#pipeline, level, [...this.#bindings, snapshot(fields)]);
  }

  /** The fields that every line of this logger carries. */
  bindings(): Fields {
    return Object.assign({}, ...this.#bindings) as Fields;
  }

  /** Runs `work` with fields that every log call in it, and in what it awaits, carries; whatever logger makes the call. */
  withContext<Result>(fields: Fields, work: () => Result): Result {
    return withContext(fields, work);
  }

  /** Sends what waits; resolves once everything logged so far is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<LoggerAccount> {
    return this.#pipeline.flush(options);
  }

  /** Closes the sinks, for all loggers on them: delivers what waits, diverts the rest at the deadline. */
  close(options?: CloseOptions): Promise<LoggerAccount> {
    return this.#pipeline.close(options);
  }

  /** What became of the records so far, over all sinks. */
  stats(): LoggerAccount {
    return this.#pipeline.stats();
  }

  /** How the sinks do: state, last success and error, age of the oldest pending event. No call is made for it. */
  health(): LoggerHealth {
    return this.#pipeline.health();
  }

  /** Whether {@link Logger.close} was called, by this logger or another one on its sinks. */
  get isClosed(): boolean {
    return this.#pipeline.isClosed;
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link Logger.ready}. */
  get needsDrain(): boolean {
    return this.#pipeline.needsDrain;
  }

  /** Resolves once {@link Logger.needsDrain} is false. */
  ready(): Promise<void> {
    return this.#pipeline.ready();
  }

  /** Most log calls have fields of their own alone. Arrays that grow would be most of what a log call allocates. */
  #allFields(context: Fields | undefined, own: Fields | undefined): readonly Fields[] {
    const bindings = this.#bindings;
    if (bindings.length === 0 && !context) return own ? [own] : [];
    if (!context) return own ? [...bindings, own] : bindings;
    return own ? [...bindings, context, own] : [...bindings, context];
  }

  #log(level: Level, first: unknown, second: unknown, rest: readonly unknown[]): void {
    if (levelRank[level] < this.#rank) return;
    const timeMs = Date.now();
    const { message, fields } = readLogCall(first, second, rest);
    this.#pipeline.write({ timeMs, level, message, fields: this.#allFields(contextFields(), fields) });
  }
}

/** Fields that nobody can change any more, as far as they can be read. */
function snapshot(fields: Fields): Fields {
  return guarded(() => Object.freeze({ ...fields }), fields);
}

function levelNamed(word: unknown): MinimumLevel {
  const lower = typeof word === 'string' ? word.toLowerCase() : '';
  const level = Object.hasOwn(PYTHON_LEVELS, lower) ? PYTHON_LEVELS[lower] : lower;
  const known = MINIMUM_LEVELS.find((each) => each === level);
  if (known) return known;
  const meant = nearest(lower, MINIMUM_LEVELS);
  const hint = meant ? `; did you mean "${meant}"?` : '';
  throw new TypeError(`level is ${shown(word)}; allowed: one of ${MINIMUM_LEVELS.join(', ')}${hint}`);
}
