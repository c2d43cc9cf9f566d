import { LEVELS } from '../../contract/levels.js';
import { onProcessEnd, type ExitPart } from '../io/exit-hook.js';
import { MAX_HELD_CHARACTERS } from '../plugins/held-records.js';
import type { Onward } from './onward.js';

/** A buffer with lines that wait. */
interface HoldingBuffer {
  readonly count: number;
  leaveOutOldest(): void;
  release(only?: Onward): void;
}

/** Higher than any level. */
const NO_RANK = LEVELS.length;

/** What the scopes of a process want and hold together, until they end. */
export class OpenBuffers {
  /** The lowest level that any scope wants. A log call below it need not look for its scope. */
  lowestRank: number = NO_RANK;
  /** Whether the process ends now: nothing waits any more, because no scope will end. */
  isOver = false;
  /** Number of scopes by the lowest level that they want. */
  readonly #open = LEVELS.map(() => 0);
  /** Those in which lines wait, in the order of their oldest lines. */
  readonly #holding = new Set<HoldingBuffer>();
  readonly #maxCharacters: number;
  #characters = 0;
  #processEnd: ExitPart | undefined;
  /** Whether a logger has closed since a scope was opened. */
  #hasClosed = false;

  /** @param maxCharacters of all lines that wait; scopes that never end must not fill the memory */
  constructor(maxCharacters = MAX_HELD_CHARACTERS) {
    this.#maxCharacters = maxCharacters;
  }

  opened(rank: number): void {
    this.#open[rank]!++;
    this.#hasClosed = false;
    this.lowestRank = Math.min(this.lowestRank, rank);
    this.#processEnd ??= onProcessEnd({
      waiting: () => this.#count,
      handOn: () => this.release(),
      beginExit: () => {
        this.isOver = true;
      },
      exit: () => this.release(),
    });
  }

  ended(rank: number): void {
    this.#open[rank]!--;
    const lowest = this.#open.findIndex((count) => count > 0);
    this.lowestRank = lowest < 0 ? NO_RANK : lowest;
    this.#leaveIfDone();
  }

  /**
   * Takes no part in the end of the process any more, once a logger has closed and no scope is open. Not with each scope: to listen to
   * signals anew for each request would cost more than the request.
   */
  #leaveIfDone(): void {
    if (!this.#hasClosed || this.lowestRank < NO_RANK) return;
    this.#processEnd?.leave();
    this.#processEnd = undefined;
  }

  /** Counts a line that waits from now on. Where all are too many, the oldest ones of the scope that has held lines longest leave. */
  added(buffer: HoldingBuffer, characters: number): void {
    this.#holding.add(buffer);
    this.#characters += characters;
    this.#processEnd?.catchSignals();
    for (const oldest of this.#holding) {
      while (this.#characters > this.#maxCharacters && oldest.count > 0) oldest.leaveOutOldest();
      if (this.#characters <= this.#maxCharacters) return;
    }
  }

  /** Counts a line that waits no longer. */
  removed(buffer: HoldingBuffer, characters: number): void {
    this.#characters -= characters;
    if (buffer.count === 0) this.#holding.delete(buffer);
  }

  /** Lets all lines go on of a pipeline that closes. */
  close(onward: Onward): void {
    this.release(onward);
    this.#hasClosed = true;
    this.#leaveIfDone();
  }

  /** Lets all lines go on that wait; only those of one pipeline, if it is given. */
  release(only?: Onward): void {
    // What is logged meanwhile is not for this round.
    const holding = Array.from(this.#holding);
    for (const buffer of holding) buffer.release(only);
  }

  get #count(): number {
    return [...this.#holding].reduce((sum, { count }) => sum + count, 0);
  }
}

/** The key of the one for this process: the ESM and the CommonJS copy of this package share scopes. */
const SHARED = Symbol.for('fapilog-cloudwatch.open-buffers');

interface Shared {
  [SHARED]?: OpenBuffers;
}

export const openBuffers = ((globalThis as Shared)[SHARED] ??= new OpenBuffers());
