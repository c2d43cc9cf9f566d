import { channel } from 'node:diagnostics_channel';
import type { Clock } from './clock.js';
import { quietly } from './quietly.js';

/** Something that the operator should know about the sink. */
export interface Diagnostic {
  /** Stable, for tests and filters. */
  readonly code: string;
  readonly message: string;
  /** How often the same code came up since it was last written to stderr, this time included. */
  readonly occurrences: number;
}

/** Reports trouble to the operator, not through the logger. */
export type Report = (code: string, message: string) => void;

export type DiagnosticHook = (diagnostic: Diagnostic) => void;

/** Subscribers get every diagnostic; stderr gets each code once a minute. */
export const DIAGNOSTICS_CHANNEL = 'fapilog-cloudwatch';

const QUIET_MS = 60_000;

interface Heard {
  writtenAtMs: number;
  since: number;
}

/** The sink's own voice. It never goes through the sink itself, and never throws. */
export class Diagnostics {
  readonly #clock: Clock;
  readonly #writeError: (line: string) => void;
  readonly #hook: DiagnosticHook | undefined;
  readonly #heard = new Map<string, Heard>();
  #isPublishing = false;
  #isHolding = false;
  #held: [code: string, message: string][] = [];

  constructor(clock: Clock, writeError: (line: string) => void, hook?: DiagnosticHook) {
    this.#clock = clock;
    this.#writeError = writeError;
    this.#hook = hook;
  }

  /** Keeps to itself what is reported from here to {@link Diagnostics.release}, so that no listener comes in between. */
  hold(): void {
    this.#isHolding = true;
  }

  release(): void {
    this.#isHolding = false;
    if (this.#held.length === 0) return;
    const held = this.#held;
    this.#held = [];
    for (const [code, message] of held) this.report(code, message);
  }

  report(code: string, message: string): void {
    if (this.#isHolding) {
      this.#held.push([code, message]);
      return;
    }
    const heard = this.#heard.get(code) ?? { writtenAtMs: -Infinity, since: 0 };
    this.#heard.set(code, heard);
    heard.since++;
    const diagnostic = { code, message, occurrences: heard.since };
    this.#publish(diagnostic);
    const now = this.#clock.now();
    if (now - heard.writtenAtMs < QUIET_MS) return;
    quietly(() => this.#writeError(lineOf(diagnostic)));
    this.#heard.set(code, { writtenAtMs: now, since: 0 });
  }

  /** A listener that logs what it hears must not make the sink's trouble endless: listeners do not hear what that causes. */
  #publish(diagnostic: Diagnostic): void {
    if (this.#isPublishing) return;
    this.#isPublishing = true;
    try {
      quietly(() => channel(DIAGNOSTICS_CHANNEL).publish(diagnostic));
      quietly(() => this.#hook?.(diagnostic));
    } finally {
      this.#isPublishing = false;
    }
  }
}

function lineOf({ code, message, occurrences }: Diagnostic): string {
  const again = occurrences > 1 ? ` (${occurrences} times)` : '';
  return `fapilog-cloudwatch: ${message} [${code}]${again}\n`;
}
