/**
 * What the worker thread runs. It is a door of the package, because a bundle needs it as a second file; an application
 * never imports it.
 */
import { EventEmitter } from 'node:events';
import { parentPort } from 'node:worker_threads';
import type { CloudWatchValues } from '../../contract/sections.js';
import { onProcessEnd } from '../io/exit-hook.js';
import { CloudWatchSink } from '../sink.js';
import type { SpoolState } from '../spool/spool.js';
import { leaveEarlyExitHook } from './early-exit-hook.js';
import { FrameReader, type Request } from './frames.js';
import { startLibrarySide } from './library-side.cjs';
import { SharedAccount } from './shared-account.js';
import { SharedRoom } from './shared-room.js';

/** What the worker is started with. */
export interface WorkerData {
  readonly settings: CloudWatchValues;
  readonly account: SharedArrayBuffer;
  readonly room: SharedArrayBuffer;
}

/** How old the account of a worker that has something to do may be. */
const PUBLISH_MS = 50;

/** How long a close that was asked for before, with more time, may go on after the deadline of an exit. */
const EXIT_GRACE_MS = 100;

/** The end of the line: a sink of this thread's own, and an account of it that the other thread sees. */
class WorkerDestination extends EventEmitter {
  readonly #sink: CloudWatchSink;
  readonly #account: SharedAccount;
  readonly #room: SharedRoom;
  readonly #frames = new FrameReader();
  #publishing: NodeJS.Timeout | undefined;
  #neededDrain = false;

  constructor({ settings, account, room }: WorkerData) {
    super();
    this.#account = new SharedAccount(account);
    this.#room = new SharedRoom(settings, room);
    this.#sink = new CloudWatchSink(
      { ...settings, env: {}, onDiagnostic: (diagnostic) => tell('fapilog:diagnostic', diagnostic) },
      { memory: this.#room },
    );
    // After the sink's own, which settles what it has.
    onProcessEnd({ beforeExit: () => undefined, exit: () => this.#finish() });
    leaveEarlyExitHook();
    this.#publish();
  }

  /** Takes text as the library hands it over, cut anywhere. */
  write(text: string): boolean {
    for (const frame of this.#frames.take(text)) {
      if ('event' in frame) {
        this.#room.take(frame.frameBytes, () => this.#sink.writeEvent(frame.event));
        this.#account.took(this.#sink.spool?.written);
      } else if ('loss' in frame) this.#sink.tellLoss(frame.loss);
      else void this.#answer(frame);
    }
    this.#publish();
    return true;
  }

  end(): void {
    clearTimeout(this.#publishing);
    this.emit('close');
  }

  async #answer({ kind, id, deadlineMs }: Request): Promise<void> {
    if (kind === 'flush') {
      await this.#sink.flush(deadlineMs === Infinity ? {} : { deadlineMs });
      this.#publish();
    } else {
      // The exit of this thread settles what a close that began earlier still waits for.
      if (kind === 'exit') setTimeout(() => process.exit(), deadlineMs + EXIT_GRACE_MS);
      await this.#sink.close({ deadlineMs });
      this.#finish();
    }
    tell('fapilog:answer', id);
  }

  #finish(): void {
    this.#publish();
    this.#account.close();
  }

  get #spoolState(): SpoolState | undefined {
    const { spool } = this.#sink;
    if (!spool) return undefined;
    const { path, written, backed, inherited } = spool;
    return { path, written, backed, inherited };
  }

  /** As long as something is pending, the account changes by itself. */
  #publish(): void {
    clearTimeout(this.#publishing);
    const { needsDrain } = this.#sink;
    const report = this.#sink.stats();
    this.#account.publish({
      taken: this.#account.taken,
      report,
      health: this.#sink.health(),
      needsDrain,
      spool: this.#spoolState,
    });
    if (needsDrain !== this.#neededDrain) tell('fapilog:drain', needsDrain);
    this.#neededDrain = needsDrain;
    if (report.pending > 0) this.#publishing = setTimeout(() => this.#publish(), PUBLISH_MS);
  }
}

function tell(name: string, message: unknown): void {
  // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
  parentPort?.postMessage({ code: 'EVENT', name, args: [message] });
}

export default function startWorker(data: WorkerData): WorkerDestination {
  return new WorkerDestination(data);
}

// After the exit hook has been joined, as it wants it.
startLibrarySide();
