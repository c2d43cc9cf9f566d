import { isBalanced } from '../../runtime/ack/ledger.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { NOW_MS, TARGET } from './events.js';
import { FakePort } from './fake-port.js';
import { ManualClock, promisesRun } from './manual-clock.js';

/** The time-out of a call is counted in parts of it. */
export const TIMEOUT_PART_MS = 15_000 / 8;
export const LINGER_MS = 1_700;

/** A sink with a scripted port and a clock that stands still. */
export class SinkBench {
  readonly clock = new ManualClock(NOW_MS);
  readonly port: FakePort;
  readonly sink: CloudWatchSink;
  readonly diverted: string[] = [];

  constructor(script: ConstructorParameters<typeof FakePort>[0] = {}, options: CloudWatchSinkOptions = {}) {
    this.port = new FakePort(script);
    const lingering = { batchSize: 1, batchTimeoutSeconds: LINGER_MS / 1_000 };
    const settings = { ...TARGET, ...lingering, gzip: false, env: {}, ...options };
    this.sink = new CloudWatchSink(
      withEdges(settings, {
        port: this.port,
        clock: this.clock,
        random: () => 1,
        writeStderr: (text) => {
          if (text.startsWith('{"diverted"')) this.diverted.push(text);
          return true;
        },
      }),
    );
  }

  /** Messages of the calls made so far. */
  get sent(): string[][] {
    return this.port.messages.map((lines) =>
      lines.map((line) => (JSON.parse(line) as { message: string }).message),
    );
  }

  write(message: string, atMs = this.clock.now()): void {
    this.sink.write({ timeMs: atMs, level: 'info', message, fields: [] });
  }

  /** Each delay that is waited for after a failure; the request time-outs and the linger are left out. */
  get backoffs(): number[] {
    return this.clock.delays.filter((delayMs) => delayMs !== TIMEOUT_PART_MS && delayMs !== LINGER_MS);
  }

  async advance(byMs: number, stepMs = byMs): Promise<void> {
    for (let passed = 0; passed < byMs; passed += stepMs) {
      await promisesRun();
      this.clock.advance(stepMs);
      await promisesRun();
    }
  }

  async end(): Promise<void> {
    const closed = this.sink.close({ deadlineMs: 0 });
    await this.advance(0, 1);
    this.clock.advance(0);
    const report = await closed;
    expect(isBalanced(report)).toBe(true);
    expect(report.pending).toBe(0);
  }
}
