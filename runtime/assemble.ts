import { assertNoProblems } from '../contract/problems.js';
import type { CloudWatchValues } from '../contract/sections.js';
import { Ledger } from './ack/ledger.js';
import { Losses } from './ack/losses.js';
import { Progress } from './ack/progress.js';
import { Settler } from './ack/settler.js';
import { Batcher } from './batch/batcher.js';
import type { Target } from './batch/target.js';
import { Window, type OutOfWindow } from './batch/window.js';
import { logsPort } from './client.js';
import type { ServiceSettings, SinkEdges } from './edges.js';
import { announceEntity } from './enrich/entity.js';
import { Entry } from './entry.js';
import { systemClock, type Clock, type Moment } from './io/clock.js';
import { afterwards } from './io/afterwards.js';
import { Diagnostics, type Report } from './io/diagnostics.js';
import { ServiceClock } from './io/service-clock.js';
import { writeStderr as writeToStderr } from './io/stderr.js';
import { DeliveryQueue } from './queue/delivery-queue.js';
import { Room } from './queue/room.js';
import { assembleSender, type SendStage } from './send/assemble-sender.js';
import type { ClientOptions } from './send/client-options.js';
import { configuredEndpoint } from './send/configured-endpoint.js';
import { protocolOf, proxyNotice } from './send/environment-proxy.js';
import { FailureReport } from './send/failure-report.js';
import { hasOwnConnections, hasOwnCredentials, type GivenClient } from './send/given-client.js';
import type { LogsPort } from './send/port.js';
import { RESTRAINT } from './send/restraint.js';
import { Intake } from './serialize/intake.js';
import type { CloudWatchSinkOptions } from './sink-options.js';
import { Replay } from './spool/replay.js';
import { Spool, spoolDirProblems, type SpoolParts } from './spool/spool.js';
import { isEndangered, warnOfThread } from './threads/thread-warning.js';
import { drainAtExit } from './worker/exit-drain.js';
import { WorkerPort } from './worker/worker-port.js';

export interface StageParts {
  readonly settings: CloudWatchValues;
  /** @default - calls name no service */
  readonly service?: ServiceSettings | undefined;
  readonly target: Target;
  /** What the application gave to make the calls with. */
  readonly given?: GivenClient | undefined;
  readonly hooks: Pick<CloudWatchSinkOptions, 'onDiagnostic' | 'onRejected'>;
  readonly edges: Partial<SinkEdges>;
  /** Called before an event is accepted. */
  readonly onEvent: () => unknown;
  /** Called after events left the queue, before those who wait for it go on. */
  readonly onSettled: () => unknown;
}

/** The stages of delivery, tied to each other. */
export interface Stages {
  readonly clock: Clock;
  readonly diagnostics: Diagnostics;
  readonly intake: Intake;
  readonly entry: Entry;
  readonly room: Room;
  readonly batcher: Batcher;
  readonly queue: DeliveryQueue;
  readonly send: SendStage;
  readonly settler: Settler;
  readonly failures: FailureReport;
  readonly ledger: Ledger;
  readonly losses: Losses;
  readonly progress: Progress;
  readonly spool: Spool | undefined;
  readonly port: LogsPort;
  /** PutLogEvents calls made. */
  readonly calls: () => number;
  /** Whether nothing waits, neither in memory nor, while the service takes it, on disk. */
  readonly isDrained: () => boolean;
  /** Ends delivery now, and lets what is not settled be given up for this reason. */
  readonly stop: (reason: string) => void;
  /**
   * Begins to deliver what is left while the process exits, which only a worker thread can. Returns what waits for it.
   */
  readonly deliverAtExit: () => (() => void) | undefined;
}

/** The longest that a process which exits waits for its worker thread, unless it is told otherwise. */
const MAX_EXIT_MS = 5_000;

/**
 * Builds the stages and ties them. A stage knows its neighbours by what it calls, never by where they come from.
 *
 * @throws SettingsError if the directory of the spool is no safe one.
 */
export function assemble(parts: StageParts): Stages {
  const { settings, target, given, hooks, edges } = parts;
  assertNoProblems(settings.spoolDir === undefined ? [] : spoolDirProblems(settings.spoolDir));
  const { clock = systemClock, writeStderr = writeToStderr, random = Math.random } = edges;
  const { restraint = RESTRAINT } = edges;
  const diagnostics = new Diagnostics(clock, writeStderr, hooks.onDiagnostic);
  const report: Report = (code, message) => diagnostics.report(code, message);
  const serviceClock = new ServiceClock(clock, diagnostics);
  const window = new Window(settings.retentionInDays);
  const excludes = (timestamp: number): OutOfWindow | undefined =>
    window.excludes(timestamp, serviceClock.now());
  const ledger = new Ledger();
  const losses = new Losses(ledger, report);
  const progress = new Progress(clock);
  const failures = new FailureReport(diagnostics, target, clock, () => ({
    region: settings.region,
    endpointUrl: settings.endpointUrl,
    hasOwnConnections: hasOwnConnections(given),
    hasOwnCredentials: hasOwnCredentials(given),
    env: process.env,
    skewMs: serviceClock.skewMs,
  }));
  const queue = new DeliveryQueue();
  const onServiceDate = (dateMs: number, sent: Moment): void => serviceClock.observe(dateMs, sent);
  const client = { settings, given, report, onServiceDate, clock };
  const worker = edges.worker && makeWorkerPort(parts, client, report);
  const port = edges.port ?? worker ?? logsPort(client);
  const intake = new Intake({
    oversizeAction: settings.oversizeAction,
    report,
    enter: (event) => entry.enter(event),
    ledger,
    drop: (reason, timeMs) => losses.drop(reason, timeMs),
  });
  const settler = new Settler({
    ledger,
    clock,
    diagnostics,
    writeStderr,
    onRejected: hooks.onRejected,
    keep(batch) {
      const isKept = spool?.keep(batch) ?? false;
      if (isKept) replay?.failed(batch.target);
      return isKept;
    },
    onDelivered: (delivered) => replay?.recovered(delivered),
  });
  const send = assembleSender({
    settings,
    target,
    port,
    hasOwnClient: given !== undefined,
    queue,
    settlement: settler,
    failures,
    report,
    sealDue: () => batcher.sealDue(),
    restraint,
    excludes,
    onSettled() {
      parts.onSettled();
      replay?.pump();
      // At last, because whoever waits for the end goes on when nothing is pending.
      progress.made();
    },
    onPaused: () => progress.made(),
    clock,
    random,
  });
  const wakeSender = afterwards(() => {
    send.sender.prune();
    send.sender.pump();
    progress.made();
  });
  const batcher = new Batcher(target, batcherOptions(settings), clock, {
    added: (event) => spool?.append(event, batcher.open.target),
    sealed(batch) {
      // First, so that no batch is in the queue of which the sender does not hear.
      wakeSender();
      const delivery = queue.push(batch, clock.monotonic());
      try {
        if (spool) delivery.batch = spool.sealed(batch);
      } catch {
        // The batch is handed over by now: it must not stay where it was, too.
      }
    },
    due: () => send.sender.pump(),
  });
  if (parts.service && settings.entity && settings.level !== 'silent')
    announceEntity(
      { ...parts.service, env: process.env, clock, report },
      (entityText) => (batcher.open.target = { ...target, entityText }),
    );
  const spool = makeSpool(
    parts,
    { ledger, losses, clock, diagnostics },
    {
      isWelcome: (tag) => replay?.mayGo(tag) ?? true,
      onFound() {
        replay?.found();
        progress.made();
      },
    },
  );
  const room = new Room({
    settings,
    queue,
    unsealed: batcher,
    keep: spool && ((batch) => spool.keep(batch)),
    onLeft(removed) {
      if (removed) {
        const { count, firstTimestamp: fromMs, lastTimestamp: toMs } = removed;
        losses.note({ reason: 'queueFull', count, fromMs, toMs });
        removed.backing?.release(count);
      }
      wakeSender();
    },
  });
  const replay = spool && makeReplay(spool, { queue, room, send, progress, clock });
  const onEvent = withWarning(parts, report);
  const notice = proxyNotice(
    process.env,
    protocolOf(settings.endpointUrl ?? configuredEndpoint(process.env)),
  );
  const isHeeded = settings.level !== 'silent' && !hasOwnConnections(given);
  if (notice !== undefined && isHeeded) report('proxy', notice);
  const entry = new Entry({
    target,
    clock,
    diagnostics,
    ledger,
    losses,
    settler,
    room,
    batcher,
    spool,
    excludes,
    onEvent,
  });
  let callsAtExit = 0;
  return {
    clock,
    diagnostics,
    intake,
    entry,
    room,
    batcher,
    queue,
    send,
    settler,
    failures,
    ledger,
    losses,
    progress,
    spool,
    port,
    calls: () => send.caller.calls + callsAtExit,
    isDrained() {
      if (replay?.isMoving) return room.held.events === 0 && !replay.isActive;
      // What is on disk too is left there.
      return room.held.events === (spool?.replayingEvents ?? 0);
    },
    stop(reason) {
      replay?.stop();
      spool?.hurry();
      batcher.seal();
      send.sender.stop(reason);
      spool?.close();
    },
    deliverAtExit() {
      if (!worker) return undefined;
      const drained = drainAtExit(
        { port: worker, queue, settlement: settler, failures },
        exitDeadlineMs(parts),
      );
      return () => (callsAtExit += drained());
    },
  };
}

/** In the main thread, an event costs nothing more. */
function withWarning({ settings, edges, onEvent }: StageParts, report: Report): () => unknown {
  if (edges.isClosedBeforeEnd || !isEndangered(settings)) return onEvent;
  return () => {
    warnOfThread(report);
    onEvent();
  };
}

function exitDeadlineMs({ settings, edges }: StageParts): number {
  return edges.worker?.exitDeadlineMs ?? Math.min(MAX_EXIT_MS, settings.shutdownDeadlineSeconds * 1_000);
}

function makeWorkerPort(
  { settings, target, edges }: StageParts,
  client: ClientOptions,
  report: Report,
): WorkerPort {
  return new WorkerPort({
    settings: { ...settings, logStreamName: target.logStreamName },
    file: edges.worker?.file,
    makeOwnPort: () => logsPort(client),
    onServiceDate: client.onServiceDate,
    report,
  });
}

function batcherOptions({ batchSize, batchTimeoutSeconds, spoolDir, spoolMode }: CloudWatchValues) {
  // An event that is written down as it comes stays in the segment of its batch.
  const mayLeave = spoolDir === undefined || spoolMode !== 'always';
  return { batchSize, lingerMs: batchTimeoutSeconds * 1_000, mayLeave };
}

function makeSpool(
  { settings, target }: StageParts,
  { ledger, losses, clock, diagnostics }: Pick<Stages, 'ledger' | 'losses' | 'clock' | 'diagnostics'>,
  hooks: Pick<SpoolParts, 'isWelcome' | 'onFound'>,
): Spool | undefined {
  const { spoolDir: directory, spoolMode: mode, spoolMaxBytes: maxBytes, spoolFsync: fsync } = settings;
  if (directory === undefined) return undefined;
  return new Spool(
    { directory, mode, maxBytes, fsync },
    { target, clock, ledger, diagnostics, onLost: (loss) => losses.note(loss), ...hooks },
  );
}

function makeReplay(
  spool: Spool,
  { queue, room, send, progress, clock }: Pick<Stages, 'queue' | 'room' | 'send' | 'progress' | 'clock'>,
): Replay {
  return new Replay({
    spool,
    clock,
    isWell: () => send.breaker.admits && !send.sender.isBackingOff,
    // At least half of the calls are for live events.
    maxBatches: () => Math.max(1, send.concurrency.limit >> 1),
    hasRoom: (bytes, events) => room.hasSpare({ bytes, events }),
    fits: (batches) =>
      room.takes({
        bytes: batches.reduce((sum, { heldBytes }) => sum + heldBytes, 0),
        events: batches.reduce((sum, { count }) => sum + count, 0),
      }),
    enter(batch) {
      queue.push(batch, clock.monotonic());
      send.sender.pump();
    },
    isAlone: () => room.held.events === spool.replayingEvents,
    onLooked: () => progress.made(),
  });
}
