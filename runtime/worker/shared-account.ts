import type { DeliveryReport } from '../sink.js';
import type { SinkHealth } from '../sink-port.js';
import type { SpoolState } from '../spool/spool.js';

/** How the worker stands. */
export interface Snapshot {
  /** Lines taken from the other thread so far. */
  readonly taken: number;
  readonly report: DeliveryReport;
  readonly health: SinkHealth;
  readonly needsDrain: boolean;
  /** @default - there is none */
  readonly spool?: SpoolState | undefined;
}

const VERSION = 0;
const CLOSED = 1;
const LENGTHS = 2;
const TAKEN = 0;
const WRITTEN = 1;
const COUNTS_BYTE = 32;
const HEAD_BYTES = 64;
const SLOT_BYTES = 65_536;

/**
 * Where the worker writes how it stands, and the application's thread reads it: without asking, and even while the
 * process exits and no message arrives any more.
 *
 *     version, closed, two lengths | taken, written | slot | slot
 *
 * The version says which slot counts; the next snapshot is written into the other one. So a worker that dies while it
 * writes leaves the last snapshot whole.
 */
export class SharedAccount {
  readonly buffer: SharedArrayBuffer;
  readonly #numbers: Int32Array;
  readonly #counts: BigInt64Array;
  readonly #slots: readonly Uint8Array[];
  #known: Snapshot | undefined;
  #knownVersion = 0;

  constructor(buffer = new SharedArrayBuffer(HEAD_BYTES + 2 * SLOT_BYTES)) {
    this.buffer = buffer;
    this.#numbers = new Int32Array(buffer, 0, LENGTHS + 2);
    this.#counts = new BigInt64Array(buffer, COUNTS_BYTE, WRITTEN + 1);
    this.#slots = [0, 1].map((slot) => new Uint8Array(buffer, HEAD_BYTES + slot * SLOT_BYTES, SLOT_BYTES));
  }

  publish(snapshot: Snapshot): void {
    const json = Buffer.from(JSON.stringify(snapshot));
    if (json.length > SLOT_BYTES) return;
    const version = Atomics.load(this.#numbers, VERSION) + 1;
    const slot = version & 1;
    this.#slots[slot]!.set(json);
    Atomics.store(this.#numbers, LENGTHS + slot, json.length);
    Atomics.store(this.#numbers, VERSION, version);
  }

  /** The last snapshot; `undefined` before the first one. */
  read(): Snapshot | undefined {
    for (;;) {
      const version = Atomics.load(this.#numbers, VERSION);
      if (version === this.#knownVersion) return this.#known;
      const slot = version & 1;
      const json = this.#slots[slot]!.slice(0, Atomics.load(this.#numbers, LENGTHS + slot));
      // The slot may have been written to meanwhile only if a newer version is there.
      if (Atomics.load(this.#numbers, VERSION) !== version) continue;
      this.#knownVersion = version;
      this.#known = JSON.parse(Buffer.from(json).toString()) as Snapshot;
      return this.#known;
    }
  }

  /** Lines taken so far; ahead of the last snapshot. */
  get taken(): number {
    return Number(Atomics.load(this.#counts, TAKEN));
  }

  /** Events written down in the spool as they came; ahead of the last snapshot, too. */
  get written(): number {
    return Number(Atomics.load(this.#counts, WRITTEN));
  }

  /** The worker has taken one more line. */
  took(written = 0): void {
    Atomics.store(this.#counts, WRITTEN, BigInt(written));
    Atomics.add(this.#counts, TAKEN, 1n);
  }

  /** The worker has settled everything and will not say more. */
  close(): void {
    Atomics.store(this.#numbers, CLOSED, 1);
    Atomics.notify(this.#numbers, CLOSED);
  }

  get isClosed(): boolean {
    return Atomics.load(this.#numbers, CLOSED) === 1;
  }

  /** Stops this thread until the worker has closed; says whether it did in time. */
  waitClosed(timeoutMs: number): boolean {
    Atomics.wait(this.#numbers, CLOSED, 0, timeoutMs);
    return this.isClosed;
  }
}
