import type { Clock } from '../../runtime/io/clock.js';
import { traits, verdictOfError } from '../../runtime/send/verdict.js';
import { answerOf } from '../aws/call-failure.js';
import { wait } from './wait.js';

/** What a caller needs besides the call. */
export interface CallerOptions {
  readonly clock: Clock;
  /** Aborted once the command is to end. */
  readonly signal: AbortSignal;
  /** Least time between the beginnings of two calls. */
  readonly spacingMs: number;
  /** Takes a line for the user. */
  readonly notice: (line: string) => void;
}

const FIRST_DELAY_MS = 1_000;
/** A service that limits calls has to be left alone for longer. */
const FIRST_THROTTLED_DELAY_MS = 2_000;
const MOST_DELAY_MS = 30_000;

/**
 * Makes one call after the other, at a distance, and repeats those that fail for a while: on a broken connection, at a limit of calls a
 * second, while the service is unavailable. It says so each time.
 */
export class PatientCaller {
  readonly #options: CallerOptions;
  #nextAtMs = -Infinity;

  constructor(options: CallerOptions) {
    this.#options = options;
  }

  /** Throws what waiting does not mend, and anything once the command is to end. */
  async call<Answer>(what: string, work: () => Promise<Answer>): Promise<Answer> {
    const { clock, signal } = this.#options;
    for (let failures = 0; ; failures += 1) {
      await this.#turn();
      signal.throwIfAborted();
      try {
        return await work();
      } catch (error) {
        if (signal.aborted || !(error instanceof Error) || !isPassing(error)) throw error;
        await wait(clock, this.#announced(what, error, failures), signal);
      }
    }
  }

  /** Says that the call is repeated, and returns after how many milliseconds. */
  #announced(what: string, error: Error, failures: number): number {
    const delayMs = repeatDelayMs(error, failures);
    this.#options.notice(`${what}: ${answerOf(error)}; trying again in ${delayMs / 1_000} s`);
    return delayMs;
  }

  async #turn(): Promise<void> {
    const { clock, signal, spacingMs } = this.#options;
    await wait(clock, this.#nextAtMs - clock.monotonic(), signal);
    this.#nextAtMs = clock.monotonic() + spacingMs;
  }
}

/** The delay before a call is repeated that has failed before. */
export function repeatDelayMs(error: unknown, failures: number): number {
  const first = isThrottled(error) ? FIRST_THROTTLED_DELAY_MS : FIRST_DELAY_MS;
  return Math.min(MOST_DELAY_MS, first * 2 ** failures);
}

/** Whether the same call may succeed later without anybody's help. */
export function isPassing(error: unknown): boolean {
  if (isThrottled(error)) return true;
  const verdict = verdictOfError(error);
  if (verdict.kind !== 'retry' || verdict.ladder !== 'transient') return false;
  const { status } = traits(error);
  return status === undefined ? isOfNetwork(error) : status >= 500;
}

function isThrottled(error: unknown): boolean {
  const verdict = verdictOfError(error);
  return verdict.kind === 'retry' && verdict.ladder === 'throttle';
}

/** Errors of connections have a code. Those of programs have one, too, which begins with `ERR_`. */
function isOfNetwork(error: unknown): boolean {
  const { reason } = traits(error);
  return /^(E[A-Z_]+|TimeoutError|RequestTimeout)$/.test(reason) && !reason.startsWith('ERR_');
}
