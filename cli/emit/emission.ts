import type { Readable } from 'node:stream';
import type { FirstFailure } from './first-failure.js';
import { type Input, readFailure } from './input.js';
import type { Outlet } from './outlet.js';
import { piecesOf } from './pieces.js';
import type { Tee } from './tee.js';

export interface EmissionParts extends Outlet {
  readonly inputs: readonly Input[];
  /** @default - the input is not copied */
  readonly tee: Tee | undefined;
  readonly firstFailure: Pick<FirstFailure, 'failed'>;
  /** Ends reading. */
  readonly signal: AbortSignal;
  /** How long an event waits for a further line. */
  readonly idleMs: number;
}

/**
 * Reads the inputs into the sink, no faster than it delivers: while enough waits, nothing is read, and whoever writes into the pipe waits.
 * The first lines have to be delivered, or a call has to fail, before more is read.
 */
export class Emission {
  readonly #parts: EmissionParts;
  #isTried = false;

  constructor(parts: EmissionParts) {
    this.#parts = parts;
  }

  /**
   * Resolves once all is read, or reading was ended.
   *
   * @throws Failure for an input that cannot be read
   */
  async run(): Promise<void> {
    const { inputs, lines, signal } = this.#parts;
    for (const input of inputs) {
      if (signal.aborted) return;
      try {
        await this.#read(input);
      } finally {
        lines.endInput();
      }
      await this.#room();
    }
  }

  async #read(input: Input): Promise<void> {
    const { lines, tee, signal } = this.#parts;
    const fail = (error: unknown): never => {
      throw readFailure(input.name, error);
    };
    const pieces = piecesOf(await this.#opened(input).catch(fail), signal);
    const next = (): Promise<IteratorResult<Buffer>> => this.#waiting(pieces.next()).catch(fail);
    for (let piece = await next(); !piece.done; piece = await next()) {
      lines.take(piece.value);
      await tee?.write(piece.value, signal);
      await this.#room();
    }
  }

  async #opened(input: Input): Promise<Readable> {
    return input.open(this.#parts.signal);
  }

  /** Ends an event that waits while nothing more comes. */
  async #waiting<Value>(value: Promise<Value>): Promise<Value> {
    const { lines, idleMs } = this.#parts;
    const timer = lines.isHolding ? setTimeout(() => lines.endEvent(), idleMs) : undefined;
    try {
      return await value;
    } finally {
      clearTimeout(timer);
    }
  }

  /** Resolves once there is room for more, or reading is to end. */
  async #room(): Promise<void> {
    const { sink, signal, firstFailure } = this.#parts;
    if (!this.#isTried && sink.stats().accepted > 0) {
      await until(Promise.race([sink.flush(), firstFailure.failed()]), signal);
      this.#isTried = true;
    }
    while (sink.needsDrain && !signal.aborted) await until(sink.ready(), signal);
  }
}

/** Resolves with `event`, or once `signal` is aborted. */
async function until(event: Promise<unknown>, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, stop } = stoppable();
  signal.addEventListener('abort', stop);
  try {
    await Promise.race([event, promise]);
  } finally {
    signal.removeEventListener('abort', stop);
  }
}

function stoppable(): { readonly promise: Promise<void>; readonly stop: () => void } {
  let stop!: () => void;
  const promise = new Promise<void>((resolve) => (stop = resolve));
  return { promise, stop };
}
