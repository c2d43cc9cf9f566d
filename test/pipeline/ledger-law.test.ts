import * as fc from 'fast-check';
import { LEVELS } from '../../contract/levels.js';
import { MAX_CALL_BYTES, MAX_CALL_EVENTS, MAX_CALL_SPAN_MS } from '../../contract/limits.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { RejectedLogEventsInfo } from '../../runtime/send/rejections.js';
import { rejectedRanges } from '../../runtime/send/rejections.js';
import type { Target } from '../../runtime/batch/target.js';
import type { CallBody } from '../../runtime/send/compression.js';
import type { LogsPort, PutAnswer } from '../../runtime/send/port.js';
import type { Timer } from '../../runtime/io/clock.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { withEdges } from '../../runtime/edges.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { seeded } from '../../tools/soak/seeded.js';
import { ManualClock, promisesRun } from '../support/manual-clock.js';

const NOW_MS = 1_768_478_400_000;
/** At a moment of its own: at the same moment as an answer, either may be first. */
const DEADLINE_MS = 3_337.5;
/** More than the longest linger, the longest back-off and the longest pause of the breaker together. */
const RECOVERY_MS = 300_000;
const HOUR_MS = 3_600_000;
const MIB = 1_048_576;

/** What the service does with one call. */
type Outcome =
  | { readonly kind: 'store' }
  | { readonly kind: 'reject'; readonly info: RejectedLogEventsInfo }
  | { readonly kind: 'refuse'; readonly name: string }
  | { readonly kind: 'storeThenReset' }
  | { readonly kind: 'noRequestId' }
  | { readonly kind: 'hang' };

type Step =
  | {
      readonly do: 'write';
      readonly level: (typeof LEVELS)[number];
      readonly size: number;
      readonly agoMs: number;
    }
  | { readonly do: 'burst'; readonly count: number; readonly size: number }
  | { readonly do: 'answer'; readonly outcomes: readonly Outcome[] }
  | { readonly do: 'advance'; readonly byMs: number }
  | { readonly do: 'flush' }
  | { readonly do: 'close' };

const ERRORS = [
  'ThrottlingException',
  'ServiceUnavailableException',
  'InternalFailure',
  'ECONNRESET',
  'ECONNREFUSED',
  'ResourceNotFoundException',
  'InvalidParameterException',
  'RequestEntityTooLargeException',
  'SerializationException',
  'AccessDeniedException',
  'ExpiredTokenException',
  'LimitExceededException',
  'InvalidSequenceTokenException',
  'SomethingNobodyKnows',
];

/** A service that answers as the script says, and takes everything once the script is over. */
class ScriptedPort implements LogsPort {
  readonly taken: string[] = [];
  readonly seen = new Set<string>();
  script: Outcome[] = [];

  putLogEvents(_: Target, { bytes }: CallBody, signal: AbortSignal): Promise<PutAnswer> {
    const { logEvents } = JSON.parse(Buffer.from(bytes).toString()) as {
      logEvents: { timestamp: number; message: string }[];
    };
    expectLegal(logEvents);
    const messages = logEvents.map(({ message }) => message);
    for (const message of messages) this.seen.add(message);
    return this.#answer(this.script.shift() ?? { kind: 'store' }, messages, signal);
  }

  createLogStream(): Promise<void> {
    return Promise.resolve();
  }

  createLogGroup(): Promise<void> {
    return Promise.resolve();
  }

  putRetentionPolicy(): Promise<void> {
    return Promise.resolve();
  }

  close(): void {}

  #answer(outcome: Outcome, messages: readonly string[], signal: AbortSignal): Promise<PutAnswer> {
    switch (outcome.kind) {
      case 'store':
        this.taken.push(...messages);
        return Promise.resolve({ requestId: 'r' });
      case 'reject': {
        const ranges = rejectedRanges(outcome.info, messages.length);
        const isDiscarded = (index: number): boolean =>
          ranges.some(({ start, end }) => index >= start && index < end);
        this.taken.push(...messages.filter((_, index) => !isDiscarded(index)));
        return Promise.resolve({ requestId: 'r', rejectedLogEventsInfo: outcome.info });
      }
      case 'refuse':
        return Promise.reject(Object.assign(new Error('No.'), { name: outcome.name }));
      case 'storeThenReset':
        return Promise.reject(Object.assign(new Error('No.'), { code: 'ECONNRESET' }));
      case 'noRequestId':
        return Promise.resolve({});
      default:
        return new Promise((_resolve, reject) => {
          signal.addEventListener('abort', () => reject(signal.reason as Error), { once: true });
        });
    }
  }
}

function expectLegal(events: readonly { timestamp: number; message: string }[]): void {
  const times = events.map(({ timestamp }) => timestamp);
  const bytes = events.reduce((sum, { message }) => sum + Buffer.byteLength(message) + 26, 0);
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect(events.length).toBeGreaterThan(0);
  expect(events.length).toBeLessThanOrEqual(MAX_CALL_EVENTS);
  expect(bytes).toBeLessThanOrEqual(MAX_CALL_BYTES);
  expect(times.at(-1)! - times[0]!).toBeLessThanOrEqual(MAX_CALL_SPAN_MS);
}

/** Lets what a timer set going run to its end before the next one rings, as it would in real time. */
class SteppedClock extends ManualClock {
  #dueMs: number[] = [];

  override after(delayMs: number, ring: () => void, holdsProcess: boolean): Timer {
    this.#dueMs.push(this.now() + delayMs);
    return super.after(delayMs, ring, holdsProcess);
  }

  async pass(byMs: number): Promise<void> {
    const untilMs = this.now() + byMs;
    await promisesRun();
    for (;;) {
      const nextMs = Math.min(untilMs, ...this.#dueMs);
      this.#dueMs = this.#dueMs.filter((dueMs) => dueMs > nextMs);
      this.advance(Math.max(0, nextMs - this.now()));
      await promisesRun();
      if (nextMs === untilMs) return;
    }
  }
}

/** A sink whose surroundings are all ours, and the books that we keep ourselves. */
class Model {
  readonly clock = new SteppedClock(NOW_MS);
  readonly port = new ScriptedPort();
  readonly rejected: string[] = [];
  readonly diverted: string[] = [];
  readonly sink: CloudWatchSink;
  readonly #waiting: Promise<unknown>[] = [];
  readonly #maxQueueBytes: number;
  #written = 0;
  #closed = false;
  #afterClose = 0;

  constructor(options: CloudWatchSinkOptions) {
    this.#maxQueueBytes = Number(options.maxQueueBytes);
    this.sink = new CloudWatchSink(
      withEdges(
        {
          ...options,
          logGroupName: '/myapp/production',
          logStreamName: 'api-server',
          region: 'us-east-1',
          gzip: false,
          env: {},
          onRejected: ({ message }) => this.rejected.push(message),
        },
        { port: this.port, clock: this.clock, random: seeded(1), writeStderr: (text) => this.#keep(text) },
      ),
    );
  }

  async take(step: Step): Promise<void> {
    switch (step.do) {
      case 'write':
        this.#write(step.level, step.size, step.agoMs);
        break;
      case 'burst':
        for (let each = 0; each < step.count; each++) this.#write('info', step.size, 0);
        break;
      case 'answer':
        this.port.script.push(...step.outcomes);
        break;
      case 'advance':
        await this.clock.pass(step.byMs);
        break;
      case 'flush':
        this.#waiting.push(this.sink.flush({ deadlineMs: 2 * DEADLINE_MS }));
        break;
      case 'close':
        this.#closed = true;
        this.#waiting.push(this.sink.close({ deadlineMs: DEADLINE_MS }));
        break;
    }
    this.expectLaw();
    await promisesRun();
    this.expectLaw();
  }

  /** The service is well again, and nobody asks for anything: what waits must settle by itself. */
  async recover(): Promise<void> {
    this.port.script = [];
    await this.clock.pass(RECOVERY_MS);
  }

  /** Closes, lets the deadline pass, and gives the final account. */
  async end(): Promise<DeliveryReport> {
    const closing = this.sink.close({ deadlineMs: DEADLINE_MS });
    await this.clock.pass(2 * DEADLINE_MS);
    await Promise.all(this.#waiting);
    return closing;
  }

  expectLaw(): void {
    const report = this.sink.stats();
    expect(isBalanced(report)).toBe(true);
    expect(report.pending).toBeGreaterThanOrEqual(0);
    expect(report.pendingBytes).toBeLessThanOrEqual(this.#maxQueueBytes);
    expect(report.dropped.byReason['closed'] ?? 0).toBe(this.#afterClose);
  }

  /** Every event has ended in exactly one place, and the places agree with the ledger. */
  expectOneFateEach(report: DeliveryReport): void {
    const { taken } = this.port;
    const ended = [...taken, ...this.rejected, ...this.diverted];
    expect(report).toMatchObject({ pending: 0, pendingBytes: 0, spooled: 0 });
    expect(taken).toHaveLength(report.delivered);
    expect(this.rejected).toHaveLength(report.rejected.total);
    expect(this.diverted).toHaveLength(report.diverted.total);
    const written = ended.filter((message) => !message.includes('"droppedEvents"'));
    expect(new Set(written).size).toBe(written.length);
    expect(ended.length + report.dropped.total).toBe(report.accepted);
    const ids = ended.flatMap((message) => (JSON.parse(message) as { id?: number }).id ?? []);
    expect(ids.every((id) => id >= 0 && id < this.#written)).toBe(true);
  }

  #write(level: (typeof LEVELS)[number], size: number, agoMs: number): void {
    if (this.#closed) this.#afterClose++;
    const id = this.#written++;
    const message = 'x'.repeat(size);
    this.sink.write({ timeMs: this.clock.now() - agoMs, level, message, fields: [{ id }] });
  }

  #keep(text: string): boolean {
    const lines = text.split('\n').filter((line) => line.startsWith('{'));
    this.diverted.push(...lines.map((line) => (JSON.parse(line) as { message: string }).message));
    return true;
  }
}

const outcomes: fc.Arbitrary<Outcome> = fc.oneof(
  { weight: 2, arbitrary: fc.constant<Outcome>({ kind: 'store' }) },
  { weight: 6, arbitrary: fc.constantFrom(...ERRORS).map((name): Outcome => ({ kind: 'refuse', name })) },
  {
    weight: 2,
    arbitrary: fc
      .record(
        {
          tooOldLogEventEndIndex: fc.integer({ min: -1, max: 12 }),
          expiredLogEventEndIndex: fc.integer({ min: -1, max: 12 }),
          tooNewLogEventStartIndex: fc.integer({ min: -1, max: 12 }),
        },
        { requiredKeys: [] },
      )
      .map((info): Outcome => ({ kind: 'reject', info })),
  },
  fc.constantFrom<Outcome>({ kind: 'storeThenReset' }, { kind: 'noRequestId' }, { kind: 'hang' }),
);

const sizes = fc.oneof(
  { weight: 20, arbitrary: fc.integer({ min: 0, max: 300 }) },
  { weight: 4, arbitrary: fc.integer({ min: 10_000, max: 300_000 }) },
  { weight: 1, arbitrary: fc.integer({ min: MIB - 200, max: MIB + 200 }) },
);

const times = fc.oneof(
  { weight: 10, arbitrary: fc.constant(0) },
  { weight: 3, arbitrary: fc.integer({ min: -10, max: 10 }) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(-3, -1, 1, 23, 25, 24 * 13, 24 * 14, 24 * 15).map((h) => h * HOUR_MS),
  },
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      do: fc.constant('write' as const),
      level: fc.constantFrom(...LEVELS),
      size: sizes,
      agoMs: times,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      do: fc.constant('burst' as const),
      count: fc.integer({ min: 1, max: 60 }),
      size: fc.constantFrom(0, 100, 30_000),
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      do: fc.constant('answer' as const),
      outcomes: fc.array(outcomes, { maxLength: 8 }),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      byMs: fc.oneof(
        fc.integer({ min: 0, max: 3_000 }),
        fc.constantFrom(10_000, 70_000, HOUR_MS, 24 * HOUR_MS),
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'flush' }) },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'close' }) },
);

const settings: fc.Arbitrary<CloudWatchSinkOptions> = fc.record(
  {
    maxQueueBytes: fc.constant(MIB),
    batchSize: fc.constantFrom(1, 2, 7, 10_000),
    batchTimeoutSeconds: fc.constantFrom(0.001, 2, 60),
    retryBaseDelay: fc.constantFrom(0.001, 0.5),
    requestTimeoutSeconds: fc.constant(2),
    overflowPolicy: fc.constantFrom('shed', 'drop_oldest', 'drop_newest'),
    oversizeAction: fc.constantFrom('truncate', 'split', 'drop'),
    ordered: fc.boolean(),
    maxRetries: fc.constantFrom(0, 1, 5),
    maxQueueEvents: fc.constantFrom(1, 5, 50),
    maxBatchAgeSeconds: fc.constantFrom(1, 60),
    circuitBreakerEnabled: fc.boolean(),
    circuitBreakerThreshold: fc.constantFrom(1, 3),
    retentionInDays: fc.constantFrom(1, 30),
  },
  {
    requiredKeys: [
      'maxQueueBytes',
      'batchSize',
      'batchTimeoutSeconds',
      'retryBaseDelay',
      'requestTimeoutSeconds',
      'overflowPolicy',
      'oversizeAction',
    ],
  },
);

test('whatever happens, every accepted event stands in exactly one place, after every step and at the end', async () => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(steps, { minLength: 1, maxLength: 40 }),
      async (options, sequence) => {
        const model = new Model(options);
        for (const step of sequence) await model.take(step);
        const report = await model.end();
        model.expectLaw();
        model.expectOneFateEach(report);
      },
    ),
    { numRuns: 300 },
  );
}, 120_000);

test('no state is final: once the service is well again, everything that waits is settled without being asked', async () => {
  const withoutClose = fc.array(
    steps.filter((step) => step.do !== 'close'),
    { minLength: 1, maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(settings, withoutClose, async (options, sequence) => {
      const model = new Model(options);
      for (const step of sequence) await model.take(step);
      await model.recover();
      const { pending, circuitBreaker } = model.sink.stats();
      expect(pending).toBe(0);
      // Half open, with nothing left to try it with, lets the next call through.
      expect(circuitBreaker).not.toBe('open');
      model.expectOneFateEach(await model.end());
    }),
    { numRuns: 200 },
  );
}, 120_000);
