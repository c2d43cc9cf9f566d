import type { EncodedBatch } from '../../../runtime/batch/encoded-batch.js';
import { targetKey } from '../../../runtime/batch/target.js';
import { DeliveryQueue } from '../../../runtime/queue/delivery-queue.js';
import { Compression } from '../../../runtime/send/compression.js';
import { Concurrency } from '../../../runtime/send/concurrency.js';
import { Pace } from '../../../runtime/send/pace.js';
import type { ProvisionFailure } from '../../../runtime/send/provisioner.js';
import { RESTRAINT } from '../../../runtime/send/restraint.js';
import { Sender, type SenderSettings } from '../../../runtime/send/sender.js';
import { SequenceTokens } from '../../../runtime/send/sequence-tokens.js';
import type { Ladder, Verdict } from '../../../runtime/send/verdict.js';
import { batchOf, event, linesOf, NOW_MS, TARGET } from '../../support/events.js';
import { ManualClock, promisesRun } from '../../support/manual-clock.js';

const OK: Verdict = { kind: 'delivered', rejected: [] };
const BAD: Verdict = { kind: 'divide', reason: 'bad' };
const BARE: Verdict = { kind: 'bare', reason: 'bad' };
const MISSING: Verdict = { kind: 'provision', reason: 'missing' };
const retry = (ladder: Ladder = 'transient'): ProvisionFailure => ({ kind: 'retry', ladder, reason: 'down' });
const THEIRS = { ...TARGET, logStreamName: 'of a dead process' };

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
  /** Keys of the targets that are known to be missing. */
  readonly awaited = new Set<string>();
  /** When a target was to be created. */
  readonly creations: number[] = [];
  /** What becomes of that. */
  create: (signal: AbortSignal) => Promise<ProvisionFailure | undefined> = async () => undefined;
  /** The batch that is being filled, whose time has come. */
  due = '';
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
      provisioner: {
        provision: async (_, signal) => {
          this.creations.push(this.clock.now() - NOW_MS);
          return this.create(signal);
        },
        isAwaited: (target) => this.awaited.has(targetKey(target)),
      },
      concurrency: new Concurrency(options.maxConcurrency ?? 2),
      pace: new Pace(2_000, 60_000),
      restraint: RESTRAINT,
      compression: new Compression(false, this.clock),
      tokens: this.tokens,
      settlement: {
        delivered: settle('delivered'),
        refused: settle('refused'),
        givenUp: settle('given up'),
      },
      sealDue: () => {
        this.sealChecks++;
        const { due } = this;
        if (due === '') return false;
        this.due = '';
        this.#enter(due);
        return true;
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
    this.#enter(lines, target);
    this.sender.pump();
  }

  /** These lines are being filled into a batch, and its time has come. */
  fallDue(lines: string): void {
    this.due = lines;
    this.sender.pump();
  }

  #enter(lines: string, target = TARGET): void {
    const events = lines.split(' ').map((line) => event(line, NOW_MS + this.#times++));
    this.queue.push(batchOf(events, target), this.clock.now());
  }

  /** @param each is called before each step. */
  async pass(ms: number, each: () => void = () => undefined, stepMs = STEP_MS): Promise<void> {
    await promisesRun();
    for (let passed = 0; passed < ms; passed += stepMs) {
      each();
      await promisesRun();
      this.clock.advance(stepMs);
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
    ['to be repaired', 'slow', [0, 2_000, 6_000, 14_000]],
  ])('%s: each delay doubles while everything fails', async (_, ladder, times) => {
    const bench = new Bench(() => retry(ladder));
    bench.push('a');
    await bench.pass(times.at(-1)! + STEP_MS);

    expect(bench.sentAt('a')).toEqual(times);
  });

  test('throttled: each delay grows by a share and by lingers, and half of it is waited at the most', async () => {
    const bench = new Bench(() => retry('throttle'));
    bench.push('a');
    await bench.pass(22_000);

    expect(bench.sentAt('a')).toEqual([0, 3_000, 9_750, 21_237]);
  });

  test('a throttled call after an outage begins at the bottom', async () => {
    const answers = [...Array.from({ length: 6 }, () => retry()), retry('throttle')];
    const bench = new Bench(() => answers.shift() ?? OK);
    bench.push('a');
    await bench.pass(60_000);
    const [throttledMs, deliveredMs] = bench.sentAt('a').slice(-2);

    expect(deliveredMs! - throttledMs!).toBe(3_000);
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
    ['is throttled holds all', 'throttle', [3_000]],
  ])('a batch that %s', async (_, ladder, times) => {
    const answers = [retry(ladder)];
    const bench = new Bench(() => answers.shift() ?? OK);
    bench.push('a');
    await bench.pass(STEP_MS);
    bench.push('b');
    await bench.pass(3_000);

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

describe('after a throttled call', () => {
  /** The turn of `a` was at 0, its call was throttled, and it went again at 3,000. */
  async function throttledOnce(options?: ConstructorParameters<typeof Bench>[1]): Promise<Bench> {
    const answers = [retry('throttle')];
    const bench = new Bench(() => answers.shift() ?? OK, options);
    bench.fallDue('a');
    await bench.pass(3_000);
    expect(bench.sentAt('a')).toEqual([0, 3_000]);
    return bench;
  }

  test('a batch whose time has come goes on filling until its turn', async () => {
    const bench = await throttledOnce();
    bench.fallDue('b');
    await bench.pass(200);
    bench.due += ' c';
    await bench.pass(10_000);

    expect(bench.calls.slice(2)).toEqual(['5982 b c']);
  });

  test('the next turn is counted from the last one', async () => {
    const bench = await throttledOnce();
    for (const lines of ['b', 'c']) {
      bench.fallDue(lines);
      await bench.pass(8_500);
    }

    expect(bench.calls.slice(2)).toEqual(['5982 b', '11964 c']);
  });

  test('a sealed batch, because it is full or of a flush, goes at once', async () => {
    const bench = await throttledOnce();
    bench.push('b');
    await bench.pass(STEP_MS);

    expect(bench.sentAt('b')).toEqual([3_000]);
  });

  test('a drain does not wait for the turn', async () => {
    const bench = await throttledOnce();
    bench.fallDue('b');
    await bench.pass(500);
    bench.sender.drain();
    await bench.pass(STEP_MS);
    bench.fallDue('c');
    await bench.pass(STEP_MS);

    expect(bench.calls.slice(2)).toEqual(['3500 b', '3600 c']);
    expect(bench.clock.waiting).toEqual([]);
  });

  test('nothing waits for a turn after a stop', async () => {
    const bench = await throttledOnce();
    bench.fallDue('b');
    await bench.pass(STEP_MS);
    expect(bench.clock.waiting).not.toEqual([]);
    bench.sender.stop('exit');

    expect(bench.clock.waiting).toEqual([]);
  });
});

describe('a target that is known to be missing', () => {
  test('is created before anything is sent to it, each time after a longer wait of its own', async () => {
    const failures = Array.from({ length: 4 }, () => retry('creation'));
    const bench = new Bench(() => OK);
    bench.awaited.add(targetKey(TARGET));
    bench.create = async () => {
      const failure = failures.shift();
      if (!failure) bench.awaited.clear();
      return failure;
    };
    bench.push('a');
    await bench.pass(150_000);

    expect(bench.creations).toEqual([0, 4_000, 20_000, 80_000, 140_000]);
    expect(bench.calls).toEqual(['140000 a']);
  });

  test('of another process is given up at once if too many are made; our own does not wait', async () => {
    const bench = new Bench((lines) => (lines === 'theirs' ? MISSING : OK), { maxConcurrency: 1 });
    bench.create = async () => retry('creation');
    bench.push('theirs', THEIRS);
    bench.push('ours');
    await bench.pass(STEP_MS);

    expect(bench.settled).toEqual(['given up (down): theirs', 'delivered: ours']);
    expect(bench.sentAt('ours')).toEqual([0]);
  });

  const CAREFUL = { circuitBreakerEnabled: true, circuitBreakerThreshold: 1 };

  test('may be the probe of the circuit breaker, which goes on from each end of it', async () => {
    const failures = [retry('creation'), retry('creation')];
    const bench = new Bench(() => OK, CAREFUL);
    bench.awaited.add(targetKey(TARGET));
    bench.create = async () => {
      const failure = failures.shift();
      if (!failure) bench.awaited.clear();
      return failure;
    };
    bench.sender.breaker.failed();
    bench.push('a');
    await bench.pass(30_000);

    expect(bench.creations).toEqual([1_000, 5_000, 21_000]);
    expect(bench.settled).toEqual(['delivered: a']);
  });

  test('of another process may be the probe, too, and the next call decides', async () => {
    const bench = new Bench(() => OK, CAREFUL);
    bench.awaited.add(targetKey(THEIRS));
    bench.create = async () => retry('creation');
    bench.sender.breaker.failed();
    bench.push('theirs', THEIRS);
    bench.push('ours');
    await bench.pass(2_000);

    expect(bench.settled).toEqual(['given up (down): theirs', 'delivered: ours']);
    expect(bench.sender.breaker.state).toBe('closed');
  });

  test('once its batches are too old, they are given up together, and not each after a call', async () => {
    const bench = new Bench(() => OK, { maxBatchAgeSeconds: 10 });
    bench.awaited.add(targetKey(TARGET));
    bench.create = async () => retry('creation');
    for (const lines of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) bench.push(lines);
    await bench.pass(60_000);

    expect(bench.settled).toHaveLength(8);
    expect(bench.creations.length).toBeLessThanOrEqual(6);
  });

  test.each([
    ['a deadline', 'given up (flushDeadline): a', (bench: Bench) => bench.sender.giveUp(1, 'flushDeadline')],
    [
      'a process that rests',
      'delivered: a',
      (bench: Bench) => {
        bench.sender.rest();
        bench.clock.after(STEP_MS, () => {
          bench.awaited.clear();
          bench.sender.goOn();
        });
      },
    ],
  ])('%s that interrupts its creation says nothing of the service', async (_, settled, interrupt) => {
    const bench = new Bench(() => OK, CAREFUL);
    bench.awaited.add(targetKey(TARGET));
    bench.create = (signal) =>
      new Promise((resolve) => signal.addEventListener('abort', () => resolve(retry())));
    bench.push('a');
    await bench.pass(STEP_MS);
    interrupt(bench);
    await bench.pass(200);

    expect(bench.sender.breaker.state).toBe('closed');
    expect(bench.settled).toEqual([settled]);
  });
});

test('a pause after a throttled call lasts for so long, and no longer', async () => {
  const bench = new Bench(() => retry('throttle'));
  expect(bench.sender.isPausedFor(0)).toBe(false);
  bench.push('a');
  await bench.pass(STEP_MS);

  expect([2_899, 2_900, 2_901, Infinity].map((ms) => bench.sender.isPausedFor(ms))).toEqual([
    true,
    true,
    false,
    false,
  ]);
  bench.sender.drain();
  expect(bench.sender.isPausedFor(0)).toBe(false);
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
