import { promisify } from 'node:util';
import type { Body } from '../batch/body.js';

/** Below this, compression saves no packet. */
const MIN_BYTES = 1_024;

/** Level 6 takes three times as long for a tenth less (service contract, section 6). */
const LEVEL = 1;

/** The least that zlib writes at a time. Log lines shrink to an eighth or so, so that larger bodies need one or two pieces. */
const MIN_CHUNK_BYTES = 16_384;

export interface CallBody {
  readonly bytes: Uint8Array;
  readonly encoding: 'identity' | 'gzip';
}

/** Compresses request bodies off the main thread, until the endpoint has refused one. */
export class Compression {
  #enabled: boolean;

  constructor(enabled: boolean) {
    this.#enabled = enabled;
  }

  async encode(body: Body): Promise<CallBody> {
    if (!this.#enabled || body.length < MIN_BYTES) return plain(body);
    const compressed = await body.lend(compress).catch(() => undefined);
    return compressed && compressed.length < body.length
      ? { bytes: compressed, encoding: 'gzip' }
      : plain(body);
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
