import { Diagnostics } from '../../../runtime/io/diagnostics.js';
import { ServiceClock } from '../../../runtime/io/service-clock.js';
import { ManualClock } from '../../support/manual-clock.js';
import { NOW_MS } from '../../support/events.js';

function bench() {
  const clock = new ManualClock(NOW_MS);
  const told: string[] = [];
  const diagnostics = new Diagnostics(
    clock,
    () => undefined,
    ({ code, message }) => told.push(`${code}: ${message}`),
  );
  return { clock, told, service: new ServiceClock(clock, diagnostics) };
}

test.each([
  [59_999, 0, 0],
  [60_000, 0, 0],
  [60_001, 60_001, 1],
  [-59_999, 0, 0],
  [-60_000, 0, 0],
  [-60_001, -60_001, 1],
])(
  'a service %d ms ahead of us: its time is ours and %d, and that is told %d times',
  (aheadMs, skewMs, told) => {
    const made = bench();
    made.service.observe(NOW_MS + aheadMs);
    expect(made.service.now()).toBe(NOW_MS + skewMs);
    expect(made.told).toHaveLength(told);
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

test('it is told once, in words, until the clocks agree again', () => {
  const { service, told } = bench();
  service.observe(NOW_MS + 120_499);
  service.observe(NOW_MS + 130_000);
  service.observe(NOW_MS);
  expect(service.now()).toBe(NOW_MS);
  service.observe(NOW_MS - 90_000);
  expect(told).toEqual([
    "clockSkew: this machine's clock is 120 s behind the service's; log events keep this machine's time",
    "clockSkew: this machine's clock is 90 s ahead of the service's; log events keep this machine's time",
  ]);
});

test.each([undefined, Number.NaN])('a date that is %p says nothing', (dateMs) => {
  const { service, told } = bench();
  service.observe(NOW_MS + 100_000);
  service.observe(dateMs);
  expect([service.now(), told.length]).toEqual([NOW_MS + 100_000, 1]);
});
