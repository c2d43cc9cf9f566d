import { channel } from 'node:diagnostics_channel';
import type { CloudWatchValues } from '../../contract/sections.js';
import { Ledger, totalAccount, type Account } from '../ack/ledger.js';
import { Losses } from '../ack/losses.js';
import { Progress } from '../ack/progress.js';
import type { LogEvent } from '../batch/log-event.js';
import { systemClock } from '../io/clock.js';
import { DIAGNOSTICS_CHANNEL } from '../io/diagnostics.js';
import { onProcessEnd, type ExitTask } from '../io/exit-hook.js';
import { quietly } from '../io/quietly.js';
import type { LogRecord } from '../log-record.js';
import { EventEncoder } from '../serialize/event-encoder.js';
import { serialize, type OversizeAction, type Serialized } from '../serialize/events.js';
import { reasonOf } from '../serialize/guard.js';
import { CloudWatchSink, type DeliveryReport } from '../sink.js';
import type { CloseOptions, FlushOptions, Sink, SinkHealth } from '../sink-port.js';
import type { Report } from '../sinks/line-sink.js';
import { defaultLogStreamName } from '../stream-name.js';
import { frameBytes } from './frames.js';
import { HeldLines } from './held-lines.js';
import type { Snapshot } from './shared-account.js';
import { workerFile } from './worker-file.js';
import { WorkerLink } from './worker-link.js';

export interface WorkerSinkOptions {
  readonly settings: CloudWatchValues;
  /** The file that the worker runs. @default - the one of the package, or one beside the bundle */
  readonly file?: string | URL | undefined;
  /** Reports trouble to the operator, not through the logger. */
  readonly report: Report;
  /** How long the end of the process waits for the worker, in milliseconds. @default 5000, or `shutdownDeadlineSeconds` if that is less */
  readonly exitDeadlineMs?: number | undefined;
}

const EXIT_DEADLINE_MS = 5_000;

/**
 * What the worker gets on top of a deadline, to settle what is left and to say so. One that has a share of a core only may
 * take seconds to start, and what it has taken is lost if it is given up before.
 */
const GRACE_MS = 10_000;

/** The share of `maxQueueBytes` from which producers that can wait should wait: the worker has half of it for what it took. */
const HIGH_WATER = 0.25;

/**
 * Delivers to CloudWatch Logs from a worker thread.
 *
 *     record → line → frame → ring ┊ → CloudWatchSink
 *
 * This thread does nothing but make the line. A worker that cannot be started, that dies or that stops answering is not
 * replaced, because what broke it would break the next one: a sink in this thread takes over, with all that the worker
 * had not taken.
 */
export class WorkerSink implements Sink {
  readonly name = 'cloudwatch';
  readonly #settings: CloudWatchValues;
  readonly #report: Report;
  readonly #shutdownDeadlineMs: number;
  readonly #exitDeadlineMs: number;
  readonly #ledger = new Ledger();
  readonly #losses = new Losses();
  readonly #held = new HeldLines();
  readonly #oversize: Record<OversizeAction, number> = { truncate: 0, split: 0, drop: 0 };
  #encoder: EventEncoder | undefined = new EventEncoder();
  readonly #progress = new Progress(systemClock);
  readonly #leaveProcess: () => void;
  #link: WorkerLink | undefined;
  /** In this thread, once there is no worker. */
  #ownSink: CloudWatchSink | undefined;
  /** What the worker said last, once there is no worker. */
  #lastWords: Snapshot | undefined;
  /** Events that the worker left in its spool. */
  #left = 0;
  /** Lines that went to the worker, or wait for it. */
  #sent = 0;
  #isClosing = false;
  #hasDrained = true;
  #closing: Promise<DeliveryReport> | undefined;

  constructor({ settings, file, report, exitDeadlineMs }: WorkerSinkOptions) {
    const { logStreamPrefix: prefix, logStreamName = defaultLogStreamName({ prefix }) } = settings;
    // Whoever delivers, it is to one stream.
    this.#settings = { ...settings, logStreamName };
    this.#report = report;
    this.#shutdownDeadlineMs = settings.shutdownDeadlineSeconds * 1_000;
    this.#exitDeadlineMs = exitDeadlineMs ?? Math.min(EXIT_DEADLINE_MS, this.#shutdownDeadlineMs);
    const task: ExitTask = {
      beforeExit: () => this.#beforeExit(),
      drain: async () => void (await this.flush({ deadlineMs: this.#shutdownDeadlineMs })),
      exit: () => this.#exit(),
    };
    // A thread hears no signals, so that this one listens for the worker.
    this.#leaveProcess = onProcessEnd(task, { signals: settings.installSignalHandlers });
    this.#start(file);
  }

  #start(file: string | URL | undefined): void {
    try {
      this.#link = new WorkerLink(workerFile(file), this.#settings, {
        drained: () => this.#pump(),
        moved: () => this.#progress.made(),
        diagnostic: (diagnostic) => quietly(() => channel(DIAGNOSTICS_CHANNEL).publish(diagnostic)),
        lost: (error) => this.#takeOver(`the worker thread is gone: ${reasonOf(error)}`),
      });
    } catch (error) {
      this.#takeOver(`there is no worker thread: ${reasonOf(error)}`);
    }
  }

  /** Takes a record; answers at once, never throws, and whatever happens to the record is in the ledger. */
  write(record: LogRecord): void {
    if (this.#isClosing) this.#drop('closed', record.timeMs);
    else if (this.#ownSink) this.#ownSink.write(record);
    else this.#take(record);
  }

  #take(record: LogRecord): void {
    // Lent until its bytes are copied: a getter of the record may log, too.
    const encoder = this.#encoder;
    this.#encoder = undefined;
    const event = encoder?.encode(record);
    if (event) this.#queueUp(event);
    else this.#takeTheLongWay(record);
    this.#encoder = encoder;
  }

  #takeTheLongWay(record: LogRecord): void {
    const { events, oversize } = this.#serialize(record);
    if (oversize) this.#noteOversize(oversize, record.timeMs);
    for (const event of events) this.#queueUp(event);
  }

  #queueUp(event: LogEvent): void {
    if (this.#makeRoomFor(event)) this.#pass(event);
    else this.#drop('queueFull', event.timestamp);
  }

  /** A line longer than the engine can hold is the only known cause of an error here. */
  #serialize(record: LogRecord): Serialized {
    try {
      return serialize(record, this.#settings.oversizeAction);
    } catch {
      this.#drop('unserializable', record.timeMs);
      return { events: [], oversize: undefined };
    }
  }

  #noteOversize(action: OversizeAction, timeMs: number): void {
    this.#oversize[action]++;
    this.#report(`oversize.${action}`, `a log event was over the service's size limit: ${action}`);
    if (action === 'drop') this.#drop('tooLarge', timeMs);
  }

  #pass(event: LogEvent): void {
    const link = this.#link!;
    this.#sent++;
    link.room.came(frameBytes(event));
    if (link.isClear && this.#held.length === 0) link.send(event);
    else this.#held.push(kept(event));
  }

  /** Says whether the event can come in, if need be after others have left. What is in the ring stays. */
  #makeRoomFor(event: LogEvent): boolean {
    const { room } = this.#link!;
    const bytes = frameBytes(event);
    while (!room.admits(bytes)) {
      const left = this.#held.giveUp(this.#settings.overflowPolicy, event.rank);
      if (!left) return false;
      this.#sent--;
      room.left(frameBytes(left));
      this.#drop('queueFull', left.timestamp);
    }
    return true;
  }

  #pump(): void {
    while (this.#link?.isClear) {
      const line = this.#held.shift();
      if (!line) break;
      this.#link.send(line);
    }
    if (this.#held.length === 0) this.#tellLosses();
    this.#progress.made();
  }

  /** Sends what waits; resolves once everything logged so far is settled, or at the deadline. */
  async flush({ deadlineMs = Infinity }: FlushOptions = {}): Promise<DeliveryReport> {
    const startedMs = Date.now();
    await this.#ask('flush', deadlineMs, deadlineMs);
    await this.#ownSink?.flush(deadlineMs === Infinity ? {} : { deadlineMs: leftOf(deadlineMs, startedMs) });
    return this.stats();
  }

  /**
   * Takes no more records, delivers what waits, and at the deadline diverts the rest to stderr. Resolves to the final
   * account, in which nothing is pending. Every call returns the same promise.
   */
  close(options: CloseOptions = {}): Promise<DeliveryReport> {
    this.#isClosing = true;
    return (this.#closing ??= this.#close(options));
  }

  async #close({ deadlineMs = this.#shutdownDeadlineMs }: CloseOptions): Promise<DeliveryReport> {
    const startedMs = Date.now();
    const isAnswered = await this.#ask('close', deadlineMs, deadlineMs + GRACE_MS);
    if (!isAnswered && this.#link) this.#takeOver('the worker thread did not answer when it was to close');
    await this.#ownSink?.close({ deadlineMs: leftOf(deadlineMs, startedMs) });
    this.#link?.end();
    this.#leaveProcess();
    return this.stats();
  }

  /** Resolves to whether the worker has answered; as soon as there is no worker any more, to false. */
  async #ask(kind: 'flush' | 'close', deadlineMs: number, waitMs: number): Promise<boolean> {
    const startedMs = Date.now();
    const isOver = (): boolean => this.#link === undefined;
    await this.#progress.until(() => isOver() || this.#held.length === 0, waitMs);
    if (isOver() || this.#held.length > 0) return false;
    this.#tellLosses();
    const id = this.#link!.request(kind, leftOf(deadlineMs, startedMs));
    await this.#progress.until(() => isOver() || this.#link!.hasAnswered(id), leftOf(waitMs, startedMs));
    return this.#link?.hasAnswered(id) ?? false;
  }

  /** The account as of now; what the worker has done may be a twentieth of a second old. */
  stats(): DeliveryReport {
    const { logGroupName = '', logStreamName = '' } = this.#settings;
    const worker = this.#lastWords ?? this.#link?.account.read();
    const waiting = this.#link ? this.#sent - (worker?.taken ?? 0) : 0;
    const own = this.#ownSink?.stats();
    const room = this.#link?.room;
    // What the own sink has read back, it has accepted itself.
    const moved = Math.min(this.#left, this.#ownSink?.spool?.inherited ?? 0);
    const reports = [worker?.report, own].filter((report) => report !== undefined);
    const sum = (read: (report: DeliveryReport) => number): number =>
      reports.reduce((total, report) => total + read(report), 0);
    return {
      ...totalAccount([this.#ledger.account(0), between(waiting, this.#left, moved), ...reports]),
      logGroupName,
      logStreamName,
      calls: sum(({ calls }) => calls),
      oversize: {
        truncate: this.#oversize.truncate + sum(({ oversize }) => oversize.truncate),
        split: this.#oversize.split + sum(({ oversize }) => oversize.split),
        drop: this.#oversize.drop + sum(({ oversize }) => oversize.drop),
      },
      adopted: sum(({ adopted }) => adopted) - moved,
      spoolBytes: sum(({ spoolBytes }) => spoolBytes),
      pendingBytes: room ? room.waiting.bytes + room.held.bytes : (own?.pendingBytes ?? 0),
      circuitBreaker: (own ?? worker?.report)?.circuitBreaker ?? 'closed',
    };
  }

  /** How delivery goes, from what is known here: no call is made for it. */
  health(): SinkHealth {
    const health = this.#ownSink?.health() ?? this.#link?.account.read()?.health;
    return this.#isClosing ? { ...health, state: 'closed' } : (health ?? { state: 'healthy' });
  }

  /** Whether so much is waiting that a producer who can wait should wait, with {@link WorkerSink.ready}. */
  get needsDrain(): boolean {
    if (this.#ownSink) return this.#ownSink.needsDrain;
    const { maxQueueBytes, maxQueueEvents } = this.#settings;
    const { bytes, events } = this.#link?.room.waiting ?? { bytes: 0, events: 0 };
    if (bytes > maxQueueBytes * HIGH_WATER || events > maxQueueEvents * HIGH_WATER) return true;
    return this.#link?.account.read()?.needsDrain ?? false;
  }

  /** Resolves once {@link WorkerSink.needsDrain} is false. */
  async ready(): Promise<void> {
    await this.#progress.until(() => !this.needsDrain || this.#ownSink !== undefined);
    await this.#ownSink?.ready();
  }

  #drop(reason: string, timeMs: number): void {
    this.#ledger.accept();
    this.#ledger.drop(reason, 1);
    if (reason !== 'closed') this.#losses.add({ reason, count: 1, fromMs: timeMs, toMs: timeMs });
    this.#report(`dropped.${reason}`, `1 log event(s) dropped before the worker thread: ${reason}`);
  }

  /** Whoever delivers tells of a loss in the stream itself, once there is room. */
  #tellLosses(): void {
    for (const loss of this.#losses.take()) {
      if (this.#ownSink) this.#ownSink.tellLoss(loss);
      else this.#link!.tell(loss);
    }
  }

  /** From here on a sink of this thread delivers. What the worker had taken and not settled is in its spool, or lost. */
  #takeOver(reason: string): void {
    const link = this.#link;
    this.#link = undefined;
    link?.terminate();
    this.#ownSink = this.#sinkHere(link?.account.read()?.spool?.path);
    this.#report('worker', `${reason}; delivery goes on in the application's own thread`);
    if (link) this.#inherit(link);
    this.#tellLosses();
    this.#progress.made();
  }

  #sinkHere(predecessor?: string): CloudWatchSink {
    return new CloudWatchSink({ ...this.#settings, env: {} }, { predecessor });
  }

  #inherit(link: WorkerLink): void {
    const untaken = link.untaken();
    const last = link.account.read();
    const unheard = link.account.taken - (last?.taken ?? 0);
    const unsettled = unheard + (last?.report.pending ?? 0);
    const written = link.account.written - (last?.spool?.written ?? 0);
    const onDisk = Math.min(unsettled, written + (last?.spool?.backed ?? 0));
    const lost = unsettled - onDisk;
    if (last)
      this.#lastWords = { ...last, report: { ...last.report, pending: 0, spooled: 0, spoolBytes: 0 } };
    this.#ledger.accept(unheard);
    this.#left = (last?.report.spooled ?? 0) + onDisk;
    this.#ledger.drop('workerLost', lost);
    if (lost > 0) {
      this.#report('dropped.workerLost', `${lost} log event(s) were with the worker thread when it was lost`);
    }
    for (const event of untaken) this.#ownSink!.writeEvent(event);
    for (let event = this.#held.shift(); event; event = this.#held.shift()) this.#ownSink!.writeEvent(event);
  }

  /** A program that just ends is kept alive until everything is delivered, for a while. */
  #beforeExit(): void {
    // After a drain that failed, the end of the program is not put off again. A sink of this thread has its own task.
    if (!this.#hasDrained || !this.#link || this.stats().pending === 0) return;
    this.#hasDrained = false;
    void this.flush({ deadlineMs: this.#shutdownDeadlineMs }).then(
      (report) => (this.#hasDrained = report.pending === 0),
    );
  }

  /** Stops this thread until the worker has settled everything: it delivers until the deadline, then it diverts. */
  #exit(): void {
    const link = this.#link;
    if (!link || link.account.isClosed) return;
    const deadlineMs = this.#hasDrained ? this.#exitDeadlineMs : 0;
    const untilMs = Date.now() + deadlineMs + GRACE_MS;
    try {
      for (let line = this.#held.shift(); line; line = this.#held.shift()) link.send(line);
      this.#tellLosses();
      link.request('exit', deadlineMs);
      link.sendNow();
    } catch {
      // It says nothing more; what it has not taken is diverted below.
    }
    if (!link.account.waitClosed(Math.max(0, untilMs - Date.now()))) {
      this.#takeOver('the worker thread did not answer when the process ended');
    }
    // Further exit listeners of the application may log, too. As a task that joins last, this sink is told of the end next.
    this.#ownSink ??= this.#sinkHere();
  }
}

/** An event with its own memory. */
function kept(event: LogEvent): LogEvent {
  return { ...event, encoded: Buffer.from(event.encoded.subarray(0, event.encodedBytes)) };
}

/** Lines on their way, and what the worker left on disk, less what the own sink has moved and accepted as its own. */
function between(waiting: number, left: number, moved: number): Account {
  const none = { total: 0, byReason: {} };
  return {
    accepted: waiting - moved,
    delivered: 0,
    rejected: none,
    spooled: left - moved,
    diverted: none,
    dropped: none,
    pending: waiting,
  };
}

function leftOf(deadlineMs: number, startedMs: number): number {
  return Math.max(0, deadlineMs - (Date.now() - startedMs));
}
