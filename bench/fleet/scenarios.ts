import { part, type Scenario } from './scenario.js';
import type { Outage } from './service.js';

const steady = (eventsPerSecond: number) => ({ kind: 'steady', eventsPerSecond }) as const;

function fleet(
  changes: Partial<Scenario> & Pick<Scenario, 'name' | 'about'>,
  putsPerSecond = 5_000,
): Scenario {
  return {
    writers: 10_000,
    seconds: 600,
    service: { quotas: { PutLogEvents: putsPerSecond, CreateLogStream: 50 }, medianLatencyMs: 30 },
    load: steady(1),
    bytes: 400,
    startSeconds: 60,
    hasStreams: true,
    neighbourCalls: 200,
    ...changes,
  };
}

function outage(name: string, about: string, seconds: number, load = steady(1), of = 10): Scenario {
  const fromMs = 120_000;
  // Calls that are under way when a service fails are stored now and then.
  const beganMs = fromMs + Math.min(10, seconds) * 1_000;
  const outages: Outage[] = [
    { fromMs, untilMs: beganMs, storedShare: 0.1 },
    { fromMs: beganMs, untilMs: fromMs + seconds * 1_000 },
  ];
  const base = fleet({ name, about, load, seconds: 120 + seconds + 180 });
  return part({ ...base, service: { ...base.service, outages } }, of);
}

export const scenarios: readonly Scenario[] = [
  fleet({ name: 'steady-1', about: 'one event a second from each writer' }),
  part(fleet({ name: 'steady-100', about: '100 events a second from each writer', load: steady(100) }), 100),
  part(
    fleet({
      name: 'deploy',
      about: 'all start within a minute, and no log stream is there',
      hasStreams: false,
    }),
    10,
  ),
  part(
    fleet({
      name: 'lambda',
      about: '20,000 invocations a second, each of which flushes',
      load: {
        kind: 'invocations',
        invocationsPerSecond: 2,
        eventsPerInvocation: 4,
        workMs: 50,
        flushMs: 200,
      },
    }),
    20,
  ),
  part(fleet({ name: 'small-region', about: 'a quota of 800 calls a second' }, 800), 5),
  part(
    fleet({
      name: 'noisy',
      about: 'one writer logs 20,000 events a second, or as many as its sink takes',
      firstLoad: { kind: 'full', eventsPerMs: 20 },
    }),
    20,
  ),
  part(
    fleet({ name: 'twice', about: 'twice as many calls as the quota grants', load: steady(4) }, 2_450),
    20,
  ),
  outage('outage-10s', 'ten seconds without the service', 10),
  outage('outage-5min', 'five minutes without the service', 300),
  outage(
    'outage-5min-100',
    'five minutes without it, 100 events a second from each writer',
    300,
    steady(100),
    100,
  ),
  outage('outage-1h', 'an hour without it', 3_600, steady(1), 20),
];
