import { Diagnostics } from '../../../runtime/io/diagnostics.js';
import { momentOf } from '../../../runtime/io/clock.js';
import { ServiceClock } from '../../../runtime/io/service-clock.js';
import { ManualClock } from '../../support/manual-clock.js';
import { NOW_MS } from '../../support/events.js';

function bench() {
  const clock = new ManualClock(NOW_MS);
  const reports: string[] = [];
  const diagnostics = new Diagnostics(
    clock,
    () => undefined,
    ({ code, message }) => reports.push(`${code}: ${message}`),
  );
  const service = new ServiceClock(clock, diagnostics);
  /** The date of an answer that comes at once. */
  const observe = (dateMs: number): void => service.observe(dateMs, momentOf(clock));
  return { clock, reports, service, observe };
}

test.each([
  [59_999, 0, 0],
  [60_000, 0, 0],
  [60_001, 60_001, 1],
  [-59_999, 0, 0],
  [-60_000, 0, 0],
  [-60_001, -60_001, 1],
])(
  'a service %d ms ahead of us: its time is ours and %d, and that is reports %d times',
  (aheadMs, skewMs, reports) => {
    const made = bench();
    made.observe(NOW_MS + aheadMs);
    expect(made.service.now()).toBe(NOW_MS + skewMs);
    expect(made.reports).toHaveLength(reports);
  },
);

test('before the first answer, our clock is believed', () => {
  expect(bench().service.now()).toBe(NOW_MS);
});

test('its time goes on with ours', () => {
  const { service, clock, observe } = bench();
  observe(NOW_MS + 3_600_000);
  clock.advance(5_000);
  expect(service.now()).toBe(NOW_MS + 3_605_000);
});

test('it is reports once, in words, until the clocks agree again', () => {
  const { service, reports, observe } = bench();
  observe(NOW_MS + 120_499);
  observe(NOW_MS + 130_000);
  observe(NOW_MS);
  expect(service.now()).toBe(NOW_MS);
  observe(NOW_MS - 90_000);
  expect(reports).toEqual([
    "clockSkew: this machine's clock is 120 s behind the service's; log events keep this machine's time",
    "clockSkew: this machine's clock is 90 s ahead of the service's; log events keep this machine's time",
  ]);
});

test('a date that cannot be read says nothing', () => {
  const { service, reports, observe } = bench();
  observe(NOW_MS + 100_000);
  observe(Number.NaN);
  expect([service.now(), reports.length]).toEqual([NOW_MS + 100_000, 1]);
});

describe('when our clock jumps', () => {
  const HOUR_MS = 3_600_000;

  test.each([
    [59_999, 0],
    [60_000, 0],
    [60_001, 1],
    [-60_000, 0],
    [-60_001, 1],
    [-6 * 365 * 24 * HOUR_MS, 1],
  ])('by %d ms, that is reported %d times', (byMs, reports) => {
    const { service, clock, reports: made } = bench();
    clock.advance(HOUR_MS);
    clock.set(byMs);
    service.now();
    service.now();
    expect(made).toHaveLength(reports);
  });

  test('nobody knows the time of the service until its next answer', () => {
    const { service, clock, reports, observe } = bench();
    observe(NOW_MS);
    clock.set(-24 * HOUR_MS);
    expect([service.now(), service.now()]).toEqual([undefined, undefined]);
    observe(NOW_MS);
    expect(service.now()).toBe(NOW_MS);
    expect(reports).toEqual([
      "clockJump: this machine's clock jumped back by 86400 s: it was set, faked by a test, or the machine slept; " +
        "delays and ages are not affected, and log events keep this machine's time",
      "clockSkew: this machine's clock is 86400 s behind the service's; log events keep this machine's time",
    ]);
  });

  test('what was known of a difference is known no more', () => {
    const { service, clock, reports, observe } = bench();
    observe(NOW_MS + HOUR_MS);
    clock.set(HOUR_MS);
    observe(NOW_MS + HOUR_MS);
    expect(service.now()).toBe(NOW_MS + HOUR_MS);
    expect(reports.map((text) => text.split(':', 1)[0])).toEqual(['clockSkew', 'clockJump']);
  });

  test('and an answer is the first to notice, it counts as after the jump', () => {
    const { service, clock, observe } = bench();
    clock.set(HOUR_MS);
    observe(NOW_MS);
    expect(service.now()).toBe(NOW_MS);
  });

  test('each jump is reported', () => {
    const { service, clock, reports } = bench();
    for (const byMs of [HOUR_MS, -HOUR_MS]) {
      clock.set(byMs);
      service.now();
    }
    expect(reports.map((text) => /jumped (\w+) by/.exec(text)?.[1])).toEqual(['forward', 'back']);
  });
});

describe('an answer that is read long after its call was sent', () => {
  const HOUR_MS = 3_600_000;

  test.each<[string, (clock: ManualClock) => void, string[]]>([
    ['because the process was frozen', (clock) => clock.advance(3 * HOUR_MS), []],
    ['because the machine slept', (clock) => clock.set(3 * HOUR_MS), ['clockJump']],
  ])('%s, does not tell the time', (_, passes, said) => {
    const { service, clock, observe, reports } = bench();
    const sent = momentOf(clock);
    passes(clock);
    service.observe(NOW_MS, sent);
    expect(reports.map((text) => text.split(':', 1)[0])).toEqual(said);
    expect(service.now()).toBe(said.length === 0 ? clock.now() : undefined);
    observe(clock.now());
    expect(service.now()).toBe(clock.now());
  });

  test.each([
    [60_000, NOW_MS],
    [60_001, NOW_MS + 100_000],
  ])('%d ms: the service is then at %d ms', (tookMs, nowMs) => {
    const { service, clock, observe } = bench();
    observe(NOW_MS + 100_000);
    const sent = momentOf(clock);
    clock.advance(tookMs);
    service.observe(NOW_MS + tookMs, sent);
    expect(service.now()).toBe(nowMs + tookMs);
  });

  test('tells it, if the time of day was only set back meanwhile', () => {
    const { service, clock } = bench();
    const sent = momentOf(clock);
    clock.set(-24 * HOUR_MS);
    service.observe(NOW_MS, sent);
    expect(service.now()).toBe(NOW_MS);
  });
});
