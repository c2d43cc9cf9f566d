import type { CloudWatchValues } from '../contract/sections.js';
import { healthOf, type SinkHealth } from './ack/health.js';
import { assemble, type Stages } from './assemble.js';
import type { Target } from './batch/target.js';
import { edgesOf, type SinkEdges } from './edges.js';
import { flush } from './flush.js';
import type { ExitPart } from './io/exit-hook.js';
import { lastDrain } from './io/last-drain.js';
import { quietly } from './io/quietly.js';
import { waitForStderr } from './io/stderr.js';
import { isTakenAt, type FinishedLine, type LogRecord } from './log-record.js';
import { deliveryMetricsOf, type DeliveryMetrics } from './delivery-metrics.js';
import { reportOf, type DeliveryReport } from './delivery-report.js';
import { endingOptions } from './ending-options.js';
import { settingsOf, type CloudWatchSinkOptions } from './sink-options.js';
import type { CloseOptions, FlushOptions, Sink } from './sink-port.js';
import { targetOf } from './stream-name.js';

/**
 * Delivers log records to one log stream.
 *
 *     record → intake → room → batcher → queue → send → settler
 *                         ↘ spool ↗
 *
 * An event is escaped straight into the batch that is being filled; the queue holds the sealed batches until they are
 * settled. Settings come from the environment that the construct injects; options win over it. Where the environment sets
 * `FAPILOG_CORE__LOG_LEVEL` to `silent`, the sink takes nothing and needs no settings.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export class CloudWatchSink implements Sink {
  /** The name that settings have for this sink. */
  readonly name = 'cloudwatch';
  readonly #settings: CloudWatchValues;
  readonly #target: Target;
  readonly #stages: Stages;
  readonly #processEnd: ExitPart | undefined;
  readonly #metrics: DeliveryMetrics | undefined;
  #closing: Promise<DeliveryReport> | undefined;
  #isClosing = false;
  #isExiting = false;
  #isAbandoned = false;
  #takeBack: (() => void) | undefined;

  constructor(options: CloudWatchSinkOptions = {}) {
    const edges = edgesOf(options);
    const { settings, service, given, notices } = settingsOf(options, edges);
    this.#settings = settings;
    this.#target = targetOf(settings);
    this.#stages = assemble({
      settings,
      service,
      target: this.#target,
      given,
      hooks: options,
      edges,
      // Not before something waits, so that a program which never logs to this sink has its signals to itself.
      onEvent: () => {
        this.catchSignals();
        this.#metrics?.begin();
      },
      onSettled: () => this.needsDrain || this.#markLosses(),
    });
    this.#metrics = deliveryMetricsOf(settings, service, this.#stages, () => this.stats());
    this.#processEnd = settings.level === 'silent' ? undefined : this.#joinProcess(edges);
    if (notices.length > 0) this.#stages.diagnostics.report('settings', notices.join('; '));
  }

  /**
   * Takes a record, unless its level is below the sink's; answers at once, never throws, and whatever happens to what it
   * takes is in the ledger.
   */
  write(record: LogRecord): void {
    this.#take(record);
  }

  /** As {@link CloudWatchSink.write}, for a line that is finished: the way in for other loggers. */
  writeLine(line: FinishedLine): void {
    this.#take(line);
  }

  /**
   * A record below the sink's level is never accepted, as one below the logger's is not. Where something throws, what counts
   * are fields and no calls: the stack may be full.
   */
  #take(record: LogRecord | FinishedLine): void {
    if (!isTakenAt(this.#settings.level, record)) return;
    const { ledger, intake, entry, losses } = this.#stages;
    let isAccepted = false;
    try {
      if (this.#isClosing) {
        ledger.accepted++;
        isAccepted = true;
        losses.refuse();
      } else {
        intake.take(record);
        isAccepted = true;
      }
      if (this.#isExiting) this.#abandon('exit');
    } catch {
      if (!isAccepted) ledger.accepted++;
      ledger.isTorn = true;
    }
    try {
      if (ledger.isTorn) entry.mend();
    } catch {
      // The next log call, or look at the account, tries again.
    }
  }

  /**
   * Something waits here, or before this sink, that must be delivered before a signal ends the process.
   *
   * @internal
   */
  catchSignals(): void {
    if (this.#settings.installSignalHandlers) this.#processEnd?.catchSignals();
  }

  /** What is said of losses is sent as well, while somebody waits for the end. */
  #markLosses(): void {
    if (this.#isAbandoned) return;
    this.#stages.entry.markLosses();
    if (this.#isClosing) this.#stages.batcher.seal();
  }

  /** Sends what waits; resolves once everything logged so far is settled, or at the deadline, when what is left may be diverted. */
  async flush(options: FlushOptions = {}): Promise<DeliveryReport> {
    if (!this.#isClosing) this.#metrics?.writeIfDue();
    await flush(this.#stages, endingOptions('flush', options, this.#report));
    return this.stats();
  }

  /**
   * Takes no more records, delivers what waits, and at the deadline leaves the rest in the spool, else diverts it to
   * stderr. Resolves to the final account, in which nothing is pending. Every call returns the same promise.
   */
  close(options: CloseOptions = {}): Promise<DeliveryReport> {
    // Before anything else, so that a hook that logs meanwhile comes too late.
    this.#isClosing = true;
    return (this.#closing ??= this.#close(options));
  }

  async #close(options: CloseOptions): Promise<DeliveryReport> {
    const { deadlineMs = this.shutdownDeadlineMs } = endingOptions('close', options, this.#report);
    const { batcher, send, progress, port, clock, isDrained } = this.#stages;
    const endMs = clock.monotonic() + deadlineMs;
    this.#markLosses();
    batcher.seal();
    send.sender.drain();
    const isTold = (await progress.until(isDrained, deadlineMs)) && clock.monotonic() < endMs;
    if (this.#metrics?.end(isTold)) {
      batcher.seal();
      await progress.until(isDrained, endMs - clock.monotonic());
    }
    this.#abandon('deadline');
    this.#processEnd?.leave();
    port.close();
    return this.stats();
  }

  readonly #report = (code: string, message: string): void => this.#stages.diagnostics.report(code, message);

  /** The account as of now. */
  stats(): DeliveryReport {
    const { entry, ledger } = this.#stages;
    if (ledger.isTorn) entry.mend();
    return reportOf(this.#stages, this.#target);
  }

  /** How delivery goes, from what is known here: no call is made for it. */
  health(): SinkHealth {
    const health = healthOf(this.#stages);
    return this.#isClosing ? { ...health, state: 'closed' } : health;
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link CloudWatchSink.ready}. */
  get needsDrain(): boolean {
    return this.#stages.room.needsDrain;
  }

  /** Resolves once {@link CloudWatchSink.needsDrain} is false. */
  async ready(): Promise<void> {
    const { room, batcher, progress } = this.#stages;
    if (room.isFilling) batcher.seal();
    await progress.until(() => !this.needsDrain);
  }

  /** How long the end of the process, and {@link CloudWatchSink.close} unless it is told otherwise, waits for deliveries. */
  get shutdownDeadlineMs(): number {
    return this.#settings.shutdownDeadlineSeconds * 1_000;
  }

  /** Settles whatever is not settled, on disk or on stderr. Synchronous, so that it works while the process exits. */
  #abandon(reason: string): void {
    this.#isAbandoned = true;
    this.#stages.stop(reason);
  }

  #joinProcess({ handOn }: Pick<Partial<SinkEdges>, 'handOn'>): ExitPart {
    const { batcher, ledger, room, send, progress, clock, isDrained } = this.#stages;
    return lastDrain({
      handOn,
      clock,
      deadlineMs: this.shutdownDeadlineMs,
      accepted: () => ledger.accepted,
      waiting: () => room.held.events,
      isDrained,
      flush: (deadlineMs) => this.flush({ deadlineMs }),
      flushForGood: (deadlineMs) => this.flush({ deadlineMs, leftover: 'divert' }),
      hurry: () => send.sender.drain(),
      rest: () => send.sender.rest(),
      goOn: () => send.sender.goOn(),
      finish(deadlineMs) {
        batcher.seal();
        return progress.until(isDrained, deadlineMs);
      },
      handOver: () => this.#handOver(),
      settle: (sinceMs) => waitForStderr(sinceMs + this.shutdownDeadlineMs, () => this.#settle()),
    });
  }

  #handOver(): void {
    this.#stages.batcher.seal();
    this.#takeBack = this.#stages.deliverAtExit();
  }

  #settle(): void {
    // Whatever the thread has reported, the rest must not be lost.
    quietly(() => this.#takeBack?.());
    // Further exit listeners of the application may log, too. Not before: a hook that logs would abandon what is delivered.
    this.#isExiting = true;
    this.#abandon('exit');
  }
}
