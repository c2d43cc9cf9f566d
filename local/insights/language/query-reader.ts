import type { ServiceError } from '../../service-error.js';
import { malformedQuery, type QueryPlace } from '../query/malformed-query.js';

/** Characters of the query that a refusal shows of what is wrong. */
const MAX_SHOWN = 60;
const MAX_NAMES = 20;

/** A comment goes on to the end of its line (documented). */
const SPACE = /(?:\s+|#[^\n]*)*/y;
const TOKEN = /[\p{L}\p{N}_@.]+|\S/uy;
const WORD = /[A-Za-z]+(?![\w@.])/y;

/** Reads the text of a query from left to right. What it takes may have spaces and comments before it. */
export class QueryReader {
  readonly text: string;
  #position = 0;
  #end = 0;
  /** Where spaces were skipped last. */
  #skippedTo = -1;

  constructor(text: string) {
    this.text = text;
  }

  /** Index behind what was taken last. */
  get end(): number {
    return this.#end;
  }

  /** Index of what comes next, behind spaces and comments. */
  get start(): number {
    if (this.#position === this.#skippedTo) return this.#position;
    SPACE.lastIndex = this.#position;
    SPACE.exec(this.text);
    this.#position = SPACE.lastIndex;
    this.#skippedTo = this.#position;
    return this.#position;
  }

  get isAtEnd(): boolean {
    return this.start === this.text.length;
  }

  /** Takes what the pattern matches, if it comes next. @param pattern sticky */
  take(pattern: RegExp): RegExpExecArray | undefined {
    const match = this.peek(pattern);
    if (match) this.#take(match[0].length);
    return match;
  }

  /** @param pattern sticky */
  peek(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.start;
    return pattern.exec(this.text) ?? undefined;
  }

  /** Takes the sign, if it comes next. */
  takes(sign: string): boolean {
    const isNext = this.text.startsWith(sign, this.start);
    if (isNext) this.#take(sign.length);
    return isNext;
  }

  /** Takes the keyword, whatever its case. */
  takesWord(word: string): boolean {
    const isNext = this.nextWord === word;
    if (isNext) this.#take(word.length);
    return isNext;
  }

  /** The next word in lower case, if a word is next. */
  get nextWord(): string | undefined {
    return this.peek(WORD)?.[0].toLowerCase();
  }

  expect(sign: string, purpose: string): void {
    if (!this.takes(sign)) throw this.unexpected(`${sign} ${purpose}`);
  }

  #take(length: number): void {
    this.#position += length;
    this.#end = this.#position;
  }

  /** What was written from an index on, up to what was taken last. */
  textFrom(start: number): string {
    return this.text.slice(start, this.#end);
  }

  placeFrom(start: number): QueryPlace {
    return { start, end: Math.max(this.#end, start) };
  }

  /** Refuses what comes next. */
  unexpected(expected: string): ServiceError {
    const token = this.peek(TOKEN)?.[0];
    const place = { start: this.start, end: this.start + (token?.length ?? 0) };
    const found = token === undefined ? 'the query ends' : `found ${shown(token)}`;
    return this.refusal(`Expected ${expected}, but ${found}.`, place);
  }

  /** Refuses what stands at a place. */
  refusal(message: string, place: QueryPlace): ServiceError {
    return malformedQuery(`${message.slice(0, -1)} (at offset ${place.start}).`, place);
  }

  /** Refuses what was taken from an index on. The message begins with it. */
  refusalFrom(start: number, message: string): ServiceError {
    return this.refusal(`${shown(this.textFrom(start))}: ${message}`, this.placeFrom(start));
  }
}

/** A text in quotes on one line, and not all of it if it is long. */
export function shown(text: string): string {
  return JSON.stringify(text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text);
}

/** Names for a refusal, and not all of them if they are many. */
export function shownNames(names: ReadonlySet<string>): string {
  const some = [...names].slice(0, MAX_NAMES).map((name) => shown(name));
  return [...some, ...(names.size > MAX_NAMES ? [`and ${names.size - MAX_NAMES} more`] : [])].join(', ');
}
