import type { Environment } from '../contract/codec.js';
import { MAX_EVENT_BYTES } from '../contract/limits.js';
import type { CloudWatchInput, CloudWatchValues } from '../contract/settings.js';
import { Ledger, type Account } from './ack/ledger.js';
import { Progress } from './ack/progress.js';
import { Settler, type RejectionHook } from './ack/settler.js';
import { Batcher } from './batch/batcher.js';
import { logEvent, type LogEvent } from './batch/log-event.js';
import { OpenBatch } from './batch/open-batch.js';
import type { Target } from './batch/target.js';
import { levelRank } from './filter/level-gate.js';
import { systemClock, type Clock } from './io/clock.js';
import { Diagnostics, type DiagnosticHook } from './io/diagnostics.js';
import { onProcessEnd } from './io/exit-hook.js';
import { writeStderr } from './io/stderr.js';
import type { LogRecord } from './log-record.js';
import { DeliveryQueue } from './queue/delivery-queue.js';
import { sdkLogsPort } from './send/client.js';
import type { LogsPort } from './send/port.js';
import { Provisioner } from './send/provisioner.js';
import { Sender } from './send/sender.js';
import { lineOf } from './serialize/line.js';
import { Settings } from './settings.js';
import type { CloseOptions, FlushOptions, Sink } from './sink-port.js';
import { defaultLogStreamName } from './stream-name.js';

/** The sink's settings, and what cannot be said in a variable. */
export interface CloudWatchSinkOptions extends CloudWatchInput {
  /** Where settings that are not given here come from. @default process.env */
  readonly env?: Environment | undefined;
  /** Called with everything that the sink reports about itself. @default - stderr only, each kind once a minute */
  readonly onDiagnostic?: DiagnosticHook | undefined;
  /** Called with each log event that the service refuses for good. @default - counted and reported only */
  readonly onRejected?: RejectionHook | undefined;
}

/** What became of the log events, where they went and what it took. */
export interface DeliveryReport extends Account {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** PutLogEvents calls made, retries included. */
  readonly calls: number;
}

/** The sink's edges, replaceable in tests. */
export interface SinkEdges {
  readonly port: LogsPort;
  readonly clock: Clock;
  readonly random: () => number;
  /** Says whether it could. */
  readonly writeStderr: (text: string) => boolean;
}

/** The share of `maxQueueBytes` from which producers that can wait should wait. */
const HIGH_WATER = 0.5;

const CLOSE_DEADLINE_MS = 10_000;

/**
 * Delivers log records to one log stream.
 *
 *     record → serialize → batch → queue → send → ack
 *
 * An event is escaped straight into the batch that is being filled; the queue holds the sealed batches until they are
 * settled. Settings come from the environment that the construct injects; options win over it.
 *
 * @throws SettingsError naming every setting that is malformed or missing.
 */
export class CloudWatchSink implements Sink {
  readonly name = 'cloudwatch';
  readonly #target: Target;
  readonly #settings: CloudWatchValues;
  readonly #ledger = new Ledger();
  readonly #diagnostics: Diagnostics;
  readonly #progress: Progress;
  readonly #settler: Settler;
  readonly #batcher: Batcher;
  readonly #queue = new DeliveryQueue();
  readonly #sender: Sender;
  readonly #port: LogsPort;
  readonly #clock: Clock;
  readonly #leaveProcess: () => void;
  #closing: Promise<DeliveryReport> | undefined;

  constructor(options: CloudWatchSinkOptions = {}, edges: Partial<SinkEdges> = {}) {
    const { env, onDiagnostic, onRejected, ...input } = options;
    const { sinkConfig, notices } = new Settings(
      { core: { sinks: ['cloudwatch'] }, sinkConfig: { cloudwatch: input } },
      { env, requireComplete: true },
    );
    const values = sinkConfig.cloudwatch;
    const { logGroupName = '', logStreamName = defaultLogStreamName() } = values;
    const write = edges.writeStderr ?? writeStderr;
    this.#settings = values;
    this.#target = { logGroupName, logStreamName };
    this.#clock = edges.clock ?? systemClock;
    this.#port = edges.port ?? sdkLogsPort(values);
    this.#progress = new Progress(this.#clock);
    this.#diagnostics = new Diagnostics(this.#clock, write, onDiagnostic);
    const reporting = { ledger: this.#ledger, diagnostics: this.#diagnostics };
    this.#settler = new Settler({ ...reporting, writeStderr: write, onRejected });
    this.#batcher = this.#makeBatcher();
    this.#sender = this.#makeSender(edges.random ?? Math.random);
    this.#leaveProcess = this.#joinProcess();
    if (notices.length > 0) this.#diagnostics.report('settings', notices.join('; '));
  }

  /** Takes a record; answers at once, never throws, and whatever happens to the record is in the ledger. */
  write(record: LogRecord): void {
    this.#ledger.accept();
    if (this.#closing) return this.#drop('closed', 'a log call came after close()');
    const event = logEvent(record.timeMs, lineOf(record), levelRank[record.level]);
    if (event.bytes > MAX_EVENT_BYTES) return this.#divertOversize(event);
    const { maxQueueBytes } = this.#settings;
    if (this.#heldBytes + event.bytes > maxQueueBytes) {
      return this.#drop(
        'queueFull',
        `events of more than ${maxQueueBytes} bytes (maxQueueBytes) are waiting`,
      );
    }
    this.#batcher.add(event);
  }

  #makeBatcher(): Batcher {
    const { batchSize, batchTimeoutSeconds } = this.#settings;
    return new Batcher(this.#target, { batchSize, lingerMs: batchTimeoutSeconds * 1_000 }, this.#clock, {
      sealed: (batch) => {
        this.#queue.push(batch, this.#clock.now());
        this.#sender.pump();
      },
      due: () => this.#sender.pump(),
    });
  }

  #makeSender(random: () => number): Sender {
    const { maxRetries, retryBaseDelay, maxBatchAgeSeconds, requestTimeoutSeconds } = this.#settings;
    return new Sender({
      port: this.#port,
      queue: this.#queue,
      sealDue: () => this.#batcher.sealDue(),
      provisioner: new Provisioner(this.#port, this.#target, this.#settings),
      settlement: this.#settler,
      onSettled: () => this.#progress.made(),
      clock: this.#clock,
      random,
      options: {
        maxRetries,
        retryBaseDelayMs: retryBaseDelay * 1_000,
        maxBatchAgeMs: maxBatchAgeSeconds * 1_000,
        requestTimeoutMs: requestTimeoutSeconds * 1_000,
      },
    });
  }

  /** Sends what waits and resolves once everything logged so far is settled, or at the deadline. */
  async flush({ deadlineMs }: FlushOptions = {}): Promise<DeliveryReport> {
    this.#batcher.seal();
    const { lastSequence } = this.#queue;
    await this.#progress.until(() => this.#queue.isSettledUpTo(lastSequence), deadlineMs);
    return this.stats();
  }

  /**
   * Takes no more records, delivers what waits, and at the deadline diverts the rest to stderr. Resolves to the final
   * account, in which nothing is pending. Every call returns the same promise.
   */
  close(options: CloseOptions = {}): Promise<DeliveryReport> {
    return (this.#closing ??= this.#close(options));
  }

  async #close({ deadlineMs = CLOSE_DEADLINE_MS }: CloseOptions): Promise<DeliveryReport> {
    this.#batcher.seal();
    this.#sender.hurry();
    await this.#progress.until(() => this.#isSettled, deadlineMs);
    this.#abandon('deadline');
    this.#leaveProcess();
    this.#port.close();
    return this.stats();
  }

  /** The account as of now. */
  stats(): DeliveryReport {
    const pending = this.#batcher.events + this.#queue.events;
    return { ...this.#ledger.account(pending), ...this.#target, calls: this.#sender.calls };
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link CloudWatchSink.ready}. */
  get needsDrain(): boolean {
    return this.#heldBytes > this.#settings.maxQueueBytes * HIGH_WATER;
  }

  /** Resolves once {@link CloudWatchSink.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain);
  }

  get #heldBytes(): number {
    return this.#batcher.bytes + this.#queue.bytes;
  }

  get #isSettled(): boolean {
    return this.#queue.deliveries.length === 0;
  }

  #drop(reason: string, explanation: string): void {
    this.#ledger.drop(reason, 1);
    this.#diagnostics.report(`dropped.${reason}`, `a log event was dropped: ${explanation}`);
  }

  #divertOversize(event: LogEvent): void {
    const alone = new OpenBatch(this.#target);
    alone.add(event);
    this.#settler.givenUp(alone.seal(), 'tooLarge');
  }

  /** Settles by diverting whatever is not settled. Synchronous, so that it works while the process exits. */
  #abandon(reason: string): void {
    this.#batcher.seal();
    this.#sender.stop(reason);
  }

  /** A program that just ends drains first; one that exits in a hurry leaves its events on stderr. */
  #joinProcess(): () => void {
    let drained = true;
    return onProcessEnd({
      beforeExit: () => {
        // After a drain that failed, the end of the program is not put off again.
        if (!drained || (this.#batcher.events === 0 && this.#isSettled)) return;
        void this.flush({ deadlineMs: CLOSE_DEADLINE_MS }).then(() => (drained = this.#isSettled));
        this.#sender.hurry();
      },
      exit: () => this.#abandon('exit'),
    });
  }
}
