import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { makeDirectories } from '../../../contract/make-directories.js';
import { ServiceError } from '../../service-error.js';
import type { Change, Journal } from '../change.js';
import type { StoredLogEvent } from '../log-event.js';
import type { Stores } from '../stores.js';
import { DirectoryLock } from './directory-lock.js';
import { rewrite } from './rewrite.js';
import { Segment, segmentsIn } from './segment.js';
import { changeIn, changeLine, headIn, headLine, isWhole, linesOf } from './segment-lines.js';

const SEGMENT_BYTES = 8 * 1_048_576;

/**
 * The journal of the stores: segments in a directory that one process has for itself. A change is in a file before it is made, and so
 * before its call is answered. A segment begins with the state before it: the first ones can go when no event in them is stored any
 * more. Others that are half empty are written anew.
 */
export class DataDirectory implements Journal {
  readonly #path: string;
  readonly #stores: Stores;
  readonly #onNotice: (line: string) => void;
  readonly #segmentBytes: number;
  readonly #lock: DirectoryLock;
  /** In their order; the last one is written to. */
  #segments: Segment[] = [];
  #tidying: NodeJS.Immediate | undefined;
  #isRefusing = false;

  /**
   * Opens the directory, which is made if it is not there, and brings its state into stores that are empty.
   *
   * @param segmentBytes after which a new segment begins
   * @throws Error if the directory cannot be used: another process has it, a newer version wrote it, or the disk refuses
   */
  constructor(
    path: string,
    stores: Stores,
    onNotice: (line: string) => void = () => undefined,
    segmentBytes = SEGMENT_BYTES,
  ) {
    this.#path = resolve(path);
    this.#stores = stores;
    this.#onNotice = onNotice;
    this.#segmentBytes = segmentBytes;
    this.#lock = lockOf(this.#path);
    try {
      this.#open();
    } catch (error) {
      this.close();
      throw error;
    }
  }

  get #current(): Segment {
    return this.#segments.at(-1)!;
  }

  write(change: Change): void {
    try {
      if (this.#isFull(this.#current)) this.#roll();
      this.#current.append(changeLine(change));
    } catch (error) {
      throw this.#refusal(error);
    }
    this.#isRefusing = false;
    if (change.op === 'putLogEvents') this.#current.count(change);
  }

  release(events: readonly StoredLogEvent[]): void {
    for (const { arrival } of events) this.#segmentOf(arrival).live -= 1;
    if (events.length > 0) this.#tidySoon();
  }

  close(): void {
    clearImmediate(this.#tidying);
    for (const segment of this.#segments) segment.close();
    this.#lock.release();
  }

  #open(): void {
    this.#stores.keepIn(this);
    for (const numbers of segmentsIn(this.#path)) this.#replay(new Segment(this.#path, numbers));
    if (this.#segments.length === 0) this.#roll();
  }

  /** Makes the changes of a segment, and goes on in it, until there is a next one. */
  #replay(segment: Segment): void {
    let [whole, damaged] = [0, 0];
    const content = this.#explaining(segment, () => readFileSync(segment.path));
    // A segment whose first line is unfinished was never used.
    if (!content.includes('\n')) return segment.remove();
    const previous = this.#segments.at(-1);
    if (previous !== undefined && previous.numbers.last + 1 < segment.numbers.first)
      this.#onNotice(`What was between ${previous.path} and ${segment.path} is missing.`);
    segment.startAfter(previous?.lastArrival ?? 0);
    this.#segments.push(segment);
    for (const line of linesOf(content)) {
      if (!isWhole(line)) break;
      const isMade = this.#explaining(segment, () => this.#replayLine(line, whole === 0));
      if (!isMade) damaged += 1;
      whole += line.length;
    }
    if (damaged > 0) this.#onNotice(`${damaged} damaged lines of ${segment.path} were left out.`);
    previous?.close();
    segment.open(whole);
  }

  #replayLine(line: Buffer, isHead: boolean): boolean {
    if (isHead) return this.#replayHead(line);
    const change = changeIn(line);
    return change !== undefined && this.#apply(change);
  }

  /** The segments before have made its state, except for what they do not have any more. */
  #replayHead(line: Buffer): boolean {
    const { lastArrival = 0, changes } = headIn(line) ?? {};
    for (const change of changes ?? []) this.#stores.restore(change);
    this.#current.headBytes = line.length;
    this.#current.startAfter(lastArrival);
    this.#stores.continueAfter(lastArrival);
    return changes !== undefined;
  }

  /** A change of something that does not exist: the line that made it is damaged. */
  #apply(change: Change): boolean {
    if (change.op === 'putLogEvents') this.#current.count(change);
    try {
      this.#stores.apply(change);
      return true;
    } catch (error) {
      if (!(error instanceof ServiceError)) throw error;
      if (change.op === 'putLogEvents') this.#current.live -= change.events.length;
      return false;
    }
  }

  #explaining<Result>(segment: Segment, work: () => Result): Result {
    try {
      return work();
    } catch (error) {
      const advice = 'Use the version that wrote it, or choose another data directory.';
      throw new Error(`The data directory cannot be read: ${segment.path}: ${reasonOf(error)}. ${advice}`, {
        cause: error,
      });
    }
  }

  /** The state of very many log streams may be longer than a segment should be: it is written no more often than changes of its size. */
  #isFull({ changeBytes, headBytes }: Segment): boolean {
    return changeBytes >= Math.max(this.#segmentBytes, headBytes);
  }

  #roll(): void {
    const number = (this.#segments.at(-1)?.numbers.last ?? 0) + 1;
    const next = new Segment(this.#path, { first: number, last: number });
    const { lastArrival } = this.#stores;
    next.create(headLine({ lastArrival, changes: this.#stores.changes() }));
    next.startAfter(lastArrival);
    this.#segments.at(-1)?.close();
    this.#segments.push(next);
  }

  #segmentOf(arrival: number): Segment {
    let [low, high] = [0, this.#segments.length - 1];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#segments[middle]!.lastArrival < arrival) low = middle + 1;
      else high = middle;
    }
    return this.#segments[low]!;
  }

  /** Not within the call, whose change is not made yet. */
  #tidySoon(): void {
    this.#tidying ??= setImmediate(() => {
      this.#tidying = undefined;
      try {
        if (this.#tidyOnce()) this.#tidySoon();
      } catch (error) {
        this.#onNotice(`The data directory ${this.#path} could not be tidied up: ${reasonOf(error)}`);
      }
    }).unref();
  }

  /** Frees the space of events that are not stored any more. Returns whether it found any. */
  #tidyOnce(): boolean {
    if (isHalfEmpty(this.#current)) this.#roll();
    const [first] = this.#segments;
    if (first !== undefined && first !== this.#current && first.live === 0) {
      first.remove();
      this.#segments.shift();
      return true;
    }
    const index = this.#segments.findIndex((segment) => segment !== this.#current && isHalfEmpty(segment));
    if (index >= 0) this.#rewrite(index, 1);
    else if (!this.#mergeTwo()) return false;
    return true;
  }

  /** Two small segments become one, so that their number does not grow for ever. */
  #mergeTwo(): boolean {
    const index = this.#segments.findIndex((segment, at) => {
      const next = this.#segments[at + 1];
      if (next === undefined || next === this.#current) return false;
      return segment.changeBytes + next.changeBytes < this.#segmentBytes / 2;
    });
    if (index >= 0) this.#rewrite(index, 2);
    return index >= 0;
  }

  #rewrite(index: number, count: number): void {
    const old = this.#segments.slice(index, index + count);
    this.#segments.splice(index, count, rewrite(this.#path, old, this.#stores));
  }

  #refusal(error: unknown): ServiceError {
    const text = `The local server could not write to its data directory ${this.#path}: ${reasonOf(error)}`;
    if (!this.#isRefusing) this.#onNotice(`${text}. Calls that change something are refused until it can.`);
    this.#isRefusing = true;
    return new ServiceError('ServiceUnavailableException', text, { status: 500 });
  }
}

/** Makes the directory if it is not there. */
function lockOf(path: string): DirectoryLock {
  try {
    makeDirectories(path, 0o700);
    return new DirectoryLock(path);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    const reason = code === 'EEXIST' ? 'it is a file' : reasonOf(error);
    throw new Error(`The data directory ${path} cannot be used: ${reason}`, { cause: error });
  }
}

function isHalfEmpty({ events, live }: Segment): boolean {
  return events > 0 && live * 2 <= events;
}

function reasonOf(error: unknown): string {
  return (error as Partial<Error>).message ?? String(error);
}
