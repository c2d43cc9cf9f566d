import * as fc from 'fast-check';
import { CircuitBreaker } from '../../../runtime/send/circuit-breaker.js';
import { RESTRAINT } from '../../../runtime/send/restraint.js';
import { ManualClock } from '../../support/manual-clock.js';

interface Bench {
  readonly clock: ManualClock;
  readonly breaker: CircuitBreaker;
  probes: number;
}

function bench(threshold = 3, enabled = true, random = () => 1): Bench {
  const clock = new ManualClock();
  const options = { ...RESTRAINT, enabled, threshold, random };
  const made: Bench = {
    clock,
    breaker: new CircuitBreaker(options, clock, () => made.probes++),
    probes: 0,
  };
  return made;
}

/** Fails until the breaker opens. */
function opened(threshold = 3): Bench {
  const made = bench(threshold);
  for (let failures = 0; failures < threshold; failures++) made.breaker.failed();
  return made;
}

/** Lets the probe of each pause fail; the pauses that were taken. */
function pausesOf({ clock, breaker }: Bench, count: number): number[] {
  for (let pause = 1; pause < count; pause++) {
    clock.advance(clock.waiting[0]!);
    breaker.started();
    breaker.failed();
  }
  return clock.delays;
}

describe('laws', () => {
  const steps = fc.array(
    fc.oneof(
      fc.constantFrom('started' as const, 'answered' as const, 'failed' as const, 'hurry' as const),
      fc.integer({ min: 0, max: 60_000 }),
    ),
    { maxLength: 60 },
  );

  /** Makes calls only where they are admitted, as the sender does; late answers come at any time. */
  function take(step: string | number, { clock, breaker }: Bench): void {
    if (typeof step === 'number') return clock.advance(step);
    if (step === 'answered') return void breaker.answered();
    if (step === 'failed') return breaker.failed();
    if (step === 'hurry') return breaker.hurry();
    if (breaker.admits) breaker.started();
  }

  test('whatever happened, an answer closes it, and nothing is left of the pause', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (taken, threshold) => {
        const made = bench(threshold);
        for (const step of taken) take(step, made);
        made.breaker.answered();
        expect([made.breaker.state, made.breaker.admits, made.clock.waiting]).toEqual(['closed', true, []]);
      }),
    );
  });

  test('whatever happened, once no probe is out, time alone leads to a call', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (taken, threshold) => {
        const made = bench(threshold);
        for (const step of taken) take(step, made);
        made.breaker.failed();
        made.clock.advance(30_000);
        expect(made.breaker.admits).toBe(true);
      }),
    );
  });

  test('while it is open exactly one timer runs, it does not hold the process, and its end is told once', () => {
    fc.assert(
      fc.property(steps, fc.integer({ min: 1, max: 4 }), (taken, threshold) => {
        const made = bench(threshold);
        for (const step of taken) {
          take(step, made);
          expect(made.clock.waiting).toHaveLength(made.breaker.state === 'open' ? 1 : 0);
          expect(made.clock.holdsProcess).toBe(false);
        }
      }),
    );
  });
});

test.each([
  [2, 'closed', true],
  [3, 'open', false],
  [4, 'open', false],
])('%d failures in a row with a threshold of 3: %s', (failures, state, admits) => {
  const { breaker } = bench();
  for (let failed = 0; failed < failures; failed++) breaker.failed();
  expect([breaker.state, breaker.admits]).toEqual([state, admits]);
});

test('an answer in between starts the count anew, and is no end of a pause', () => {
  const { breaker } = bench();
  breaker.failed();
  breaker.failed();
  expect(breaker.answered()).toBe(false);
  breaker.failed();
  breaker.failed();
  expect(breaker.state).toBe('closed');
});

test('a breaker that is switched off stays closed', () => {
  const { breaker, clock } = bench(1, false);
  for (let failed = 0; failed < 10; failed++) breaker.failed();
  breaker.hurry();
  expect([breaker.state, clock.delays]).toEqual(['closed', []]);
});

test('pauses double with each probe that fails, up to 8 seconds', () => {
  expect(pausesOf(opened(), 6)).toEqual([1_000, 2_000, 4_000, 8_000, 8_000, 8_000]);
});

test('half of a pause is random, so that writers who failed together do not return together', () => {
  const shortest = bench(1, true, () => 0);
  shortest.breaker.failed();
  expect(pausesOf(shortest, 6)).toEqual([500, 1_000, 2_000, 4_000, 4_000, 4_000]);
});

test('after an answer the pauses begin anew', () => {
  const made = opened(1);
  pausesOf(made, 4);
  made.breaker.answered();
  made.breaker.failed();
  expect(made.clock.waiting).toEqual([1_000]);
});

test.each([
  [999, 'open', 0],
  [1_000, 'halfOpen', 1],
  [1_001, 'halfOpen', 1],
])('after %d ms of a pause of a second: %s', (waitedMs, state, probes) => {
  const made = opened();
  made.clock.advance(waitedMs);
  expect([made.breaker.state, made.breaker.admits, made.probes]).toEqual([
    state,
    state === 'halfOpen',
    probes,
  ]);
});

describe('half open', () => {
  function halfOpen(): Bench {
    const made = opened();
    made.clock.advance(1_000);
    return made;
  }

  test('lets one call through, and no second one before that is settled', () => {
    const { breaker } = halfOpen();
    breaker.started();
    expect([breaker.state, breaker.admits]).toEqual(['halfOpen', false]);
    breaker.started();
    expect([breaker.state, breaker.admits]).toEqual(['halfOpen', false]);
  });

  test('a probe that is answered closes it, and says that a pause has ended', () => {
    const { breaker } = halfOpen();
    breaker.started();
    expect(breaker.answered()).toBe(true);
    expect([breaker.state, breaker.admits]).toEqual(['closed', true]);
  });

  test('a probe that fails opens it at once, for twice as long', () => {
    const { breaker, clock } = halfOpen();
    breaker.started();
    breaker.failed();
    expect([breaker.state, clock.waiting]).toEqual(['open', [2_000]]);
  });

  test('a call from before the pause that fails only now says nothing new', () => {
    const { breaker, clock } = halfOpen();
    breaker.failed();
    expect([breaker.state, breaker.admits, clock.waiting]).toEqual(['halfOpen', true, []]);
  });
});

test('a probe that says nothing of this stream leaves it to the next call', () => {
  const { breaker, clock } = opened();
  breaker.undecided();
  expect(breaker.state).toBe('open');
  clock.advance(1_000);
  breaker.started();
  breaker.undecided();
  expect([breaker.state, breaker.admits, clock.waiting]).toEqual(['halfOpen', true, []]);
});

test('a call from before the pause that fails during it does not lengthen it', () => {
  const { breaker, clock } = opened();
  breaker.failed();
  expect([breaker.state, clock.delays]).toEqual(['open', [1_000]]);
});

test('a call from before the pause that is answered during it ends it, and its timer', () => {
  const made = opened();
  expect(made.breaker.answered()).toBe(true);
  made.clock.advance(60_000);
  expect([made.breaker.state, made.probes]).toEqual(['closed', 0]);
});

describe('when somebody waits for the end', () => {
  test('an open breaker probes now, once, and later pauses take a second', () => {
    const made = opened();
    pausesOf(made, 4);
    made.probes = 0;
    made.breaker.hurry();
    expect([made.breaker.state, made.probes, made.clock.waiting]).toEqual(['halfOpen', 1, []]);
    made.breaker.started();
    made.breaker.failed();
    expect(made.clock.waiting).toEqual([1_000]);
  });

  test('a closed one stays as it is', () => {
    const made = bench();
    made.breaker.hurry();
    expect([made.breaker.state, made.probes]).toEqual(['closed', 0]);
  });
});
