import type { StreamPort } from '../../../runtime/sinks/stream-output.js';

type Callback = (error?: Error | null) => void;

interface Held {
  readonly text: string;
  readonly callback: Callback;
}

/** What a stream does with what it is given. */
export type Manner = 'takes' | 'holds' | 'fails' | 'throws' | 'swallows';

/** A stream as those of Node: what it takes at once, it calls back about a moment later. */
export class FakeStream implements StreamPort {
  manner: Manner = 'takes';
  errored: Error | null = null;
  fd: number | undefined;
  readonly taken: string[] = [];
  /** Lost, and the writer was told so. */
  readonly failed: string[] = [];
  held: Held[] = [];
  listeners = 0;
  #due: (() => void)[] = [];

  get writableLength(): number {
    return this.held.reduce((sum, { text }) => sum + text.length, 0);
  }

  on(): void {
    this.listeners++;
  }

  write(text: string, callback: Callback): boolean {
    if (this.manner === 'throws') {
      this.failed.push(text);
      throw new Error('write threw');
    }
    if (this.manner === 'swallows') this.taken.push(text);
    else if (this.manner === 'fails') this.#fail({ text, callback });
    else {
      this.held.push({ text, callback });
      if (this.manner === 'takes' && this.held.length === 1) this.takeOne();
    }
    return this.held.length === 0;
  }

  takeOne(): void {
    const [first, ...rest] = this.held;
    if (!first) return;
    this.held = rest;
    this.taken.push(first.text);
    this.#due.push(() => first.callback(null));
  }

  failOne(): void {
    const [first, ...rest] = this.held;
    if (!first) return;
    this.held = rest;
    this.#fail(first);
  }

  /** Calls back. */
  tick(): void {
    const due = this.#due;
    this.#due = [];
    for (const call of due) call();
  }

  /** Takes and calls back until nothing is left. */
  drain(): void {
    while (this.held.length > 0 || this.#due.length > 0) {
      this.takeOne();
      this.tick();
    }
  }

  #fail({ text, callback }: Held): void {
    this.failed.push(text);
    this.#due.push(() => callback(new Error('EPIPE')));
  }
}
