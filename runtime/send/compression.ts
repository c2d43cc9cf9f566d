import { promisify } from 'node:util';
import type { Body } from '../batch/body.js';
import type { Clock, Timer } from '../io/clock.js';
import { afterLoopTime } from '../io/loop-timer.js';

/** Below this, compression saves no packet. */
const MIN_BYTES = 1_024;

/** Level 6 takes three times as long for a tenth less (service contract, section 6). */
const LEVEL = 1;

/** The least that zlib writes at a time. Log lines shrink to an eighth or so, so that larger bodies need one or two pieces. */
const MIN_CHUNK_BYTES = 16_384;

/** A full body takes a tenth of it. What takes longer waits for a thread, and may wait for ever. */
const MAX_MS = 100;

export interface CallBody {
  readonly bytes: Uint8Array;
  readonly encoding: 'identity' | 'gzip';
}

/**
 * Compresses request bodies off the main thread, until the endpoint has refused one. It does so in the threads of libuv, which others
 * may keep busy, as password hashes do, or the runtime of Lambda Managed Instances, which waits there for invocations: a body goes as
 * it is if they take too long, and so do those that follow while one still waits.
 */
export class Compression {
  readonly #clock: Clock;
  #enabled: boolean;
  #isWaiting = false;

  constructor(enabled: boolean, clock: Clock) {
    this.#enabled = enabled;
    this.#clock = clock;
  }

  async encode(body: Body): Promise<CallBody> {
    if (!this.#enabled || this.#isWaiting || body.length < MIN_BYTES) return plain(body);
    const compressed = await this.#inTime(body.lend(compress).catch(() => undefined));
    return compressed && compressed.length < body.length
      ? { bytes: compressed, encoding: 'gzip' }
      : plain(body);
  }

  #inTime(compressing: Promise<Buffer | undefined>): Promise<Buffer | undefined> {
    let timer: Timer | undefined;
    const late = new Promise<undefined>((resolve) => {
      timer = afterLoopTime(this.#clock, MAX_MS, () => {
        this.#isWaiting = true;
        resolve(undefined);
      });
    });
    const ended = compressing.finally(() => {
      timer?.cancel();
      this.#isWaiting = false;
    });
    return Promise.race([ended, late]);
  }

  /** Sends plain bodies from now on. */
  refused(): void {
    this.#enabled = false;
  }
}

/** A socket does not say how long it reads. */
function plain(body: Body): CallBody {
  return { bytes: body.keep(), encoding: 'identity' };
}

async function compress(body: Buffer): Promise<Buffer> {
  const { gzip } = await import('node:zlib');
  const chunkSize = Math.max(MIN_CHUNK_BYTES, body.length >> 3);
  return promisify(gzip)(body, { level: LEVEL, chunkSize });
}
