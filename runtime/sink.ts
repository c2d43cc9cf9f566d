import type { Environment } from '../contract/codec.js';
import { levelRank } from '../contract/levels.js';
import type { CloudWatchInput, CloudWatchValues } from '../contract/sections.js';
import { FailureReport } from './ack/failure-report.js';
import { Ledger, type Account } from './ack/ledger.js';
import { Losses, lossRecord, type Loss } from './ack/losses.js';
import { Progress } from './ack/progress.js';
import { Settler, type RejectionHook } from './ack/settler.js';
import { Batcher } from './batch/batcher.js';
import type { EncodedBatch } from './batch/encoded-batch.js';
import type { LogEvent } from './batch/log-event.js';
import { OpenBatch } from './batch/open-batch.js';
import type { Target } from './batch/target.js';
import { Window } from './batch/window.js';
import { systemClock, type Clock } from './io/clock.js';
import { Diagnostics, type DiagnosticHook } from './io/diagnostics.js';
import { onProcessEnd, type ExitTask } from './io/exit-hook.js';
import { ServiceClock } from './io/service-clock.js';
import { writeStderr } from './io/stderr.js';
import type { FinishedLine, LogRecord } from './log-record.js';
import { DeliveryQueue } from './queue/delivery-queue.js';
import { makeRoom, moveOut, type Excess, type Held, type SharedMemory } from './queue/overflow.js';
import { assembleSender, type SendStage } from './send/assemble-sender.js';
import { sdkLogsPort } from './send/client.js';
import type { LogsPort } from './send/port.js';
import { EventEncoder } from './serialize/event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from './serialize/events.js';
import { reasonOf } from './serialize/guard.js';
import { Settings } from './settings/settings.js';
import type { CloseOptions, FlushOptions, Sink, SinkHealth } from './sink-port.js';
import { Replay } from './spool/replay.js';
import { Spool, type SpoolState } from './spool/spool.js';
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
  /** Records that were over the service's size limit, by what was done about it. */
  readonly oversize: Readonly<Record<OversizeAction, number>>;
  /** Bytes of memory that pending events take. */
  readonly pendingBytes: number;
  /** Events that processes which are gone left in the spool, and which this one has accepted in their place. */
  readonly adopted: number;
  /** Bytes of this process's part of the spool, whether their events are pending too or not. */
  readonly spoolBytes: number;
  /** Whether delivery is paused (`open`), trying (`halfOpen`) or neither. */
  readonly circuitBreaker: 'closed' | 'open' | 'halfOpen';
}

/** The sink's edges, replaceable in tests. */
export interface SinkEdges {
  /** Settings that are checked and complete, in place of the options. */
  readonly settings: CloudWatchValues;
  readonly port: LogsPort;
  readonly clock: Clock;
  readonly random: () => number;
  /** Says whether it could. */
  readonly writeStderr: (text: string) => boolean;
  /** Of which `maxQueueBytes` and `maxQueueEvents` bound the whole. @default - this sink has all of it */
  readonly memory?: SharedMemory | undefined;
  /** Directory in the spool of a thread that is gone and whose place this sink takes. @default - there was none */
  readonly predecessor?: string | undefined;
}

const NOTHING: Held = { bytes: 0, events: 0 };

/** What the options and the environment say, or every problem with it. */
function checked(
  input: CloudWatchInput,
  env: Environment | undefined,
): { readonly settings: CloudWatchValues; readonly notices: readonly string[] } {
  const { sinkConfig, notices } = new Settings(
    { core: { sinks: ['cloudwatch'] }, sinkConfig: { cloudwatch: input } },
    { env, requireComplete: true },
  );
  return { settings: sinkConfig.cloudwatch, notices };
}

/** The share of `maxQueueBytes` from which producers that can wait should wait. */
const HIGH_WATER = 0.5;

/** The least that is freed at a time, and the share of what may be held: taking an event out of a body copies the body. */
const MIN_FREED_BYTES = 65_536;
const FREED_SHARE = 1 / 128;

/**
 * Delivers log records to one log stream.
 *
 *     record → serialize → make room → batch → queue → send → ack
 *                                 ↘ spool ↗
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
  readonly #clock: Clock;
  readonly #serviceClock: ServiceClock;
  readonly #window: Window;
  readonly #ledger = new Ledger();
  readonly #losses = new Losses();
  readonly #oversize: Record<OversizeAction, number> = { truncate: 0, split: 0, drop: 0 };
  readonly #diagnostics: Diagnostics;
  readonly #failures: FailureReport;
  readonly #progress: Progress;
  readonly #settler: Settler;
  readonly #batcher: Batcher;
  readonly #queue = new DeliveryQueue();
  readonly #send: SendStage;
  readonly #port: LogsPort;
  readonly #memory: SharedMemory | undefined;
  readonly #spool: Spool | undefined;
  readonly #replay: Replay | undefined;
  readonly #leaveProcess: () => void;
  #encoder: EventEncoder | undefined = new EventEncoder();
  #closing: Promise<DeliveryReport> | undefined;
  #isClosing = false;
  #isAbandoned = false;
  #isExiting = false;
  #isMakingRoom = false;

  constructor(options: CloudWatchSinkOptions = {}, edges: Partial<SinkEdges> = {}) {
    const { env, onDiagnostic, onRejected, ...input } = options;
    const { settings, notices } = edges.settings
      ? { settings: edges.settings, notices: [] }
      : checked(input, env);
    const { logStreamPrefix: prefix } = settings;
    const { logGroupName = '', logStreamName = defaultLogStreamName({ prefix }) } = settings;
    const write = edges.writeStderr ?? writeStderr;
    this.#settings = settings;
    this.#target = { logGroupName, logStreamName };
    this.#clock = edges.clock ?? systemClock;
    this.#diagnostics = new Diagnostics(this.#clock, write, onDiagnostic);
    this.#serviceClock = new ServiceClock(this.#clock, this.#diagnostics);
    this.#window = new Window(this.#settings.retentionInDays);
    this.#progress = new Progress(this.#clock);
    this.#settler = new Settler({
      ledger: this.#ledger,
      clock: this.#clock,
      diagnostics: this.#diagnostics,
      writeStderr: write,
      onRejected,
      keep: (batch) => this.#keep(batch),
      onDelivered: (target) => this.#replay?.recovered(target),
    });
    this.#failures = new FailureReport(this.#diagnostics, this.#target, this.#clock);
    this.#port = edges.port ?? this.#makePort();
    this.#memory = edges.memory;
    this.#send = this.#makeSendStage(edges.random ?? Math.random);
    this.#batcher = this.#makeBatcher();
    this.#spool = this.#makeSpool(edges.predecessor);
    this.#replay = this.#spool && this.#makeReplay(this.#spool);
    this.#leaveProcess = this.#joinProcess();
    if (notices.length > 0) this.#diagnostics.report('settings', notices.join('; '));
  }

  /**
   * Takes a record, unless its level is below the sink's; answers at once, never throws, and whatever happens to what it
   * takes is in the ledger.
   */
  write(record: LogRecord): void {
    this.#accept(record);
  }

  /** As {@link CloudWatchSink.write}, for a line that is finished: the way in for other loggers. */
  writeLine(line: FinishedLine): void {
    this.#accept(line);
  }

  /** As {@link CloudWatchSink.write}, for an event that is encoded, whatever its level: the way in for other threads. */
  writeEvent(event: LogEvent): void {
    if (this.#isClosing) return this.#refuse();
    this.#queueUp(event);
    if (this.#isExiting) this.#abandon('exit');
  }

  /** What is below the sink's level is never accepted, as what is below the logger's is not. */
  #accept(record: LogRecord | FinishedLine): void {
    if (levelRank[record.level] < levelRank[this.#settings.level]) return;
    if (this.#isClosing) this.#refuse();
    else this.#take(record);
  }

  #refuse(): void {
    this.#ledger.accept();
    this.#ledger.drop('closed', 1);
    this.#diagnostics.report('dropped.closed', 'a log call came after close()');
  }

  #take(record: LogRecord | FinishedLine): void {
    // Lent until the event is in its batch: a getter of the record, or a hook, may log meanwhile.
    const encoder = this.#encoder;
    this.#encoder = undefined;
    const event = 'fields' in record ? encoder?.encode(record) : undefined;
    if (event) this.#queueUp(event);
    else this.#takeTheLongWay(record);
    this.#encoder = encoder;
    if (this.#isExiting) this.#abandon('exit');
  }

  #takeTheLongWay(record: LogRecord | FinishedLine): void {
    const { events, oversize } = this.#serialize(record);
    if (oversize) this.#noteOversize(oversize, record);
    for (const event of events) this.#queueUp(event);
  }

  /** A line longer than the engine can hold is the only known cause of an error here. */
  #serialize(record: LogRecord | FinishedLine): Serialized {
    try {
      return serialize(record, this.#settings.oversizeAction);
    } catch (error) {
      this.#ledger.accept();
      this.#drop('unserializable', 1, record.timeMs, record.timeMs);
      this.#diagnostics.report('unserializable', `a log record has no line: ${reasonOf(error)}`);
      return { events: [], oversize: undefined };
    }
  }

  #queueUp(event: LogEvent): void {
    // A hook that logs would take the room that is made for this event, for ever.
    this.#diagnostics.hold();
    const outOfWindow = this.#window.excludes(event.timestamp, this.#serviceClock.now());
    // Accepted and entered in one step: whoever looks at the account meanwhile sees it balance.
    if (outOfWindow) {
      this.#ledger.accept();
      this.#settler.givenUp(this.#alone(event), outOfWindow);
    } else if (this.#makeRoomFor(event)) {
      this.#ledger.accept();
      this.#batcher.add(event);
    } else {
      this.#ledger.accept();
      this.#drop('queueFull', 1, event.timestamp, event.timestamp);
    }
    this.#memory?.holds(this.#held);
    this.#diagnostics.tellHeld();
  }

  /** Says whether the event can come in, if need be after others have left. */
  #makeRoomFor(event: LogEvent): boolean {
    while (!this.#fits(event)) {
      // What is sealed to be looked through must not be sent before.
      this.#isMakingRoom = true;
      const { moved, removed } = this.#takeOut(this.#excess(event), event.rank);
      this.#isMakingRoom = false;
      this.#send.sender.prune();
      this.#send.sender.pump();
      if (removed) {
        this.#drop('queueFull', removed.count, removed.firstTimestamp, removed.lastTimestamp);
        removed.backing?.release(removed.count);
      } else if (!moved) return false;
      this.#progress.made();
    }
    return true;
  }

  /** Whole batches go to disk; if they cannot, events are removed. */
  #takeOut(excess: Excess, newRank: number): { moved: boolean; removed: EncodedBatch | undefined } {
    const { overflowPolicy, maxQueueBytes, maxQueueEvents } = this.#settings;
    const freedBytes = Math.max(MIN_FREED_BYTES, maxQueueBytes * FREED_SHARE);
    const spool = this.#spool;
    const moved = spool !== undefined && moveOut(this.#queue, this.#batcher, (batch) => spool.keep(batch));
    const removed = moved
      ? undefined
      : makeRoom(this.#queue, this.#batcher, overflowPolicy, newRank, {
          bytes: excess.bytes > 0 ? Math.max(excess.bytes, freedBytes) : 0,
          events: excess.events > 0 ? Math.max(excess.events, maxQueueEvents >> 8) : 0,
        });
    return { moved, removed };
  }

  #fits(event: LogEvent): boolean {
    const { bytes, events } = this.#excess(event);
    return bytes <= 0 && events <= 0;
  }

  /** By how much this event would be too much. */
  #excess(event: LogEvent): Excess {
    const { bytes, events } = this.#bound(1);
    return {
      bytes: this.#heldBytes + this.#batcher.bytesFor(event) - bytes,
      events: this.#heldEvents + 1 - events,
    };
  }

  /** What may be held here, or this share of what may be held in all. */
  #bound(share: number): Held {
    const { maxQueueBytes, maxQueueEvents } = this.#settings;
    const others = this.#memory?.others ?? NOTHING;
    return {
      bytes: Math.min(maxQueueBytes * share, maxQueueBytes - others.bytes),
      events: Math.min(maxQueueEvents * share, maxQueueEvents - others.events),
    };
  }

  #makeBatcher(): Batcher {
    const { batchSize, batchTimeoutSeconds, spoolDir, spoolMode } = this.#settings;
    // What is written down as it comes is in the segment of its batch, and stays there.
    const mayLeave = spoolDir === undefined || spoolMode !== 'always';
    const options = { batchSize, lingerMs: batchTimeoutSeconds * 1_000, mayLeave };
    return new Batcher(this.#target, options, this.#clock, {
      added: (event) => this.#spool?.append(event),
      sealed: (batch) => {
        this.#queue.push(this.#spool?.sealed(batch) ?? batch, this.#clock.now());
        if (!this.#isMakingRoom) this.#send.sender.pump();
      },
      due: () => this.#send.sender.pump(),
    });
  }

  #makeSendStage(random: () => number): SendStage {
    return assembleSender({
      settings: this.#settings,
      target: this.#target,
      port: this.#port,
      queue: this.#queue,
      settlement: this.#settler,
      failures: this.#failures,
      sealDue: () => this.#batcher.sealDue(),
      excludes: (timestamp) => this.#window.excludes(timestamp, this.#serviceClock.now()),
      onSettled: () => {
        this.#memory?.holds(this.#held);
        if (!this.needsDrain) this.#tellLosses();
        this.#replay?.pump();
        // At last, because whoever waits for the end goes on when nothing is pending.
        this.#progress.made();
      },
      clock: this.#clock,
      random,
    });
  }

  #makeSpool(predecessor: string | undefined): Spool | undefined {
    const { spoolDir, spoolMode, spoolMaxBytes, spoolFsync } = this.#settings;
    if (spoolDir === undefined) return undefined;
    return new Spool(
      { directory: spoolDir, mode: spoolMode, maxBytes: spoolMaxBytes, fsync: spoolFsync, predecessor },
      {
        target: this.#target,
        clock: this.#clock,
        ledger: this.#ledger,
        diagnostics: this.#diagnostics,
        onLost: ({ reason, count, fromMs, toMs }) => this.#drop(reason, count, fromMs, toMs),
        onFound: () => this.#replay?.pump(),
      },
    );
  }

  #makeReplay(spool: Spool): Replay {
    const fits = (bytes: number, events: number, share: number): boolean => {
      const bound = this.#bound(share);
      return (
        this.#heldEvents === 0 ||
        (this.#heldBytes + bytes <= bound.bytes && this.#heldEvents + events <= bound.events)
      );
    };
    return new Replay({
      spool,
      clock: this.#clock,
      isWell: () => this.#send.breaker.admits && !this.#send.sender.isBackingOff,
      // At least half of the calls are for live events.
      maxBatches: () => Math.max(1, this.#send.concurrency.limit >> 1),
      hasRoom: (bytes, events) => fits(bytes, events, HIGH_WATER),
      fits: (batches) =>
        fits(
          batches.reduce((sum, { body }) => sum + body.length, 0),
          batches.reduce((sum, { count }) => sum + count, 0),
          1,
        ),
      enter: (batch) => {
        this.#queue.push(batch, this.#clock.now());
        this.#memory?.holds(this.#held);
        this.#send.sender.pump();
      },
      onLooked: () => this.#progress.made(),
    });
  }

  /** Lets a batch that is given up rest on disk. */
  #keep(batch: EncodedBatch): boolean {
    const isKept = this.#spool?.keep(batch) ?? false;
    if (isKept) this.#replay?.failed(batch.target);
    return isKept;
  }

  #makePort(): LogsPort {
    const { region, endpointUrl, roleArn, externalId, requestTimeoutSeconds } = this.#settings;
    const role = roleArn === undefined ? undefined : { roleArn, externalId };
    const onServiceDate = (dateMs: number): void => this.#serviceClock.observe(dateMs);
    return sdkLogsPort({
      region,
      endpointUrl,
      role,
      requestTimeoutMs: requestTimeoutSeconds * 1_000,
      onServiceDate,
    });
  }

  /** Sends what waits; resolves once everything logged so far is settled, or at the deadline. */
  async flush({ deadlineMs }: FlushOptions = {}): Promise<DeliveryReport> {
    this.#batcher.seal();
    const { lastSequence } = this.#queue;
    await this.#progress.until(() => this.#queue.isSettledUpTo(lastSequence), deadlineMs);
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

  async #close({ deadlineMs = this.shutdownDeadlineMs }: CloseOptions): Promise<DeliveryReport> {
    this.#tellLosses();
    this.#batcher.seal();
    this.#send.sender.drain();
    await this.#progress.until(() => this.#isDrained, deadlineMs);
    this.#abandon('deadline');
    this.#leaveProcess();
    this.#port.close();
    return this.stats();
  }

  /** The account as of now. */
  stats(): DeliveryReport {
    return {
      ...this.#ledger.account(this.#heldEvents, this.#spool?.events),
      ...this.#target,
      calls: this.#send.caller.calls,
      oversize: { ...this.#oversize },
      pendingBytes: this.#heldBytes,
      adopted: this.#spool?.adopted ?? 0,
      spoolBytes: this.#spool?.bytes ?? 0,
      circuitBreaker: this.#send.breaker.state,
    };
  }

  /** For whoever may have to take this sink's place; `undefined` without a spool. */
  get spool(): SpoolState | undefined {
    return this.#spool;
  }

  /** How delivery goes, from what is known here: no call is made for it. */
  health(): SinkHealth {
    const { last } = this.#failures;
    const lastSuccessMs = this.#settler.lastDeliveryMs;
    const oldestMs = this.#queue.oldest?.sealedAtMs ?? this.#batcher.openedAtMs;
    return {
      state: this.#stateOfHealth(),
      lastSuccessMs,
      lastErrorMs: last?.atMs,
      lastError: last?.message,
      oldestPendingAgeMs: oldestMs === undefined ? 0 : this.#clock.now() - oldestMs,
    };
  }

  #stateOfHealth(): SinkHealth['state'] {
    if (this.#isClosing) return 'closed';
    if (this.#send.breaker.state !== 'closed') return 'failing';
    const failedLast = (this.#failures.last?.atMs ?? -1) > (this.#settler.lastDeliveryMs ?? -1);
    return failedLast ? 'degraded' : 'healthy';
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link CloudWatchSink.ready}. */
  get needsDrain(): boolean {
    const { maxQueueBytes, maxQueueEvents } = this.#settings;
    return this.#heldBytes > maxQueueBytes * HIGH_WATER || this.#heldEvents > maxQueueEvents * HIGH_WATER;
  }

  /** Resolves once {@link CloudWatchSink.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain);
  }

  /** How long the end of the process, and {@link CloudWatchSink.close} unless it is told otherwise, waits for deliveries. */
  get shutdownDeadlineMs(): number {
    return this.#settings.shutdownDeadlineSeconds * 1_000;
  }

  get #held(): Held {
    return { bytes: this.#heldBytes, events: this.#heldEvents };
  }

  get #heldBytes(): number {
    return this.#batcher.bytes + this.#queue.bytes;
  }

  get #heldEvents(): number {
    return this.#batcher.events + this.#queue.events;
  }

  /** Whether nothing waits, neither in memory nor, while the service takes it, on disk. */
  get #isDrained(): boolean {
    return this.#heldEvents === 0 && !this.#replay?.isActive;
  }

  #noteOversize(action: OversizeAction, { timeMs }: { readonly timeMs: number }): void {
    this.#oversize[action]++;
    this.#diagnostics.report(
      `oversize.${action}`,
      `a log event was over the service's size limit: ${action}`,
    );
    if (action !== 'drop') return;
    this.#ledger.accept();
    this.#drop('tooLarge', 1, timeMs, timeMs);
  }

  /** Tells of events in the stream that were lost on their way here, and that are counted where that was. */
  tellLoss(loss: Loss): void {
    this.#losses.add(loss);
    if (!this.needsDrain) this.#tellLosses();
  }

  #drop(reason: string, count: number, fromMs: number, toMs: number): void {
    this.#ledger.drop(reason, count);
    this.#losses.add({ reason, count, fromMs, toMs });
    this.#diagnostics.report(`dropped.${reason}`, `${count} log event(s) dropped: ${reason}`);
  }

  /**
   * A loss is told of in the stream itself, once there is room: it must not cause another one. The sink's level does not
   * keep it out.
   */
  #tellLosses(): void {
    if (this.#isAbandoned || this.#losses.isEmpty) return;
    for (const loss of this.#losses.take()) {
      const { events } = this.#serialize(lossRecord(loss, this.#clock.now()));
      if (events.every((event) => this.#fits(event))) for (const event of events) this.#queueUp(event);
      else this.#losses.add(loss);
    }
    if (this.#isClosing) this.#batcher.seal();
  }

  #alone(event: LogEvent): ReturnType<OpenBatch['seal']> {
    const batch = new OpenBatch(this.#target);
    batch.add(event);
    return batch.seal();
  }

  /** Settles whatever is not settled, on disk or on stderr. Synchronous, so that it works while the process exits. */
  #abandon(reason: string): void {
    this.#isAbandoned = true;
    this.#replay?.stop();
    this.#spool?.hurry();
    this.#batcher.seal();
    this.#send.sender.stop(reason);
    this.#spool?.close();
  }

  /** A program that just ends drains first; one that exits in a hurry leaves its events in the spool or on stderr. */
  #joinProcess(): () => void {
    let drained = true;
    const task: ExitTask = {
      beforeExit: () => {
        // After a drain that failed, the end of the program is not put off again.
        if (!drained || this.#isDrained) return;
        drained = false;
        void this.#drain(true).then(() => (drained = this.#isDrained));
      },
      drain: (isEnd) => this.#drain(isEnd),
      exit: () => {
        // Further exit listeners of the application may log, too.
        this.#isExiting = true;
        this.#abandon('exit');
      },
    };
    return onProcessEnd(task, { signals: this.#settings.installSignalHandlers });
  }

  /** Before the end, what waits is hurried, and what was logged in the meantime has a turn of its own. */
  async #drain(isEnd: boolean): Promise<void> {
    const untilMs = this.#clock.now() + this.shutdownDeadlineMs;
    const leftMs = (): number => Math.max(0, untilMs - this.#clock.now());
    const flushed = this.flush({ deadlineMs: leftMs() });
    if (isEnd) this.#send.sender.drain();
    await flushed;
    if (!isEnd || this.#isDrained) return;
    this.#batcher.seal();
    await this.#progress.until(() => this.#isDrained, leftMs());
  }
}
