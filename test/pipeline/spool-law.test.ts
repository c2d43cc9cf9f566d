import * as fc from 'fast-check';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { errorNamed, FakePort, type Reply } from '../support/fake-port.js';
import { NOW_MS } from '../support/events.js';
import { isEmptied, removeDirectory, SpoolBench, temporaryDirectory } from '../support/spool-bench.js';

type Step =
  | { readonly do: 'write'; readonly count: number }
  | { readonly do: 'advance'; readonly byMs: number }
  | { readonly do: 'restart' };

const replies: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Reply>('ok') },
  fc
    .constantFrom(
      'ServiceUnavailableException',
      'ThrottlingException',
      'InvalidParameterException',
      'ResourceNotFoundException',
    )
    .map((name): Reply => errorNamed(name)),
);

const steps: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({ do: fc.constant('write' as const), count: fc.integer({ min: 1, max: 12 }) }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      do: fc.constant('advance' as const),
      byMs: fc.constantFrom(1, 100, 1_000, 10_000, 70_000),
    }),
  },
  { weight: 1, arbitrary: fc.constant<Step>({ do: 'restart' }) },
);

const settings = fc.record({
  spoolMode: fc.constantFrom('overflow' as const, 'always' as const),
  spoolFsync: fc.constantFrom('never' as const, 'interval' as const),
  batchSize: fc.constantFrom(1, 3, 10_000),
  maxQueueEvents: fc.constantFrom(4, 20, 1_000),
  maxRetries: fc.constantFrom(undefined, 0, 2),
  ordered: fc.boolean(),
});

/** One process after another on one directory; each ends with what it has on disk. */
class Succession {
  readonly spoolDir = temporaryDirectory();
  readonly sent: string[] = [];
  readonly rejected: string[] = [];
  bench: SpoolBench;
  written = 0;
  readonly #options: object;
  readonly #script: Reply[];

  constructor(options: object, script: readonly Reply[]) {
    this.#options = options;
    this.#script = [...script];
    this.bench = this.#start(NOW_MS);
  }

  #start(nowMs: number): SpoolBench {
    const onRejected = ({ message }: { message: string }): void => {
      this.rejected.push((JSON.parse(message) as { message: string }).message);
    };
    const options = { ...this.#options, spoolDir: this.spoolDir, onRejected };
    return new SpoolBench(new FakePort({ putLogEvents: this.#script }), options, nowMs);
  }

  async take(step: Step): Promise<void> {
    if (step.do === 'write')
      for (let each = 0; each < step.count; each++) this.bench.write(String(this.written++));
    else if (step.do === 'advance') this.bench.clock.advance(step.byMs);
    else await this.restart();
    this.expectLaw();
    await new Promise((resolve) => setImmediate(resolve));
    this.expectLaw();
  }

  async restart(): Promise<void> {
    const nowMs = this.bench.clock.now();
    const report = await this.bench.end();
    expect(isBalanced(report)).toBe(true);
    expect(report).toMatchObject({
      pending: 0,
      pendingBytes: 0,
      diverted: { total: 0 },
      dropped: { total: 0 },
    });
    this.sent.push(...this.bench.sent.flat());
    this.bench = this.#start(nowMs);
  }

  expectLaw(): void {
    const report = this.bench.sink.stats();
    expect(isBalanced(report)).toBe(true);
    expect(report.pending).toBeGreaterThanOrEqual(0);
    expect(report.spooled).toBeGreaterThanOrEqual(0);
    expect(report.dropped.total).toBe(0);
  }
}

test('whatever the service does and however often the process ends, no event is lost, and each is in one place', async () => {
  await fc.assert(
    fc.asyncProperty(
      settings,
      fc.array(replies, { maxLength: 25 }),
      fc.array(steps, { minLength: 1, maxLength: 25 }),
      async (options, script, sequence) => {
        const story = new Succession(options, script);
        for (const step of sequence) await story.take(step);
        await story.restart();
        const { bench } = story;
        const isDone = (): boolean => bench.sink.stats().pending === 0 && isEmptied(story.spoolDir);
        await bench.passUntil(isDone, 1_000);
        const report = await bench.end();
        expect(isBalanced(report)).toBe(true);
        const found = new Set([...story.sent, ...bench.sent.flat(), ...story.rejected]);
        expect(found.size).toBe(story.written);
        removeDirectory(story.spoolDir);
      },
    ),
    { numRuns: 60 },
  );
}, 300_000);
