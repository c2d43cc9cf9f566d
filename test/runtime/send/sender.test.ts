import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { DeliveryQueue } from '../../../runtime/queue/delivery-queue.js';
import { Compression } from '../../../runtime/send/compression.js';
import { Concurrency } from '../../../runtime/send/concurrency.js';
import { Sender, type SenderSettings } from '../../../runtime/send/sender.js';
import { SequenceTokens } from '../../../runtime/send/sequence-tokens.js';
import type { Ladder, Verdict } from '../../../runtime/send/verdict.js';
import { batchOf, event, linesOf, NOW_MS, TARGET } from '../../support/events.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const OK: Verdict = { kind: 'delivered', rejected: [] };
const BAD: Verdict = { kind: 'divide', reason: 'bad' };
const BARE: Verdict = { kind: 'bare', reason: 'bad' };
const MISSING: Verdict = { kind: 'provision', reason: 'missing' };
const retry = (ladder: Ladder = 'transient'): Verdict => ({ kind: 'retry', ladder, reason: 'down' });

const STEP_MS = 100;

/** A sender whose calls are answered by a function of the lines of their batch. Chance is always at its longest. */
class Bench {
  readonly clock = new ManualClock(NOW_MS);
  readonly queue = new DeliveryQueue();
  /** Each call: when, and the lines of its batch. */
  readonly calls: string[] = [];
  /** Each batch that was settled: how, and its lines. */
  readonly settled: string[] = [];
  readonly signals: AbortSignal[] = [];
  readonly tokens = new SequenceTokens();
  readonly sender: Sender;
  sealChecks = 0;
  #times = 0;

  constructor(
    answer: (lines: string) => Verdict | Promise<Verdict>,
    options: Partial<SenderSettings> & { readonly maxConcurrency?: number } = {},
  ) {
    const settle = (how: string) => (batch: EncodedBatch, reason: unknown) =>
      void this.settled.push(`${how}${typeof reason === 'string' ? ` (${reason})` : ''}: ${linesIn(batch)}`);
    this.sender = new Sender({
      target: TARGET,
      queue: this.queue,
      caller: {
        put: async (batch, signal) => {
          this.calls.push(`${this.clock.now() - NOW_MS} ${linesIn(batch)}`);
          this.signals.push(signal);
          return answer(linesIn(batch));
        },
      },
      provisioner: { provision: async () => undefined },
      concurrency: new Concurrency(options.maxConcurrency ?? 2),
      compression: new Compression(false, this.clock),
      tokens: this.tokens,
      settlement: {
        delivered: settle('delivered'),
        refused: settle('refused'),
        givenUp: settle('given up'),
      },
      sealDue: () => {
        this.sealChecks++;
        return false;
      },
      excludes: () => undefined,
      onSettled: () => undefined,
      clock: this.clock,
      random: () => 1,
      settings: {
        maxRetries: undefined,
        retryBaseDelay: 0.5,
        maxBatchAgeSeconds: 3_600,
        circuitBreakerEnabled: false,
        circuitBreakerThreshold: 5,
        ...options,
      },
    });
  }

  /** Queues one batch of these lines, which shares no millisecond with the others. */
  push(lines: string, target = TARGET): void {
    const events = lines.split(' ').map((line) => event(line, NOW_MS + this.#times++));
    this.queue.push(batchOf(events, target), this.clock.now());
    this.sender.pump();
  }

  /** @param each is called before each step of 100 ms. */
  async pass(ms: number, each: () => void = () => undefined): Promise<void> {
    await promisesRun();
    for (let passed = 0; passed < ms; passed += STEP_MS) {
      each();
      await promisesRun();
      this.clock.advance(STEP_MS);
      await promisesRun();
    }
  }

  /** When the batch of these lines was sent. */
  sentAt(lines: string): number[] {
    return this.calls.flatMap((call) => (call.endsWith(` ${lines}`) ? [Number.parseInt(call, 10)] : []));
  }
}

function linesIn(batch: EncodedBatch): string {
  return linesOf(batch).join(' ');
}

test('a demanded sequence token goes with the next call, and what that hands out with the one after it', async () => {
  const answers: Verdict[] = [
    { kind: 'token', reason: 'demanded', expected: 't1' },
    { ...OK, nextToken: 't2' },
  ];
  const sent: unknown[] = [];
  const bench: Bench = new Bench(
    () => {
      sent.push(bench.tokens.next(TARGET));
      return answers.shift() ?? OK;
    },
    { maxConcurrency: 1 },
  );
  bench.push('a');
  bench.push('b');
  await bench.pass(STEP_MS);
  expect(sent).toEqual([undefined, 't1', 't2']);
});

describe('when a batch is sent again', () => {
  test.each<[string, Ladder, number[]]>([
    ['transient', 'transient', [0, 500, 1_500, 3_500]],
    ['throttled', 'throttle', [0, 1_000, 3_000, 7_000]],
    ['to be repaired', 'slow', [0, 2_000, 6_000, 14_000]],
  ])('%s: each delay doubles while everything fails', async (_, ladder, times) => {
    const bench = new Bench(() => retry(ladder));
    bench.push('a');
    await bench.pass(times.at(-1)! + STEP_MS);

    expect(bench.sentAt('a')).toEqual(times);
  });

  test('a batch that fails while others are delivered does not climb', async () => {
    const bench = new Bench((lines) => (lines === 'unlucky' ? retry() : OK));
    bench.push('unlucky');
    await bench.pass(2_000, () => bench.push('lucky'));

    expect(bench.sentAt('unlucky')).toEqual([0, 500, 1_000, 1_500, 2_000]);
  });

  test('a batch that fails for the first time begins at the bottom, however many failed before it', async () => {
    const bench = new Bench(() => retry());
    bench.push('a');
    await bench.pass(3_500);
    bench.push('b');
    await bench.pass(600);

    expect(bench.sentAt('b')).toEqual([3_500, 4_000]);
  });

  test.each<[string, Ladder, number[]]>([
    ['backs off lets others pass', 'transient', [100]],
    ['is throttled holds all', 'throttle', [1_000]],
  ])('a batch that %s', async (_, ladder, times) => {
    const answers = [retry(ladder)];
    const bench = new Bench(() => answers.shift() ?? OK);
    bench.push('a');
    await bench.pass(STEP_MS);
    bench.push('b');
    await bench.pass(1_000);

    expect(bench.sentAt('b')).toEqual(times);
  });

  test('nothing is sealed for want of work while a batch backs off', async () => {
    const bench = new Bench(() => retry('slow'));
    bench.push('a');
    await bench.pass(STEP_MS);
    const { sealChecks } = bench;
    bench.sender.pump();

    expect(bench.sealChecks).toBe(sealChecks);
  });

  test('a drain sends it at once, and from then on after a second at the most', async () => {
    const bench = new Bench(() => retry('slow'));
    bench.push('a');
    await bench.pass(300);
    bench.sender.drain();
    await bench.pass(2_000);

    expect(bench.sentAt('a')).toEqual([0, 300, 1_300, 2_300]);
  });

  test('what was put right is sent at once, three times; then it backs off', async () => {
    const bench = new Bench(() => MISSING, { maxRetries: 1 });
    bench.push('a');
    await bench.pass(600);

    expect(bench.sentAt('a')).toEqual([0, 0, 0, 0, 500, 500, 500, 500]);
    expect(bench.settled).toEqual(['given up (retriesExhausted): a']);
  });
});

describe('a refused batch', () => {
  test('is halved until the bad event is alone; the others prove it bad', async () => {
    const bench = new Bench((lines) => (lines.includes('bad') ? BAD : OK));
    bench.push('a b bad d');
    await bench.pass(STEP_MS);

    expect(bench.calls.slice(0, 5)).toEqual(['0 a b bad d', '0 a b', '0 bad d', '0 bad', '0 d']);
    expect(bench.settled).toEqual(['delivered: a b', 'refused (bad): bad', 'delivered: d']);
  });

  test('of one event waits for the delivery of another, which proves the event bad', async () => {
    const bench = new Bench((lines) => (lines === 'bad' ? BAD : OK));
    bench.push('bad');
    await bench.pass(STEP_MS);
    expect(bench.settled).toEqual([]);

    bench.push('a');
    await bench.pass(2_000);
    expect(bench.settled).toEqual(['delivered: a', 'refused (bad): bad']);
    expect(bench.sentAt('bad')).toEqual([0, 2_000]);
  });

  test('of one event, where nothing else is left that could prove it, is bad at the fifth refusal', async () => {
    const bench = new Bench(() => BAD);
    bench.push('bad');
    await bench.pass(8_000 - STEP_MS);
    expect(bench.settled).toEqual([]);
    await bench.pass(STEP_MS);

    expect(bench.sentAt('bad')).toEqual([0, 2_000, 4_000, 6_000, 8_000]);
    expect(bench.settled).toEqual(['refused (bad): bad']);
  });

  test('is not divided any more after 20 refusals in a row: the service refuses the target', async () => {
    const bench = new Bench(() => BAD, { maxConcurrency: 1 });
    bench.push(Array.from({ length: 64 }, (_, index) => `e${index}`).join(' '));
    await bench.pass(STEP_MS);

    expect(Math.max(...bench.queue.deliveries.map(({ batch }) => batch.count))).toBe(32);
    expect(bench.settled).toEqual([]);
  });

  test('nor is it where a call without the entity decides each time', async () => {
    let calls = 0;
    const bench = new Bench(() => (calls++ % 2 === 0 ? BARE : BAD), { maxConcurrency: 1 });
    bench.push(Array.from({ length: 64 }, (_, index) => `e${index}`).join(' '));
    await bench.pass(60_000);

    expect(Math.max(...bench.queue.deliveries.map(({ batch }) => batch.count))).toBe(8);
    expect(bench.settled).toEqual([]);
  });

  test('an endpoint that fails without the entity, too, is left alone as one that has none to refuse', async () => {
    let calls = 0;
    const bench = new Bench(() => (calls++ % 2 === 0 ? BARE : retry()), { circuitBreakerEnabled: true });
    bench.push('a');
    await bench.pass(60_000);

    expect(bench.sender.breaker.state).not.toBe('closed');
  });
});

describe('what is given up', () => {
  test.each([
    ['after its retries', { maxRetries: 2 }, 'given up (retriesExhausted): a', 3],
    ['once it is too old', { maxBatchAgeSeconds: 1 }, 'given up (maxBatchAge): a', 3],
  ])('%s', async (_, options, settled, calls) => {
    const bench = new Bench(() => retry(), options);
    bench.push('a');
    await bench.pass(3_000);

    expect(bench.settled).toEqual([settled]);
    expect(bench.calls).toHaveLength(calls);
  });

  test("another process's stream that is refused, at once; our own waits", async () => {
    const bench = new Bench(() => retry('slow'), { maxConcurrency: 1 });
    bench.push('theirs', { ...TARGET, logStreamName: 'of a dead process' });
    bench.push('ours');
    await bench.pass(STEP_MS);

    expect(bench.settled).toEqual(['given up (down): theirs']);
    expect(bench.queue.events).toBe(1);
  });

  test('everything, when it is stopped: calls are aborted, and their answers come too late', async () => {
    let answer: (verdict: Verdict) => void = () => undefined;
    const bench = new Bench(() => new Promise((resolve) => (answer = resolve)), { maxConcurrency: 1 });
    bench.push('a');
    bench.push('b');
    bench.sender.stop('deadline');
    answer(OK);
    await bench.pass(STEP_MS);

    expect(bench.settled).toEqual(['given up (deadline): a', 'given up (deadline): b']);
    expect(bench.signals.map(({ aborted }) => aborted)).toEqual([true]);
  });

  test.each([
    [500, 'open'],
    [400, 'closed'],
  ])(
    'at a deadline: a service that is silent for %i ms, as often as the threshold says: %s',
    async (silentMs, state) => {
      const bench = new Bench(
        () =>
          new Promise((resolve) => bench.signals.at(-1)!.addEventListener('abort', () => resolve(retry()))),
        {
          circuitBreakerEnabled: true,
          circuitBreakerThreshold: 2,
          maxConcurrency: 4,
        },
      );
      const flush = async (...batches: string[]): Promise<void> => {
        for (const lines of batches) bench.push(lines);
        await bench.pass(silentMs);
        bench.sender.giveUp(bench.queue.lastSequence, 'flushDeadline');
      };

      await flush('a', 'b', 'c');
      expect(bench.sender.breaker.state).toBe('closed');
      await flush('d');
      expect(bench.sender.breaker.state).toBe(state);
    },
  );

  test('settles each batch once, also when a hook that hears of one causes another stop', () => {
    const bench = new Bench(() => OK, { maxConcurrency: 0 });
    for (const line of ['a', 'b', 'c']) bench.push(line);
    const { settled } = bench;
    const push = settled.push.bind(settled);
    settled.push = (...told) => {
      const count = push(...told);
      bench.sender.stop('exit');
      return count;
    };
    bench.sender.stop('exit');

    expect(settled.toSorted()).toEqual(['a', 'b', 'c'].map((line) => `given up (exit): ${line}`));
  });
});
