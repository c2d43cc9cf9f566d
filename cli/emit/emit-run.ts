import { PassThrough } from 'node:stream';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { Failure } from '../failure.js';
import { counted } from '../terminal/counted.js';
import { END_SIGNALS, endNow, type EndSignal, listenForEnd, statusOfEnd } from '../terminal/ending.js';
import { Progress } from '../terminal/progress.js';
import { accountLine, progressLine, undelivered } from './account.js';
import { Emission } from './emission.js';
import type { EmitSettings } from './emit-settings.js';
import { FirstFailure } from './first-failure.js';
import type { Input } from './input.js';
import { openOutlet, type Outlet, type OutletOptions } from './outlet.js';
import { Tee } from './tee.js';

export interface RunOptions extends OutletOptions {
  readonly tee: boolean;
  readonly isVerbose: boolean;
  /** How long the end waits for deliveries. */
  readonly deadlineMs: number;
}

/** How long an event waits for a further line. */
const IDLE_MS = 1_000;

const PROGRESS_MS = 250;

/** One run of the command, from the first byte to the account. */
export class EmitRun {
  readonly #options: RunOptions;
  readonly #outlet: Outlet;
  readonly #firstFailure: FirstFailure;
  readonly #progress = new Progress();
  readonly #stop = new AbortController();
  #fatal: Failure | undefined;
  #signal: EndSignal | undefined;

  /** @throws Failure for settings that are malformed */
  constructor(settings: EmitSettings, options: RunOptions) {
    this.#options = options;
    this.#firstFailure = new FirstFailure(
      () => this.#outlet.sink.stats().delivered > 0,
      (failure) => this.#giveUp(failure),
    );
    this.#outlet = openOutlet(settings, options, {
      onDiagnostic: (diagnostic) => this.#firstFailure.hear(diagnostic),
      mayWrite: () => this.#mayWrite(),
      onReplaced: () =>
        this.#say('warning: the input has bytes that are no UTF-8; U+FFFD takes their place.'),
    });
  }

  /**
   * Resolves to the exit status once everything is settled.
   *
   * @throws Failure if nothing can be delivered, or an input cannot be read
   */
  async run(inputs: readonly Input[]): Promise<number> {
    const release = this.#listen();
    const timer = this.#showProgress();
    const reading = await this.#emission(inputs)
      .run()
      .catch((error: unknown) => ({ error }));
    const { deadlineMs } = this.#options;
    const report = await this.#outlet.sink.close({ deadlineMs: this.#fatal ? 0 : deadlineMs });
    clearInterval(timer);
    this.#progress.clear();
    release();
    if (this.#fatal) throw this.#failure(this.#fatal, report);
    this.#account(report);
    if (reading) throw reading.error;
    return this.#status(report);
  }

  #emission(inputs: readonly Input[]): Emission {
    const tee = this.#options.tee
      ? new Tee(process.stdout, (reason) => this.#say(`warning: ${reason}; delivery goes on.`))
      : undefined;
    return new Emission({
      ...this.#outlet,
      inputs,
      tee,
      firstFailure: this.#firstFailure,
      signal: this.#stop.signal,
      idleMs: IDLE_MS,
    });
  }

  /** A signal ends reading, and a second one the process: what is left goes to the spool or to stderr then. */
  #listen(): () => void {
    // An end of stdout is none of this command.
    const ending = listenForEnd(new PassThrough());
    ending.signal.addEventListener('abort', () => {
      this.#signal = ending.signal.reason as EndSignal;
      for (const name of END_SIGNALS) process.on(name, endNow);
      this.#announceEnd();
      this.#stop.abort();
    });
    return () => {
      ending.release();
      for (const name of END_SIGNALS) process.off(name, endNow);
    };
  }

  #announceEnd(): void {
    const { pending } = this.#outlet.sink.stats();
    if (pending === 0 || !process.stderr.isTTY) return;
    const seconds = this.#options.deadlineMs / 1_000;
    this.#say(`delivering ${counted(pending, 'event')} for up to ${seconds} s; Ctrl-C again ends at once`);
  }

  #showProgress(): NodeJS.Timeout {
    const beganMs = performance.now();
    const { sink, lines } = this.#outlet;
    return setInterval(
      () => this.#progress.show(progressLine(lines.read, sink.stats(), performance.now() - beganMs)),
      PROGRESS_MS,
    );
  }

  #giveUp(failure: Failure): void {
    this.#fatal ??= failure;
    this.#stop.abort();
  }

  /** The failure says all that there is to say. */
  #mayWrite(): boolean {
    this.#progress.clear();
    return this.#fatal === undefined;
  }

  #failure({ message }: Failure, report: DeliveryReport): Failure {
    const kept =
      report.spooled > 0 ? ` ${counted(report.spooled, 'event')} that were read are in the spool.` : '';
    const lost = undelivered(report) - report.spooled;
    const gone = lost > 0 ? ` Nothing was delivered; ${counted(lost, 'event')} had been read.` : '';
    return new Failure(`${message}.${kept}${gone}`);
  }

  #account(report: DeliveryReport): void {
    const isWanted = this.#options.isVerbose || process.stderr.isTTY || undelivered(report) > 0;
    if (isWanted) this.#say(accountLine(this.#outlet.lines.read, report));
  }

  /** A process that a signal ended after everything was delivered ends by that signal, as its parent expects. */
  #status(report: DeliveryReport): number {
    if (undelivered(report) > 0) return 1;
    if (this.#signal === undefined) return 0;
    process.kill(process.pid, this.#signal);
    return statusOfEnd(this.#signal);
  }

  #say(text: string): void {
    this.#progress.clear();
    process.stderr.write(`${text}\n`);
  }
}
