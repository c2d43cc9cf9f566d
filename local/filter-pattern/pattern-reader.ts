import { invalidParameter, type ServiceError } from '../service-error.js';

/** Reads the text of a filter pattern from left to right. */
export class PatternReader {
  readonly text: string;
  /** Index of the next character. */
  position = 0;

  constructor(text: string) {
    this.text = text;
  }

  /** The next character; `undefined` at the end. */
  get next(): string | undefined {
    return this.text[this.position];
  }

  /** Skips spaces, then says whether all is read. */
  isAtEnd(): boolean {
    this.skipSpace();
    return this.position === this.text.length;
  }

  skipSpace(): void {
    this.match(/[ \t\r\n]*/y);
  }

  /** Skips spaces, and the sign if it is next. */
  takes(sign: string): boolean {
    this.skipSpace();
    return this.takesHere(sign);
  }

  /** Skips the sign if it is the very next. */
  takesHere(sign: string): boolean {
    const isNext = this.text.startsWith(sign, this.position);
    if (isNext) this.position += sign.length;
    return isNext;
  }

  expect(sign: string): void {
    if (!this.takes(sign)) throw this.refusal(sign);
  }

  /** @param pattern sticky */
  match(pattern: RegExp): RegExpExecArray | undefined {
    pattern.lastIndex = this.position;
    const match = pattern.exec(this.text) ?? undefined;
    if (match !== undefined) this.position = pattern.lastIndex;
    return match;
  }

  /**
   * Refuses the pattern at the next character. The name of the error is from the API; the service's own texts name less.
   */
  refusal(expected: string): ServiceError {
    const place = this.next === undefined ? 'at its end' : `at character ${this.position + 1}`;
    return invalidParameter(`Invalid filter pattern: ${this.text} Expected ${place}: ${expected}.`);
  }
}
