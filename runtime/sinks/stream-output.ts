import { monotonicMs, setImmediate } from '../io/real-timers.js';
import { writeSomeSync } from '../io/write-some-sync.js';
import { reasonOf } from '../serialize/guard.js';
import { LineQueue, type WaitingLine } from './line-queue.js';
import type { LineOutput, Settle } from './line-output.js';

/** What is used of a writable stream; `process.stdout` and every `Writable` have it. */
export interface StreamPort {
  /** Calls back, never twice, once it has taken the text or has failed to. */
  write(text: string, callback: (error?: Error | null) => void): boolean;
  on(event: 'error', listener: (error: Error) => void): unknown;
  /** How much of what was written is still waiting in the stream. */
  readonly writableLength: number;
  /** A stream that has failed, and has not been destroyed, calls nobody back. */
  readonly errored?: Error | null | undefined;
  /** Where what waits is written when the process ends. @default - nowhere: it is lost then, and counted */
  readonly fd?: number | undefined;
}

/** A pipe takes so many bytes at once or none of them: `PIPE_BUF` of Linux, see pipe(7). */
const ATOMIC_BYTES = 4_096;

/** How long the end of the process may be put off. */
const EXIT_MS = 2_000;

/** The streams on which somebody listens for errors already. */
const guardedStreams = new WeakSet<StreamPort>();

/** An error event nobody listens to ends the process. What failed is learned from the callbacks. */
function guard(stream: StreamPort): void {
  if (guardedStreams.has(stream)) return;
  guardedStreams.add(stream);
  stream.on('error', () => undefined);
}

/**
 * Lines on a stream that is not ours to close.
 *
 *     queue → stuck? → stream
 *
 * A pipe or a terminal mostly takes a line at once. When it does not, that line is stuck in the stream, and the following
 * ones wait here: a stream loses its lines when the process ends, this queue can still write them.
 */
export class StreamOutput implements LineOutput {
  readonly #stream: StreamPort;
  readonly #settle: Settle;
  readonly #queue = new LineQueue<string>();
  /** Lines that the stream was given and has not called back about. */
  #given = 0;
  /** The last one of them, if the stream could not pass it on at once. */
  #stuck: WaitingLine<string> | undefined;
  #isPumping = false;
  #exitUntilMs: number | undefined;

  constructor(stream: StreamPort, settle: Settle) {
    this.#stream = stream;
    this.#settle = settle;
    guard(stream);
  }

  get lines(): number {
    return this.#given + this.#queue.length;
  }

  get bytes(): number {
    return this.#queue.bytes + (this.#stuck?.bytes ?? 0);
  }

  get isEnded(): boolean {
    return this.lines === 0;
  }

  write(line: string): void {
    this.#queue.push(line);
    this.#pump();
  }

  /** Programs put functions of their own in place of `process.stdout.write`, and those may never call back. */
  flush(): void {
    setImmediate(() => {
      while (this.#given > 0 && this.#stream.writableLength === 0) this.#onWritten();
    });
  }

  writeSync(): void {
    const { errored, fd } = this.#stream;
    const stuck = this.#stuck;
    const taken = this.#given - (stuck ? 1 : 0);
    const waiting = [...(stuck ? [stuck] : []), ...this.#queue.all()];
    this.abandon();
    if (taken > 0) this.#settle(taken, errored);
    // The beginning of a long line may be out already: then it stands alone on its line.
    if (stuck && stuck.bytes > ATOMIC_BYTES) waiting[0] = { ...stuck, text: `\n${stuck.text}` };
    this.#writeNow(fd, waiting);
  }

  abandon(): number {
    const { lines } = this;
    this.#queue.clear();
    this.#given = 0;
    this.#stuck = undefined;
    return lines;
  }

  /** A stream that calls back, or throws, while it is being given a line leads here again: the loop goes on by itself. */
  #pump(): void {
    if (this.#isPumping) return;
    this.#isPumping = true;
    try {
      while (!this.#stuck) {
        const line = this.#queue.shift();
        if (!line) break;
        this.#give(line);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  #give(line: WaitingLine<string>): void {
    const { errored } = this.#stream;
    if (errored) return this.#settle(1, errored);
    this.#given++;
    try {
      this.#stream.write(line.text, this.#onWritten);
    } catch (thrown) {
      this.#onWritten(new Error(reasonOf(thrown)));
    }
    if (this.#given > 0 && this.#stream.writableLength > 0) this.#stuck = line;
  }

  // One function for all lines, because Node keeps one note for all calls of the same callback that are due.
  readonly #onWritten = (error?: unknown): void => {
    if (this.#given === 0) return;
    this.#given--;
    if (this.#given === 0) this.#stuck = undefined;
    this.#settle(1, error);
    this.#pump();
  };

  #writeNow(fd: number | undefined, waiting: readonly WaitingLine<string>[]): void {
    this.#exitUntilMs ??= monotonicMs() + EXIT_MS;
    for (const [index, { text }] of waiting.entries()) {
      try {
        if (fd === undefined) throw new Error('the process ended');
        for (let rest = Buffer.from(text); rest.length > 0;)
          rest = rest.subarray(writeSomeSync(fd, rest, this.#exitUntilMs));
        this.#settle(1);
      } catch (error) {
        return this.#settle(waiting.length - index, error);
      }
    }
  }
}
