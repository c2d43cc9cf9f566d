import { appendFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeDirectories } from '../../contract/make-directories.js';
import { LineQueue } from './line-queue.js';
import type { LineOutput, Settle } from './line-output.js';
import { openAppendStream, type AppendStream } from './sonic-boom.js';

export interface FileOptions {
  readonly path: string;
  /** Whether a missing directory is made. @default true */
  readonly makeDirectory?: boolean | undefined;
}

/**
 * Lines at the end of a file. After an error, the lines that wait are lost and the file is opened anew for the next one,
 * so that a full disk or a directory that comes late costs no more than the lines of that time.
 */
export class FileOutput implements LineOutput {
  readonly #path: string;
  readonly #makeDirectory: boolean;
  readonly #settle: Settle;
  readonly #queue = new LineQueue<Buffer>();
  /** Bytes of the first line of the queue that are in the file. */
  #begun = 0;
  /** Whether the file ends in the beginning of a line that was lost. */
  #isTorn = false;
  #stream: AppendStream | undefined;
  #isOpen = false;
  #isReopening = false;
  #isEnding = false;

  constructor({ path, makeDirectory = true }: FileOptions, settle: Settle) {
    this.#path = path;
    this.#makeDirectory = makeDirectory;
    this.#settle = settle;
    this.#attempt(() => (this.#stream = this.#opened()));
  }

  get lines(): number {
    return this.#queue.length;
  }

  get bytes(): number {
    return this.#queue.bytes;
  }

  get isEnded(): boolean {
    return this.lines === 0 && this.#stream === undefined;
  }

  write(line: string): void {
    const data = Buffer.from(this.#isTorn ? `\n${line}` : line);
    this.#isTorn = false;
    this.#queue.push(data);
    this.#attempt(() => (this.#stream ??= this.#opened()).write(data));
  }

  /** Closes the file and opens the path anew: after a rotation, the next lines go to the new file. */
  reopen(): void {
    if (this.#isEnding || !this.#stream) return;
    this.#isReopening = true;
    this.#attempt(() => this.#stream?.reopen());
  }

  /** sonic-boom 5.0.2 never ends if `end()` comes between `reopen()` and the opening. */
  end(): void {
    this.#isEnding = true;
    if (!this.#isReopening) this.#attempt(() => this.#stream?.end());
  }

  /** What is in flight is written by another thread, whose end the process awaits; its lines may come last. */
  writeSync(): void {
    const { lines } = this;
    if (lines === 0) return;
    this.#attempt(() => {
      if (this.#isOpen) this.#stream?.flushSync();
      else this.#appendSync();
      this.abandon();
      this.#settle(lines);
    });
  }

  abandon(): number {
    const { lines } = this;
    this.#queue.clear();
    this.#begun = 0;
    this.#detach();
    return lines;
  }

  #opened(): AppendStream {
    const stream = openAppendStream(this.#path, this.#makeDirectory);
    const ifCurrent =
      <Values extends unknown[]>(react: (...values: Values) => void) =>
      (...values: Values): void => {
        if (this.#stream === stream) react(...values);
      };
    stream.on('ready', ifCurrent(this.#onReady));
    stream.on('write', ifCurrent(this.#onWritten));
    stream.on('error', ifCurrent(this.#onFailed));
    stream.on('close', ifCurrent(this.#onClosed));
    return stream;
  }

  readonly #onReady = (): void => {
    this.#isOpen = true;
    this.#isReopening = false;
    if (this.#isEnding) this.end();
  };

  readonly #onWritten = (bytes: number): void => {
    this.#begun += bytes;
    let written = 0;
    for (let line = this.#queue.first; line && this.#begun >= line.bytes; line = this.#queue.first) {
      this.#queue.shift();
      this.#begun -= line.bytes;
      written++;
    }
    this.#settle(written);
  };

  readonly #onFailed = (error: unknown): void => {
    const stream = this.#stream;
    this.#isTorn ||= this.#begun > 0;
    this.#settle(this.abandon(), error ?? new Error('no reason given'));
    stream?.destroy();
  };

  readonly #onClosed = (): void => {
    this.#detach();
    this.#settle(0);
  };

  #detach(): void {
    this.#stream = undefined;
    this.#isOpen = false;
    this.#isReopening = false;
  }

  #attempt(action: () => void): void {
    try {
      action();
    } catch (error) {
      this.#onFailed(error);
    }
  }

  #appendSync(): void {
    if (this.#makeDirectory) makeDirectories(dirname(this.#path));
    appendFileSync(this.#path, Buffer.concat(this.#queue.all().map(({ text }) => text)));
  }
}
