import { Diagnostics } from '../../../runtime/io/diagnostics.js';
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
  return { clock, reports, service: new ServiceClock(clock, diagnostics) };
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
    made.service.observe(NOW_MS + aheadMs);
    expect(made.service.now()).toBe(NOW_MS + skewMs);
    expect(made.reports).toHaveLength(reports);
  },
);

test('before the first answer, our clock is believed', () => {
  expect(bench().service.now()).toBe(NOW_MS);
});

test('its time goes on with ours', () => {
  const { service, clock } = bench();
  service.observe(NOW_MS + 3_600_000);
  clock.advance(5_000);
  expect(service.now()).toBe(NOW_MS + 3_605_000);
});

test('it is reports once, in words, until the clocks agree again', () => {
  const { service, reports } = bench();
  service.observe(NOW_MS + 120_499);
  service.observe(NOW_MS + 130_000);
  service.observe(NOW_MS);
  expect(service.now()).toBe(NOW_MS);
  service.observe(NOW_MS - 90_000);
  expect(reports).toEqual([
    "clockSkew: this machine's clock is 120 s behind the service's; log events keep this machine's time",
    "clockSkew: this machine's clock is 90 s ahead of the service's; log events keep this machine's time",
  ]);
});

test('a date that cannot be read says nothing', () => {
  const { service, reports } = bench();
  service.observe(NOW_MS + 100_000);
  service.observe(Number.NaN);
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
    const { service, clock, reports } = bench();
    service.observe(NOW_MS);
    clock.set(-24 * HOUR_MS);
    expect([service.now(), service.now()]).toEqual([undefined, undefined]);
    service.observe(NOW_MS);
    expect(service.now()).toBe(NOW_MS);
    expect(reports).toEqual([
      "clockJump: this machine's clock jumped back by 86400 s: it was set, faked by a test, or the machine slept; " +
        "delays and ages are not affected, and log events keep this machine's time",
      "clockSkew: this machine's clock is 86400 s behind the service's; log events keep this machine's time",
    ]);
  });

  test('what was known of a difference is known no more', () => {
    const { service, clock, reports } = bench();
    service.observe(NOW_MS + HOUR_MS);
    clock.set(HOUR_MS);
    service.observe(NOW_MS + HOUR_MS);
    expect(service.now()).toBe(NOW_MS + HOUR_MS);
    expect(reports.map((text) => text.split(':', 1)[0])).toEqual(['clockSkew', 'clockJump']);
  });

  test('and an answer is the first to notice, it counts as after the jump', () => {
    const { service, clock } = bench();
    clock.set(HOUR_MS);
    service.observe(NOW_MS);
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
