import { channel } from 'node:diagnostics_channel';
import { afterwards } from './afterwards.js';
import type { Clock } from './clock.js';
import { keptByLambda } from './lambda-logging.js';
import { isTornDown } from './late-modules.cjs';
import { quietly } from './quietly.js';
import { hasStack } from './stack.js';

/** A report of the sink about itself, for the operator. */
export interface Diagnostic {
  /** Stable, for tests and filters. */
  readonly code: string;
  /** A sentence: what happened, and what to do about it. */
  readonly message: string;
  /** Reports of this code since one was last written to stderr, this one included. */
  readonly occurrences: number;
}

/** Reports trouble to the operator, not through the logger: a stable code and a sentence. Never throws. */
export type Report = (code: string, message: string) => void;

/** Is called with each report. What it throws is ignored. */
export type DiagnosticHook = (diagnostic: Diagnostic) => void;

/** The name of the `node:diagnostics_channel` that carries every diagnostic. Stderr gets each code once a minute. */
export const DIAGNOSTICS_CHANNEL = 'fapilog-cloudwatch';

const QUIET_MS = 60_000;

/** Reports that are being told to listeners, of all sinks and loggers. */
let telling = 0;

/** Whether a listener is hearing a report now: what it prints is of this package, not of the application. */
export function isTelling(): boolean {
  return telling > 0;
}

interface Occurrences {
  writtenAtMs: number;
  count: number;
}

/** Reports the sink's own trouble: to the channel, to the hook and to stderr, never through the sink. Never throws. */
export class Diagnostics {
  readonly #clock: Clock;
  readonly #writeError: (line: string) => void;
  readonly #hook: DiagnosticHook | undefined;
  readonly #occurrences = new Map<string, Occurrences>();
  /**
   * Whether reports wait for {@link Diagnostics.reportHeld}, so that no listener runs in between. A field, because setting it
   * back must not need a call: the stack may be full.
   */
  isHolding = false;
  #isPublishing = false;
  #held: [code: string, message: string][] = [];
  readonly #reportLater = afterwards(() => this.reportHeld());

  constructor(clock: Clock, writeError: (line: string) => void, hook?: DiagnosticHook) {
    this.#clock = clock;
    this.#writeError = writeError;
    this.#hook = hook;
  }

  /** Whether a report was held back. */
  get hasHeld(): boolean {
    return this.#held.length > 0;
  }

  reportHeld(): void {
    if (this.isHolding || !hasStack('aChange')) return;
    // Those that are held again meanwhile wait for the next time.
    for (const [code, message] of this.#held.splice(0)) this.report(code, message);
  }

  report(code: string, message: string): void {
    if (this.isHolding) {
      this.#held.push([code, message]);
      return;
    }
    // What a listener of the channel throws ends the process, and on a full stack every listener throws.
    if (!hasStack('aChange')) {
      this.#held.push([code, message]);
      quietly(this.#reportLater);
      return;
    }
    const occurrences = this.#occurrences.get(code) ?? { writtenAtMs: -Infinity, count: 0 };
    this.#occurrences.set(code, occurrences);
    occurrences.count++;
    const diagnostic = { code, message, occurrences: occurrences.count };
    this.#publish(diagnostic);
    const now = this.#clock.monotonic();
    if (now - occurrences.writtenAtMs < QUIET_MS || isTornDown()) return;
    quietly(() => this.#writeError(`${keptByLambda(textOf(diagnostic), this.#clock.now())}\n`));
    this.#occurrences.set(code, { writtenAtMs: now, count: 0 });
  }

  /** Publishes nothing while a listener runs: one that logs could cause report after report without end. */
  #publish(diagnostic: Diagnostic): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    telling++;
    try {
      quietly(() => channel(DIAGNOSTICS_CHANNEL).publish(diagnostic));
      quietly(() => this.#hook?.(diagnostic));
    } finally {
      this.#isPublishing = false;
      telling--;
    }
  }
}

function textOf({ code, message, occurrences }: Diagnostic): string {
  const again = occurrences > 1 ? ` (${occurrences} times)` : '';
  return `fapilog-cloudwatch: ${message} [${code}]${again}`;
}
