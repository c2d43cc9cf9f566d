/* oxlint-disable no-underscore-dangle -- names of winston and of Node.js */
import winston, { type transport } from 'winston';
import { shown } from '../../../contract/problems.js';
import { setImmediate } from '../../io/real-timers.js';
import type { LoggerAccount } from '../../logger/pipeline.js';
import type { LogCall } from '../../logger/log-call.js';
import { guarded, isError } from '../../serialize/guard.js';
import type { Rules } from '../../serialize/reading.js';
import type { CloseOptions, FlushOptions } from '../../sink-port.js';
import { destinationOf, type Destination } from './destination.js';
import { Destinations } from './destinations.js';
import { awaitedAnswer, takenAnswer } from './finish-answers.js';
import type { Info } from './info.js';
import type { LevelTable } from './info-level.js';
import { recordOf } from './info-record.js';
import { briefText, formatterText, formatText } from './info-text.js';
import { Sources, type Source } from './sources.js';
import { inTheirNames } from './their-names.js';
import {
  briefly,
  sortedOptions,
  type CloudWatchTransportOptions,
  type SortedOptions,
} from './transport-options.js';

export type { CloudWatchTransportOptions } from './transport-options.js';

type TransportClass = new (options?: transport.TransportStreamOptions) => transport;

/** Not `winston-transport`, which an application does not install itself. winston's types do not have it under this name. */
const { Transport } = winston as unknown as { readonly Transport: TransportClass };

/** How long an exception may hold up the end of the process. winston waits no longer. */
const EXCEPTION_MS = 3_000;

/** How long the end of a logger waits for a transport that other loggers have, too. */
const END_MS = 10_000;

/** winston-cloudwatch waits so long in `kthxbye`. */
const KTHXBYE_MS = 10_000;

type Callback = (error?: Error | null) => void;

/**
 * A transport of winston that delivers to CloudWatch Logs. It takes each info at once, never waits for a call to the service, never
 * throws and never emits `error`.
 *
 * ```ts
 * const logger = createLogger({ transports: [new CloudWatchTransport({ logGroupName: '/myapp/production' })] });
 * ```
 *
 * @throws SettingsError naming every option and setting that is malformed or missing.
 */
export class CloudWatchTransport extends Transport {
  readonly name: string;
  readonly #options: SortedOptions;
  readonly #sources = new Sources();
  readonly #destinations: Destinations;
  #isEnding = false;
  #hasWarned = false;

  constructor(options: CloudWatchTransportOptions = {}) {
    const sorted = sortedOptions(options);
    super(definedOf(sorted.base));
    this.#options = sorted;
    this.name = sorted.name;
    const { outlet, formatter, base, problems } = sorted;
    const hasTexts = formatter !== undefined || base.format !== undefined;
    const open = (): Destination => inTheirNames(options, () => destinationOf(outlet, hasTexts, problems));
    this.#destinations = new Destinations(open, outlet.logger !== undefined);
    this.#sources.watch(this);
    this.on('pipe', (source: Source) => this.#joined(source));
    this.on('unpipe', () => this.#inherit());
    if (sorted.unheeded.length > 0) warnOf(`these options have no effect: ${sorted.unheeded.join('; ')}`);
  }

  /** Takes an info, and calls back at once. */
  override log(info: Info, callback?: () => void): void {
    const answer = awaitedAnswer(this);
    this.#take(info);
    if (answer) void this.flush({ deadlineMs: EXCEPTION_MS }).then(answer, answer);
    if (this.listenerCount('logged') > 0) setImmediate(() => this.emit('logged', info));
    callback?.();
  }

  /** Sends all waiting records. Resolves to the account once everything taken so far is settled, or at the deadline. */
  flush(options?: FlushOptions): Promise<LoggerAccount> {
    return this.#destinations.flush(options);
  }

  /**
   * Delivers what waits, and at the deadline diverts the rest to stderr, or leaves it in the spool. A logger that was given is only
   * flushed. winston calls it when the transport is removed from its logger; a transport that is added again goes on.
   */
  override async close(options?: CloseOptions): Promise<void> {
    guarded(() => this.#options.close?.call(this), undefined);
    await this.#destinations.end(options);
  }

  /** As in winston-cloudwatch: sends what waits, for at most ten seconds. Calls back with an error if something is left. */
  kthxbye(callback: (error?: Error) => void): void {
    void this.flush({ deadlineMs: KTHXBYE_MS }).then(({ pending }) =>
      // oxlint-disable-next-line promise/no-callback-in-promise -- as there
      callback(pending === 0 ? undefined : new Error(`${pending} log events are not delivered yet`)),
    );
  }

  /** The account of all records so far. */
  stats(): LoggerAccount {
    return this.#destinations.stats();
  }

  /**
   * winston ends the transports of a logger by this, and waits for `finish`; the stream of the logger calls it once more. Other loggers
   * go on with a transport that they share.
   */
  override end(...args: readonly unknown[]): this {
    if (this.#sources.isOneEnding) {
      if (!this.#sources.leaveEnded(this)) this.#answerEnd(takenAnswer(this));
      return this;
    }
    this.#isEnding = true;
    return super.end(...(args as []));
  }

  #answerEnd(answer: (() => void) | undefined): void {
    // What is given to the listener is an error to winston.
    void this.flush({ deadlineMs: END_MS }).finally(() => answer?.());
  }

  /** A logger that shares this transport with one that was ended goes on logging: another error would end the process. */
  override write(info: unknown, ...rest: readonly unknown[]): boolean {
    if (!this.#isEnding) return super.write(info, ...(rest as []));
    this._write(info, 'utf8', () => undefined);
    return true;
  }

  override _final(callback: Callback): void {
    void this.#destinations.end().finally(() => callback());
  }

  override _write(info: unknown, _encoding: string, callback: Callback): void {
    const wanted = this.#isWanted(info as Info) ? this.#formatted(info as Info) : undefined;
    if (wanted) this.log(wanted, callback);
    else callback();
  }

  override _writev(
    chunks: { readonly chunk: unknown; readonly encoding: string }[],
    callback: Callback,
  ): void {
    if (this.logv) {
      const infos = chunks.map(({ chunk }) => chunk as Info).filter((info) => this.#isWanted(info));
      if (infos.length > 0) this.logv(infos, callback);
      else callback();
      return;
    }
    for (const { chunk, encoding } of chunks) this._write(chunk, encoding, () => undefined);
    callback();
  }

  #joined(source: Source): void {
    this.#inherit();
    this.#checkLevel(source);
  }

  /** winston takes the level of the first logger alone. When that is gone, it would hand over everything. */
  #inherit(): void {
    const base = this as unknown as Base;
    base.parent ??= this.#sources.parent;
  }

  /** winston compares levels by their numbers: with a name that is none, it hands nothing over, and says nothing. */
  #checkLevel({ level, levels = {} }: Source): void {
    if (this.level || !level || level === 'silent' || Object.hasOwn(levels, level)) return;
    const allowed = Object.keys(levels).join(', ');
    warnOf(`nothing is stored, because the logger has no level ${shown(level)}; allowed: one of ${allowed}`);
  }

  /** Whether winston hands an info to a transport. An exception comes through at any level. */
  #isWanted(info: Info): boolean {
    this.#leaveUnknownLevel();
    return guarded(() => (this as unknown as Base)._accept({ chunk: info }), true);
  }

  /** At a level that its logger does not have, winston hands a transport nothing, and does not say so. */
  #leaveUnknownLevel(): void {
    const { level, levels } = this as unknown as Base;
    if (!level || !levels || level === 'silent' || Object.hasOwn(levels, level)) return;
    delete this.level;
    warnOf(
      `level is ${shown(level)}, which the logger does not have, and its own level counts; ` +
        `allowed: one of ${Object.keys(levels).join(', ')}, or silent`,
    );
  }

  /** An info that a format of this transport cannot take is stored without it. */
  #formatted(info: Info): Info | undefined {
    const { format } = this;
    if (!format) return info;
    try {
      const formatted = format.transform(copyOf(info), format.options);
      return typeof formatted === 'object' ? formatted : undefined;
    } catch (error) {
      this.#warnOnce(`a format threw, and its infos are stored without it: ${String(error)}`);
      return info;
    }
  }

  #take(info: Info): void {
    const { parent = {}, isDetached } = this.#sources;
    const text = this.#textOf(info);
    const destination = this.#destinations.current;
    if (text === undefined || !destination.writeText) {
      destination.write(recordOf(info, parent, isDetached, text));
    } else {
      const content = (rules?: Rules): LogCall => ({ message: text(rules), fields: undefined });
      destination.writeText({ ...recordOf(info, parent, isDetached), content });
    }
  }

  /** The text that the formatter, or else a format of this transport, has made in place of JSON. */
  #textOf(info: Info): ((rules?: Rules) => string) | undefined {
    const { formatter } = this.#options;
    if (formatter === briefly) return (rules) => briefText(info, rules);
    const text = formatter ? this.#formatterText(formatter, info) : this.format && formatText(info);
    return text === undefined ? undefined : () => text;
  }

  #formatterText(formatter: (info: Info) => unknown, info: Info): string {
    return formatterText(formatter, info, (reason) =>
      this.#warnOnce(`lines are the default of messageFormatter, because it ${reason}`),
    );
  }

  #warnOnce(text: string): void {
    if (this.#hasWarned) return;
    this.#hasWarned = true;
    warnOf(text);
  }
}

/** A copy for the formats of one transport. winston's own lacks message and stack where an info is an error. */
function copyOf(info: Info): never {
  if (!isError(info)) return { ...info } as never;
  return Object.create(
    Object.getPrototypeOf(info) as object,
    Object.getOwnPropertyDescriptors(info),
  ) as never;
}

/** What the base class has and its types do not. */
interface Base {
  parent?: object | null | undefined;
  readonly level: string | undefined;
  /** Of the logger to which it was added. */
  readonly levels: LevelTable | undefined;
  _accept(write: { readonly chunk: Info }): boolean;
}

function warnOf(text: string): void {
  process.emitWarning(`fapilog-cloudwatch/winston: ${text}`, 'Warning', 'FAPILOG_WINSTON');
}

function definedOf(options: object): transport.TransportStreamOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}
