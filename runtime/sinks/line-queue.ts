/** A line that waits, and the bytes that it takes. */
export interface WaitingLine<Text extends string | Buffer = string | Buffer> {
  readonly text: Text;
  readonly bytes: number;
}

/** How many places may stand empty at the front before the others move up. */
const MAX_EMPTY = 1_024;

/** Lines in the order in which they came. Each costs the same to add and to take, however many wait. */
export class LineQueue<Text extends string | Buffer> {
  #lines: (WaitingLine<Text> | undefined)[] = [];
  #head = 0;
  #bytes = 0;

  get length(): number {
    return this.#lines.length - this.#head;
  }

  get bytes(): number {
    return this.#bytes;
  }

  get first(): WaitingLine<Text> | undefined {
    return this.#lines[this.#head];
  }

  push(text: Text): void {
    const bytes = Buffer.byteLength(text);
    this.#lines.push({ text, bytes });
    this.#bytes += bytes;
  }

  shift(): WaitingLine<Text> | undefined {
    const line = this.first;
    if (!line) return undefined;
    this.#lines[this.#head++] = undefined;
    this.#bytes -= line.bytes;
    if (this.#head > MAX_EMPTY && this.#head * 2 > this.#lines.length) this.#moveUp();
    return line;
  }

  /** What waits, oldest first. */
  all(): WaitingLine<Text>[] {
    return this.#lines.slice(this.#head) as WaitingLine<Text>[];
  }

  clear(): void {
    this.#lines = [];
    this.#head = 0;
    this.#bytes = 0;
  }

  #moveUp(): void {
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }
}
