import { MAX_MESSAGE_BYTES } from '../../contract/limits.js';

/**
 * Makes one event of lines that belong together, such as an error and its stack: a line that matches the pattern begins an event, and
 * any other is added to it, blank ones included. An event that would outgrow the service's limit goes on in the next one.
 */
export class EventJoiner {
  readonly #start: RegExp;
  readonly #onEvent: (text: string) => void;
  readonly #maxUnits: number;
  #lines: string[] = [];
  #units = 0;

  constructor(start: RegExp, onEvent: (text: string) => void, maxUnits = MAX_MESSAGE_BYTES) {
    this.#start = start;
    this.#onEvent = onEvent;
    this.#maxUnits = maxUnits;
  }

  get isHolding(): boolean {
    return this.#lines.length > 0;
  }

  add(line: string): void {
    if (this.#start.test(line) || this.#units + line.length > this.#maxUnits) this.end();
    // A blank line belongs to what is before it.
    if (line === '' && !this.isHolding) return;
    this.#lines.push(line);
    this.#units += line.length + 1;
  }

  /** Hands on the event that is held: no further line belongs to it. */
  end(): void {
    const text = withoutBlankEnd(this.#lines).join('\n');
    this.#lines = [];
    this.#units = 0;
    if (text !== '') this.#onEvent(text);
  }
}

/** Blank lines between two events are of neither. */
function withoutBlankEnd(lines: readonly string[]): readonly string[] {
  return lines.slice(0, lines.findLastIndex((line) => line !== '') + 1);
}
