import { figuresOfRun, medianLatencyMs } from '../../../../bench/fleet/real/figures.js';
import type { FleetRun, ServerCall, WriterReport } from '../../../../bench/fleet/real/fleet.js';
import { parseRealOptions } from '../../../../bench/fleet/real/options.js';
import type { DeliveryReport } from '../../../../runtime/delivery-report.js';

const { plan } = parseRealOptions(['--writers', '2', '--seconds', '10', '--start-seconds', '0'])!;
const FROM_MS = 1_000_000;
const NONE = { total: 0, byReason: {} };

function writer(name: string, logged: number, changes: Partial<DeliveryReport> = {}): WriterReport {
  const settled = { rejected: NONE, spooled: 0, diverted: NONE, dropped: NONE, pending: 0 };
  const account = { accepted: logged, delivered: logged, ...settled, ...changes } as DeliveryReport;
  return { name, logged, account, memory: { atStart: 1, most: 2 }, latenessMs: [0] };
}

function call(atMs: number, changes: Partial<ServerCall> = {}): ServerCall {
  const receivedAtMs = FROM_MS + atMs;
  const times = { receivedAtMs, settledAtMs: receivedAtMs + 4 };
  return { operation: 'PutLogEvents', logStreamName: 'writer-0', status: 200, ...times, ...changes };
}

const missing = { status: 400, errorName: 'ResourceNotFoundException' };
const throttled = { status: 400, errorName: 'ThrottlingException' };

const run: FleetRun = {
  writers: [writer('writer-0', 2), writer('writer-1', 1)],
  neighbour: { calls: 4, atOnce: 2, granted: 3, refusals: {} },
  stored: [
    ['writer-0', 0, 100],
    ['writer-0', 1, 300],
    ['writer-1', 0, 1_000],
    ['neighbour', 0, 5],
  ],
  calls: [
    call(0, missing),
    call(10, { operation: 'CreateLogStream' }),
    call(20),
    call(30, throttled),
    call(40, { status: 500, errorName: 'InternalFailure' }),
    call(12_500),
    call(99_000, { logStreamName: 'neighbour' }),
  ],
  fromMs: FROM_MS,
};

test('counts what the server has, and its calls', () => {
  expect(figuresOfRun(plan, run)).toMatchObject({
    logged: 3,
    lost: 0,
    stored: 3,
    repeated: 0,
    calls: {
      PutLogEvents: { accepted: 4, throttled: 1, failed: 1 },
      CreateLogStream: { accepted: 1, throttled: 0, failed: 0 },
    },
    callsPerSecond: 0.4,
    delayMs: { max: 1_000 },
    writerDelayMs: { p50: 1_000, p99: 1_000 },
    neighbour: { atOnce: 0.5, granted: 0.75 },
    tailSeconds: 3,
  });
  expect(medianLatencyMs(run)).toBeCloseTo(4, 0);
});

test('an event that is acknowledged and not stored is lost, one that is stored twice is none the less stored once', () => {
  const stored = [...run.stored.slice(1), ['writer-0', 1, 900] as const];

  expect(figuresOfRun(plan, { ...run, stored })).toMatchObject({ lost: 1, stored: 2, repeated: 1 });
});

test('an event that was taken and is in no account is lost', () => {
  const writers = [writer('writer-0', 3, { accepted: 2, delivered: 2 }), writer('writer-1', 1)];

  expect(figuresOfRun(plan, { ...run, writers })).toMatchObject({ logged: 4, lost: 1 });
});

test('what went to stderr is diverted, and not lost', () => {
  const diverted = { total: 1, byReason: { deadline: 1 } };
  const writers = [writer('writer-0', 2), writer('writer-1', 2, { delivered: 1, diverted })];

  expect(figuresOfRun(plan, { ...run, writers })).toMatchObject({ logged: 4, lost: 0, diverted: 1 });
});
