import { levelRank } from '../../contract/levels.js';
import { Suppression } from '../filter/suppression.js';
import { hasStack } from '../io/stack.js';
import type { Fields, LogRecord } from '../log-record.js';
import { snapshot } from '../plugins/snapshot.js';
import type { Onward } from './onward.js';
import { openBuffers } from './open-buffers.js';

/** What a scope wants of the lines in it. */
export interface BufferPolicy {
  /** The level from which on lines wait that their logger leaves out. */
  readonly rank: number;
  /** The room for lines that wait, in characters of the lines. */
  readonly characters: number;
  /** Whether such lines are logged at once instead. */
  readonly isSampled: boolean;
}

export type HereLater = () => (act: () => void) => void;

interface Waiting {
  readonly record: LogRecord;
  readonly characters: number;
  readonly onward: Onward;
}

/** The name of the buffer in the account, and in the line that says what it has left out. */
const NAME = 'buffer';

const ERROR_RANK = levelRank.error;

/** Characters of time, level and punctuation, which the copy of a record does not count. */
const FRAME_CHARACTERS = 64;

/**
 * Keeps lines of one scope, as they were when they were logged, until an error is logged or the scope ends. Where they need more room
 * than there is, the oldest ones are left out.
 *
 * A record is in one account at a time: it is `buffered` until it is left out, and then `filtered`, or until it goes on, and
 * then whatever comes next has it.
 */
export class ScopeBuffer {
  /** The buffer of the scope around this one. */
  readonly outer: ScopeBuffer | undefined;
  readonly #policy: BufferPolicy;
  readonly #fields: Fields;
  readonly #lines: Waiting[] = [];
  #characters = 0;
  /** What had no room since lines went on last. */
  readonly #leftOut = new Map<Onward, Suppression>();
  #isEnded = false;
  /** Whether an error was logged and lines did not go on. */
  #isDue = false;
  /** Runs what it is given where the first line was logged, so that what is logged there has the ids of the same work. */
  #inScope: ReturnType<HereLater> | undefined;
  readonly #hereLater: HereLater;

  /**
   * @param fields of the scope
   * @param hereLater makes a function that runs something later as if it ran now
   */
  constructor(policy: BufferPolicy, fields: Fields, outer: ScopeBuffer | undefined, hereLater: HereLater) {
    this.#hereLater = hereLater;
    this.#policy = policy;
    this.#fields = fields;
    this.outer = outer;
    openBuffers.opened(policy.rank);
  }

  get isSampled(): boolean {
    return this.#policy.isSampled;
  }

  /** Whether its scope has ended: lines of work that goes on are none of its. */
  get isEnded(): boolean {
    return this.#isEnded;
  }

  /** Number of lines that wait. */
  get count(): number {
    return this.#lines.length;
  }

  /** Whether a line is wanted that its logger leaves out. */
  wants(rank: number): boolean {
    const { isSampled, rank: lowest } = this.#policy;
    return rank >= lowest && (isSampled || rank < ERROR_RANK);
  }

  /**
   * Whether a line waits that is wanted or logged. A logger that logs the level of the buffer anyway has its lines up to this level
   * wait. An error is above any level of a buffer.
   */
  holds(rank: number, loggerRank: number): boolean {
    const { isSampled, rank: own } = this.#policy;
    if (isSampled) return false;
    return rank < loggerRank ? rank >= own : rank <= own;
  }

  /** Has a copy of the record wait. */
  keep(record: LogRecord, onward: Onward): void {
    if (this.#isDue) this.releaseStory();
    this.#inScope ??= this.#hereLater();
    const { record: copy, characters } = snapshot(record);
    // A getter that the copy has read may have ended the scope, the logger or the process.
    if (this.#isEnded || onward.isClosed || openBuffers.isOver) return onward.goOn(copy);
    this.#add({ record: copy, characters: characters + FRAME_CHARACTERS, onward });
  }

  #add(line: Waiting): void {
    const { characters } = this.#policy;
    if (line.characters > characters) return this.#leaveOut(line);
    while (this.#characters + line.characters > characters) this.leaveOutOldest();
    this.#lines.push(line);
    this.#characters += line.characters;
    line.onward.buffered++;
    openBuffers.added(this, line.characters);
  }

  /** Makes room. */
  leaveOutOldest(): void {
    const oldest = this.#next();
    if (oldest) this.#leaveOut(oldest);
  }

  #leaveOut({ record, onward }: Waiting): void {
    onward.leaveOut(NAME);
    const leftOut = this.#leftOut.get(onward) ?? new Suppression();
    leftOut.add(record);
    this.#leftOut.set(onward, leftOut);
  }

  /** Lets the lines of all scopes go on in which this one is, those of the outermost one first: an error is the end of their story. */
  releaseStory(): void {
    this.#isDue = true;
    // Where the stack is nearly full, each line would be lost. They go on with the next line that comes, or at the end.
    if (this.count > 0 && !hasStack('aStory')) return;
    this.outer?.releaseStory();
    this.release();
  }

  /** Lets lines go on that wait now, in their order; only those of one pipeline, if it is given. */
  release(only?: Onward): void {
    this.#isDue &&= only !== undefined;
    this.#tellLeftOut(only);
    for (let left = this.count; left > 0; left--) {
      const line = this.#next(only);
      if (!line) return;
      try {
        line.onward.goOn(line.record);
      } catch (error) {
        // The stack is full: without a call, the line is counted at least.
        const { thrown } = line.onward;
        thrown.count++;
        thrown.isUntold = true;
        thrown.last = error;
      }
    }
  }

  /** Says, where the missing lines would stand, how many there are. */
  #tellLeftOut(only: Onward | undefined): void {
    for (const [onward, leftOut] of this.#leftOut) {
      if (only && onward !== only) continue;
      this.#leftOut.delete(onward);
      const summary = leftOut.summary(NAME, leftOut.toMs);
      this.#inScope?.(() => onward.report({ ...summary, fields: [this.#fields, ...summary.fields] }));
    }
  }

  #next(only?: Onward): Waiting | undefined {
    const at = only ? this.#lines.findIndex(({ onward }) => onward === only) : 0;
    const [line] = at < 0 ? [] : this.#lines.splice(at, 1);
    if (!line) return undefined;
    this.#characters -= line.characters;
    line.onward.buffered--;
    openBuffers.removed(this, line.characters);
    return line;
  }

  /** Ends the scope: its lines go on if the work has failed, else they are left out. Later calls have no effect. */
  end(hasFailed: boolean): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    openBuffers.ended(this.#policy.rank);
    if (hasFailed || this.#isDue) this.releaseStory();
    for (let line = this.#next(); line; line = this.#next()) line.onward.leaveOut(NAME);
  }
}

/** The buffer that decides: the innermost one whose scope has not ended. */
export function openBufferOf(innermost: ScopeBuffer | undefined): ScopeBuffer | undefined {
  let buffer = innermost;
  while (buffer?.isEnded) buffer = buffer.outer;
  return buffer;
}
