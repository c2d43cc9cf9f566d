import { startLocalCloudWatchLogs, type CallRecord, type LocalCloudWatchLogs } from '../../../local/index.js';
import { pause } from '../../support/delivery-stage.js';
import { seeded } from '../../../tools/soak/seeded.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import type { Weather } from './plan.js';

/** A PutLogEvents call that the server read, with its lines. */
export interface Attempt {
  readonly row: CallRecord;
  readonly messages: readonly string[];
}

const LOST_ANSWERS = new Set(['resetAfter', 'cutBody', 'noRequestId']);

/** So long an answer may be in the proxy, whose connections end when it refuses new ones. */
const ON_ITS_WAY_MS = 250;

/** The service and the network before it, and what they do to calls. */
export class World {
  readonly service: LocalCloudWatchLogs;
  readonly proxy: FaultProxy;
  readonly attempts: Attempt[] = [];
  readonly #refusedAtMs: number[] = [];
  #isOver = false;
  #weather: Promise<void> = Promise.resolve();

  private constructor(service: LocalCloudWatchLogs, proxy: FaultProxy) {
    this.service = service;
    this.proxy = proxy;
    this.#recordAttempts();
  }

  static async begin(seed: number): Promise<World> {
    const service = await startLocalCloudWatchLogs({ random: seeded(seed) });
    return new World(service, await FaultProxy.before(service.endpoint));
  }

  /** Lets the weather begin, again and again until {@link World.clear}. */
  brew(weather: readonly Weather[]): void {
    this.#weather = this.#change(weather);
  }

  /** From now on, everything is answered at once. */
  async clear(): Promise<void> {
    this.#isOver = true;
    await this.#weather;
    this.#forget();
  }

  /** Whether the service stored this and the caller had no whole answer. */
  isUnanswered({ row }: Attempt): boolean {
    const isLost = row.status !== 200 || LOST_ANSWERS.has(row.fault ?? '');
    const isCut = this.#refusedAtMs.some((atMs) => Math.abs(atMs - row.settledAtMs) <= ON_ITS_WAY_MS);
    return row.stored > 0 && (isLost || isCut || this.proxy.withheld.has(row.requestId));
  }

  async close(): Promise<void> {
    await this.proxy.close();
    await this.service.close();
  }

  async #change(weather: readonly Weather[]): Promise<void> {
    for (let at = 0; !this.#isOver; at = (at + 1) % weather.length) {
      const { afterMs, faults, exchanges, refusesMs } = weather[at]!;
      await pause(afterMs);
      // Or they would pile up where calls are few.
      this.#forget();
      this.service.inject(...faults);
      this.proxy.script(...exchanges);
      if (refusesMs === 0) continue;
      this.#refusedAtMs.push(Date.now());
      await this.proxy.refuse();
      await pause(refusesMs);
      await this.proxy.accept();
    }
  }

  #forget(): void {
    this.proxy.clear();
    this.service.clearFaults();
    this.#recordAttempts();
  }

  /** A fault that never applies, but sees each call; the row of the call has just been opened. */
  #recordAttempts(): void {
    this.service.inject({
      kind: 'hang',
      when: ({ messages }) => {
        const row = this.service.calls.at(-1);
        if (row) this.attempts.push({ row, messages });
        return false;
      },
    });
  }
}
