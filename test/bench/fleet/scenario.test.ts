import { backMs, part } from '../../../bench/fleet/scenario.js';
import { scenarios } from '../../../bench/fleet/scenarios.js';

/** Calls of the neighbour that begin later are those of a fleet that has settled. */
const SETTLED_SECONDS = 120;

const named = (name: string) => scenarios.find((each) => each.name === name)!;

test('a part has fewer writers, and quotas and a neighbour by the same factor; nothing else changes', () => {
  const whole = named('steady-1');

  expect(part(whole, 20)).toEqual({
    ...whole,
    writers: 500,
    neighbourCalls: 10,
    service: { ...whole.service, quotas: { PutLogEvents: 250, CreateLogStream: 2.5 } },
  });
  expect(part(whole, 1)).toEqual(whole);
});

test('a part of a part is the part of both', () => {
  const whole = named('noisy');

  expect(part(part(whole, 4), 5)).toEqual(part(whole, 20));
});

test('the service is back after the last of its outages', () => {
  const scenario = named('steady-1');
  const outages = [
    { fromMs: 5_000, untilMs: 9_000 },
    { fromMs: 1_000, untilMs: 2_000 },
  ];

  expect(backMs(scenario)).toBe(0);
  expect(backMs({ ...scenario, service: { ...scenario.service, outages } })).toBe(9_000);
});

test.each([
  ['outage-10s', 10],
  ['outage-5min', 300],
  ['outage-5min-100', 300],
  ['outage-1h', 3_600],
])('%s lasts %d seconds without a gap', (name, seconds) => {
  const { outages = [] } = named(name).service;
  const [first] = outages;

  expect(backMs(named(name)) - first!.fromMs).toBe(seconds * 1_000);
  for (const [index, { fromMs }] of outages.slice(1).entries()) expect(fromMs).toBe(outages[index]!.untilMs);
});

test('scenarios have names of their own', () => {
  const names = scenarios.map(({ name }) => name);

  expect(new Set(names).size).toBe(names.length);
});

test('every scenario leaves quota to its neighbour, ends after its outages and goes on when the fleet has settled', () => {
  for (const scenario of scenarios) {
    const { name, seconds, startSeconds, service, neighbourCalls } = scenario;
    expect({ name, isLong: seconds > SETTLED_SECONDS + startSeconds }).toEqual({ name, isLong: true });
    expect({ name, isBack: seconds * 1_000 > backMs(scenario) }).toEqual({ name, isBack: true });
    expect({ name, hasRoom: neighbourCalls < service.quotas.PutLogEvents }).toEqual({ name, hasRoom: true });
  }
});
