import { closeSync, fstatSync, openSync, readdirSync, unlinkSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { PutChange } from '../change.js';

/** The end of the name of a file that is still being written. */
export const UNFINISHED = '.new';

const DIGITS = 10;
const SUFFIX = '.segment';
const NAME = /^(\d{10})-(\d{10})\.segment$/;

/** Segments that are merged to one keep the numbers of both. */
export interface Numbers {
  readonly first: number;
  readonly last: number;
}

/** A file of changes, and how many of the events in it are still stored. */
export class Segment {
  readonly path: string;
  readonly numbers: Numbers;
  bytes = 0;
  /** Bytes of the first line. */
  headBytes = 0;
  /** Events in the file. */
  events = 0;
  /** Those of them that are still stored. */
  live = 0;
  /** Of the events in the file, or of those before if there is none. */
  lastArrival = 0;
  #fd: number | undefined;

  constructor(directory: string, numbers: Numbers) {
    this.numbers = numbers;
    this.path = join(directory, nameOf(numbers));
  }

  /** Makes the file with its first line. */
  create(head: Buffer): this {
    this.#fd = openSync(this.path, 'wx', 0o600);
    try {
      this.append(head);
      this.headBytes = head.length;
    } catch (error) {
      this.remove();
      throw error;
    }
    return this;
  }

  /** Opens the file to go on after these bytes, over what is left of a line that was never finished. */
  open(bytes: number): this {
    this.#fd = openSync(this.path, 'r+');
    this.bytes = bytes;
    return this;
  }

  /** Bytes of the changes. */
  get changeBytes(): number {
    return this.bytes - this.headBytes;
  }

  /**
   * Writes a whole line. It is in the system's cache when this returns: it outlives the process, though not the machine.
   *
   * @throws what the file system says; then at most a part of the line is in the file, and the next one goes over it
   */
  append(line: Buffer): void {
    const fd = this.#fd!;
    if (fstatSync(fd).nlink === 0)
      throw new Error(`${this.path} was removed while the server runs; restart it`);
    for (let written = 0; written < line.length;)
      written += writeSync(fd, line, written, line.length - written, this.bytes + written);
    this.bytes += line.length;
  }

  count({ arrival, events }: PutChange): void {
    this.events += events.length;
    this.live += events.length;
    this.startAfter(arrival + events.length - 1);
  }

  /** Says up to which arrival the events before are. */
  startAfter(arrival: number): void {
    this.lastArrival = Math.max(this.lastArrival, arrival);
  }

  close(): void {
    if (this.#fd !== undefined) closeSync(this.#fd);
    this.#fd = undefined;
  }

  remove(): void {
    this.close();
    quietly(() => unlinkSync(this.path));
  }
}

/**
 * The numbers of the segments in a directory, in their order. Removes what a killed process left: files that are not finished, and
 * segments that were merged into another one.
 */
export function segmentsIn(directory: string): readonly Numbers[] {
  const names = readdirSync(directory);
  for (const name of names.filter((each) => each.endsWith(SUFFIX + UNFINISHED)))
    unlinkSync(join(directory, name));
  const all = names
    .flatMap((name) => numbersIn(name) ?? [])
    .toSorted((one, other) => one.first - other.first);
  const merged = all.filter((each) => all.some((other) => other !== each && includes(other, each)));
  for (const numbers of merged) unlinkSync(join(directory, nameOf(numbers)));
  return all.filter((each) => !merged.includes(each));
}

function includes(outer: Numbers, inner: Numbers): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

function nameOf({ first, last }: Numbers): string {
  return `${String(first).padStart(DIGITS, '0')}-${String(last).padStart(DIGITS, '0')}${SUFFIX}`;
}

function numbersIn(name: string): Numbers | undefined {
  const [, first, last] = NAME.exec(name) ?? [];
  return first === undefined ? undefined : { first: Number(first), last: Number(last) };
}

function quietly(work: () => void): void {
  try {
    work();
  } catch {
    // The file stays. A restart reads it again, and finds what is stored in it or nothing.
  }
}
