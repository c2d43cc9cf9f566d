import { writeSync } from 'node:fs';
import { requireLate } from '../io/late-modules.cjs';
import { clearTimeout, setImmediate, setTimeout } from '../io/real-timers.js';
import { isFull, writeSomeSync } from '../io/write-some-sync.js';
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
  /** Holds back what is written, until `uncork`. */
  cork?(): void;
  uncork?(): void;
  /** Where what waits is written when the process ends. @default - nowhere: it is lost then, and counted */
  readonly fd?: number | undefined;
}

/** A pipe takes so many bytes at once or none of them: `PIPE_BUF` of Linux, see pipe(7). */
const ATOMIC_BYTES = 4_096;

/** How long a pipe that was full is left alone; twice as long each time that it takes nothing. */
const MIN_RETRY_MS = 1;
const MAX_RETRY_MS = 50;

/** The streams on which somebody listens for errors already. */
const guardedStreams = new WeakSet<StreamPort>();

/** An error event nobody listens to ends the process. What failed is learned from the callbacks. */
function guard(stream: StreamPort): void {
  if (guardedStreams.has(stream)) return;
  guardedStreams.add(stream);
  stream.on('error', () => undefined);
}

/**
 * A pipe that is standard output or error of this process. Programs may have put a function of their own in place of its
 * `write`, which then has to be used.
 */
function isPipe(stream: StreamPort): stream is Pipe {
  return (
    stream instanceof requireLate('node:net').Socket &&
    typeof (stream as StreamPort).fd === 'number' &&
    !Object.hasOwn(stream, 'write') &&
    process.platform !== 'win32'
  );
}

type Pipe = StreamPort & { readonly fd: number };

/**
 * Lines on a stream that is not ours to close.
 *
 *     queue → stuck? → stream
 *          ↘ pipe
 *
 * A stream mostly takes a line at once. When it does not, that line is stuck in the stream, and the following ones wait
 * here: a stream loses its lines when the process ends, this queue can still write them.
 *
 * A pipe is written to directly. A line that is stuck in its stream would keep the process alive for as long as nobody
 * reads, even after close().
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
  /** What a pipe has not taken of the first line of the queue. */
  #rest: Buffer | undefined;
  #retry: NodeJS.Timeout | undefined;
  #retryMs = MIN_RETRY_MS;

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

  writeSync(untilMs: number): void {
    const { errored, fd } = this.#stream;
    const stuck = this.#stuck;
    const taken = this.#given - (stuck ? 1 : 0);
    const waiting: WaitingLine[] = [...(stuck ? [stuck] : []), ...this.#queue.all()];
    if (waiting[0] && this.#rest) waiting[0] = { ...waiting[0], text: this.#rest };
    this.abandon();
    if (taken > 0) this.#settle(taken, errored);
    // The beginning of a long line may be out already: then it stands alone on its line.
    if (stuck && stuck.bytes > ATOMIC_BYTES) waiting[0] = { ...stuck, text: `\n${stuck.text}` };
    this.#writeNow(fd, waiting, untilMs);
  }

  abandon(): number {
    const { lines } = this;
    this.#queue.clear();
    this.#given = 0;
    this.#stuck = undefined;
    this.#keepRest(undefined);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    return lines;
  }

  /** A stream that calls back, or throws, while it is being given a line leads here again: the loop goes on by itself. */
  #pump(): void {
    if (this.#isPumping || this.#retry) return;
    this.#isPumping = true;
    try {
      for (let line = this.#queue.first; line && !this.#stuck && !this.#retry; line = this.#queue.first) {
        if (isPipe(this.#stream)) this.#put(line, this.#stream);
        else this.#give(this.#queue.shift()!);
      }
    } finally {
      this.#isPumping = false;
    }
  }

  /** Writes the first line of the queue, or what is left of it. What the stream already holds comes before it. */
  #put({ text, bytes }: WaitingLine<string>, { fd, writableLength }: Pipe): void {
    if (!this.#rest && writableLength > 0) return this.#retryLater();
    let failure: unknown;
    try {
      const left = this.#rest?.length ?? bytes;
      const taken = this.#rest ? writeSync(fd, this.#rest) : writeSync(fd, text);
      this.#retryMs = MIN_RETRY_MS;
      if (taken < left) {
        this.#keepRest((this.#rest ?? Buffer.from(text)).subarray(taken));
        return this.#retryLater();
      }
    } catch (error) {
      if (isFull(error)) return this.#retryLater();
      failure = error;
    }
    this.#queue.shift();
    this.#keepRest(undefined);
    this.#settle(1, failure);
  }

  /** While a line is half out, what others write to the stream waits, so that it does not get into the line. */
  #keepRest(rest: Buffer | undefined): void {
    const isCorked = this.#rest !== undefined;
    this.#rest = rest;
    if (rest && !isCorked) this.#stream.cork?.();
    if (!rest && isCorked) this.#stream.uncork?.();
  }

  #retryLater(): void {
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#pump();
    }, this.#retryMs).unref();
    this.#retryMs = Math.min(this.#retryMs * 2, MAX_RETRY_MS);
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

  #writeNow(fd: number | undefined, waiting: readonly WaitingLine[], untilMs: number): void {
    for (const [index, { text }] of waiting.entries()) {
      try {
        if (fd === undefined) throw new Error('the process ended');
        for (let rest = Buffer.from(text); rest.length > 0;)
          rest = rest.subarray(writeSomeSync(fd, rest, untilMs));
        this.#settle(1);
      } catch (error) {
        return this.#settle(waiting.length - index, error);
      }
    }
  }
}
