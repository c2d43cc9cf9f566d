import { LEVELS } from '../../contract/levels.js';
import type { SinkHealth } from '../ack/health.js';
import {
  checkAccount,
  droppedAs,
  Ledger,
  Tallies,
  totalAccount,
  type Account,
  type Tally,
} from '../ack/ledger.js';
import { endingOptions } from '../ending-options.js';
import type { Clock, Timer } from '../io/clock.js';
import type { Diagnostics } from '../io/diagnostics.js';
import { atDeadline } from '../io/loop-timer.js';
import { hear } from '../io/quietly.js';
import type { Fields, LogRecord } from '../log-record.js';
import type { Redactor } from '../redact/redactor.js';
import { guarded, reasonOf } from '../serialize/guard.js';
import type { Rules } from '../serialize/reading.js';
import { HandedRecord, shared } from '../serialize/shared-encoder.js';
import { CloudWatchSink } from '../sink.js';
import type { CloseOptions, FlushOptions, Sink } from '../sink-port.js';
import type { WorkOfRecord } from './given-record.js';
import { FilterChain, type FilterMaker } from './filter-chain.js';
import { withMetrics, type MetricCall, type MetricDefaults } from './metric-call.js';
import type { Onward } from './onward.js';
import { openBuffers } from './open-buffers.js';
import type { Routes } from './routing.js';
import type { ScopeBuffer } from './scope-buffer.js';

/** The account over all sinks, and the records that filters held back before any sink accepted them. */
export interface LoggerAccount extends Account {
  /** Number of records held back, by filter; under `buffer`, those that a context has left out. */
  readonly filtered: Tally;
  /** Number of records that wait in contexts with a `bufferLevel`. No sink has accepted them yet. */
  readonly buffered: number;
}

/** The state of a logger's sinks. */
export interface LoggerHealth {
  /** The worst state of any sink. */
  readonly state: SinkHealth['state'];
  /** The state of each sink. */
  readonly sinks: readonly (SinkHealth & { readonly name: string })[];
}

const STATES = ['healthy', 'degraded', 'failing', 'closed'] as const satisfies readonly SinkHealth['state'][];

export interface PipelineParts {
  readonly sinks: readonly Sink[];
  readonly routes: Routes;
  /** Fields of every record. Read for each record, since fields may be added. */
  readonly enrichment: { readonly fields: Fields };
  /**
   * Fields of the work in which a record is made, such as ids of its trace. `given` are those that the application gives.
   * @param work what is known of it. @default - it is the one in which this is called
   */
  readonly workFields: (given: readonly Fields[], work?: WorkOfRecord) => Fields | undefined;
  /** In their order. */
  readonly filters: readonly FilterMaker[];
  /** @default - nothing is known of metrics */
  readonly metrics?: MetricDefaults | undefined;
  readonly redactor: Pick<Redactor, 'rules' | 'redact'>;
  readonly clock: Clock;
  readonly diagnostics: Diagnostics;
  /** Makes other parts, for the first record. Never throws. @default - these parts are for all records */
  readonly later?: (() => PipelineParts) | undefined;
}

/**
 * The way of a record from a logger to the sinks. Loggers share it with their children.
 *
 *     record → enrich → redact → filter → route → sinks
 */
export class Pipeline implements Onward {
  #parts: PipelineParts;
  #filters: FilterChain;
  readonly #filtered = new Tallies();
  /**
   * Records that did not come to a sink, because something threw. Fields, because where the stack is full, counting must not need
   * a call.
   */
  readonly thrown: { count: number; isUntold: boolean; last: unknown } = {
    count: 0,
    isUntold: false,
    last: undefined,
  };
  /** Number of records that wait in scopes. */
  buffered = 0;
  readonly #reportedOptions = new Set<string>();
  #hasReportedLevel = false;
  #closing: Promise<LoggerAccount> | undefined;

  constructor(parts: PipelineParts) {
    this.#parts = parts;
    this.#filters = this.#chain(parts);
  }

  #chain({ filters, clock, diagnostics }: PipelineParts): FilterChain {
    return new FilterChain(filters, {
      clock,
      report: (code, message) => diagnostics.report(code, message),
      passed: (record) => this.#deliver(record),
      suppressed: (filter) => this.#filtered.add(filter, 1),
    });
  }

  /** Sinks that are made after close() count what they are given as dropped, as those that were there do. */
  #open(parts: PipelineParts): void {
    // Where this throws, the next record tries again.
    this.#filters = this.#chain(parts);
    this.#parts = parts;
    if (this.isClosed) void this.#closeAll({ deadlineMs: 0 });
  }

  /** Whether there is nothing that a record could go to. */
  get isOff(): boolean {
    const { sinks, later } = this.#parts;
    return sinks.length === 0 && later === undefined;
  }

  /** Begins a record. Returns the rules of redaction for values that become text in a log call. */
  begin(): Rules | undefined {
    if (this.#parts.later) this.#open(this.#parts.later());
    return this.#parts.redactor.rules;
  }

  /** Reports, once for each name, an option of `child()` that has no effect. */
  reportOption(name: string): void {
    if (this.#reportedOptions.has(name)) return;
    this.#reportedOptions.add(name);
    this.#parts.diagnostics.report(
      `child.${name}`,
      `child() has no option ${name}: it has no effect; allowed: level, serializers, msgPrefix`,
    );
  }

  /** Reports, once, a call of `log()` that begins with no level. What it begins with is not shown: it may be a message. */
  reportLevel(): void {
    if (this.#hasReportedLevel) return;
    this.#hasReportedLevel = true;
    this.#parts.diagnostics.report(
      'log.level',
      `log() was called without a level: the line is written at info; allowed: log(level, message, fields), the level one of ${LEVELS.join(', ')}`,
    );
  }

  /**
   * Never throws.
   *
   * @param buffer where the record waits. @default - nowhere
   * @param of the work in which the record was made. @default - it is made in this call
   */
  write(record: LogRecord, buffer?: ScopeBuffer, of?: WorkOfRecord): void {
    const redacted = this.#redacted(record, of);
    if (buffer) buffer.keep(redacted, this);
    else this.#filters.take(redacted);
  }

  /**
   * Writes metrics past levels, filters and buffers, which would falsify them: to the sink `cloudwatch` alone, so that none is counted
   * twice, or to all sinks of a logger without it. Their values are no secrets; dimensions may be.
   */
  writeMetrics(record: LogRecord, call: MetricCall): void {
    const { routes, metrics = { namespace: undefined }, diagnostics } = this.#parts;
    const redacted = this.#redacted(record);
    const fields = withMetrics(call, redacted.fields, metrics, ({ about, what }) =>
      diagnostics.report(`metric.${about}`, `no metric was recorded, only a line: ${what}`),
    );
    // A sink that is silent takes no level.
    const sinks = [...new Set(LEVELS.flatMap((each) => routes[each]))];
    const extracting = sinks.filter((sink) => nameOf(sink) === 'cloudwatch');
    this.#deliver({ ...redacted, fields, isMetric: true }, extracting.length > 0 ? extracting : sinks);
  }

  /** With the fields of the process and of the work, and without secrets. */
  #redacted({ timeMs, level, message, fields: given }: LogRecord, of?: WorkOfRecord): LogRecord {
    const { enrichment, workFields, redactor } = this.#parts;
    const work = workFields(given, of);
    const fields = withBefore(enrichment.fields, work, given);
    // Redaction comes before the filters: it would not recognize a secret that a filter has cut.
    return redactor.redact({ timeMs, level, message, fields });
  }

  goOn(record: LogRecord): void {
    this.#attempt(() => this.#filters.take(record));
  }

  report(record: LogRecord): void {
    this.#attempt(() => this.write(record));
  }

  leaveOut(name: string): void {
    this.#filtered.add(name, 1);
  }

  /** Counts what throws, without a call, because the stack may be full. The next log call reports it. */
  #attempt(act: () => void): void {
    try {
      act();
    } catch (error) {
      this.thrown.count++;
      this.thrown.isUntold = true;
      this.thrown.last = error;
    }
  }

  /** A sink that throws, now or in a promise, has not taken the record, and keeps no other one from taking it. */
  #deliver(record: LogRecord, sinks = this.#parts.routes[record.level]): void {
    const before = shared.handed;
    for (const sink of sinks) {
      try {
        if (sinks.length > 1) shared.handed = isUnchanging(sink) ? handedOn(record) : undefined;
        const answer: unknown = sink.write(record);
        if (answer !== undefined) hear(answer, (thrown) => this.#refused(sink, thrown));
      } catch (error) {
        // Counted without a call, because the stack may be full.
        this.thrown.count++;
        try {
          this.#threw(sink, 'threw', error);
        } catch {
          // It is counted, and the next sink has its turn.
        }
      }
    }
    shared.handed = before;
  }

  #refused(sink: Sink, thrown: unknown): void {
    this.thrown.count++;
    this.#threw(sink, 'threw', thrown);
  }

  /** Reports what was thrown since the last report. */
  tellThrown(): void {
    const { last } = this.thrown;
    this.thrown.isUntold = false;
    this.thrown.last = undefined;
    this.#parts.diagnostics.report(
      'dropped.threw',
      `a log record was dropped, because its log call threw: ${reasonOf(last)}`,
    );
  }

  async flush(given?: FlushOptions): Promise<LoggerAccount> {
    const options = endingOptions('flush', given, this.#report);
    const { deadlineMs } = options;
    const leftMs = (await this.#filters.held?.released(deadlineMs)) ?? deadlineMs;
    const within = withDeadline(leftMs, options);
    await this.#all(
      'flush',
      (sink) => sink.flush(within),
      () => within.deadlineMs ?? Infinity,
    );
    return this.stats();
  }

  /** Every call returns the same promise. */
  close(options?: CloseOptions): Promise<LoggerAccount> {
    return (this.#closing ??= this.#close(options));
  }

  async #close(given?: CloseOptions): Promise<LoggerAccount> {
    const options = endingOptions('close', given, this.#report);
    // Half of the time is for loading filters. The other half is for delivering the records that waited for them.
    const halfMs = options.deadlineMs === undefined ? LOADING_DEADLINE_MS : options.deadlineMs / 2;
    const leftMs = halfMs + ((await this.#filters.held?.released(halfMs)) ?? halfMs);
    openBuffers.close(this);
    await this.#closeAll(withDeadline(leftMs, options));
    return this.stats();
  }

  #closeAll(options: CloseOptions): Promise<void> {
    this.#filters.close();
    return this.#all(
      'close',
      (sink) => sink.close(options),
      (sink) => options.deadlineMs ?? closingMsOf(sink),
    );
  }

  readonly #report = (code: string, message: string): void => this.#parts.diagnostics.report(code, message);

  /** Calls all sinks. One that fails, or does not keep to the deadline, does not keep the others from finishing. */
  async #all(
    what: string,
    act: (sink: Sink) => Promise<unknown> | undefined,
    deadlineMsOf: (sink: Sink) => number = () => Infinity,
  ): Promise<void> {
    const { sinks, clock, diagnostics } = this.#parts;
    const acts = sinks.map(async (sink) => {
      const untilMs = deadlineMsOf(sink) + GRACE_MS;
      if (!(await endsWithin(untilMs, clock, async () => act(sink))))
        throw new Error(`it did not end within ${untilMs} ms`);
    });
    for (const [index, outcome] of (await Promise.allSettled(acts)).entries()) {
      if (outcome.status === 'fulfilled') continue;
      diagnostics.report(
        'sink',
        `sink ${nameOf(sinks[index]!)} did not ${what}: ${reasonOf(outcome.reason)}`,
      );
    }
  }

  get isClosed(): boolean {
    return this.#closing !== undefined;
  }

  stats(): LoggerAccount {
    const ofSinks = this.#parts.sinks.map((sink) => this.#accountOf(sink));
    const accounts = [...ofSinks];
    const waiting = this.#filters.held?.account();
    if (waiting && waiting.accepted > 0) accounts.push(waiting);
    if (this.thrown.count > 0) accounts.push(droppedAs('threw', this.thrown.count));
    // An only sink may report more than the account, as the one for CloudWatch Logs does.
    const [more] = ofSinks.length === 1 ? ofSinks : [];
    return { ...more, ...totalAccount(accounts), filtered: this.#filtered.tally(), buffered: this.buffered };
  }

  #accountOf(sink: Sink): Account {
    return this.#asked(
      sink,
      'stats()',
      () => nothing,
      () => {
        const account = sink.stats();
        checkAccount(account);
        return account;
      },
    );
  }

  /** The state of the sinks. Makes no call to a service. */
  health(): LoggerHealth {
    const sinks = this.#parts.sinks.map((sink) => ({ name: nameOf(sink), ...this.#healthOf(sink) }));
    if (sinks.length === 0) return { state: this.isClosed ? 'closed' : 'healthy', sinks };
    const worst = Math.max(...sinks.map(({ state }) => STATES.indexOf(state)));
    return { state: STATES[worst]!, sinks };
  }

  /** A sink without `health()` counts as healthy, one that throws as degraded. */
  #healthOf(sink: Sink): SinkHealth {
    return this.#asked(sink, 'health()', degraded, () => checkedHealth(sink.health?.()));
  }

  /** Records that wait for filters count, too. */
  get needsDrain(): boolean {
    return (
      this.#filters.held?.needsDrain === true ||
      this.#parts.sinks.some((sink) =>
        this.#asked(
          sink,
          'needsDrain',
          () => false,
          () => sink.needsDrain === true,
        ),
      )
    );
  }

  async ready(): Promise<void> {
    await this.#filters.held?.ready();
    await this.#all('get ready', (sink) => sink.ready?.());
  }

  /** Asks a sink, and reports it if it throws: a faulty sink must harm neither the application nor other sinks. */
  #asked<Answer>(
    sink: Sink,
    what: string,
    otherwise: (thrown: unknown) => Answer,
    ask: () => Answer,
  ): Answer {
    try {
      return ask();
    } catch (error) {
      this.#threw(sink, `threw in ${what}`, error);
      return otherwise(error);
    }
  }

  #threw(sink: Sink, what: string, thrown: unknown): void {
    this.#parts.diagnostics.report('sink', `sink ${nameOf(sink)} ${what}: ${reasonOf(thrown)}`);
  }
}

const ownWrite: unknown = Reflect.get(CloudWatchSink.prototype, 'write');

/** Another method may change the record, before or after it passes it on. */
function isUnchanging(sink: Sink): boolean {
  return sink.write === ownWrite;
}

/** The record with what the sink before has made of it, if that has not changed it either. */
function handedOn(record: LogRecord): HandedRecord {
  return shared.handed?.record === record ? shared.handed : new HandedRecord(record);
}

/** How much longer than its deadline a sink may take: its own may be put off by a loop that stands still. */
const GRACE_MS = 1_000;

/** How long a sink may take to close that is given no deadline, and names none of its own. */
const CLOSE_DEADLINE_MS = 10_000;

function closingMsOf({ shutdownDeadlineMs }: Sink & { readonly shutdownDeadlineMs?: unknown }): number {
  return typeof shutdownDeadlineMs === 'number' ? shutdownDeadlineMs : CLOSE_DEADLINE_MS;
}

/** Whether the action ends in time. */
function endsWithin(limitMs: number, clock: Clock, action: () => Promise<unknown>): Promise<boolean> {
  const ended = action().then(() => true);
  if (limitMs === Infinity) return ended;
  let timer: Timer | undefined;
  const late = new Promise<boolean>((resolve) => {
    timer = atDeadline(clock, limitMs, () => resolve(false), true);
  });
  return Promise.race([ended, late]).finally(() => timer?.cancel());
}

/** A sink of the application's may have a getter for its name, or no name. */
function nameOf(sink: { readonly name?: unknown }): string {
  return guarded(() => String(sink.name), 'without a name');
}

/** How long close() waits for filters without a deadline. */
const LOADING_DEADLINE_MS = 10_000;

const nothing = new Ledger().account(0);

/** @throws TypeError if it is none. */
function checkedHealth(health: SinkHealth = { state: 'healthy' }): SinkHealth {
  hear(health);
  const copy = { ...health };
  if (!STATES.includes(copy.state)) throw new TypeError('what it returns is no health');
  return copy;
}

function degraded(thrown: unknown): SinkHealth {
  return { state: 'degraded', lastError: reasonOf(thrown) };
}

/** The options, with the time that is left if they have a deadline. */
function withDeadline<Options extends FlushOptions>(leftMs: number | undefined, options: Options): Options {
  return options.deadlineMs === undefined ? options : { ...options, deadlineMs: leftMs };
}

/** Written out for the usual numbers of fields, because a growing array takes many times its memory. */
function withBefore(first: Fields, work: Fields | undefined, rest: readonly Fields[]): readonly Fields[] {
  if (work) return [first, work, ...rest];
  const [own] = rest;
  if (!own) return [first];
  return rest.length === 1 ? [first, own] : [first, ...rest];
}
