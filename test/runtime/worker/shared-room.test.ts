import * as fc from 'fast-check';
import { logEvent, type LogEvent } from '../../../runtime/batch/log-event.js';
import { CloudWatchSink } from '../../../runtime/sink.js';
import { frameBytes } from '../../../runtime/worker/frames.js';
import { SharedRoom } from '../../../runtime/worker/shared-room.js';
import { NOW_MS, TARGET } from '../../support/events.js';
import { FakePort } from '../../support/fake-port.js';
import { ManualClock } from '../../support/manual-clock.js';

const MIB = 1_048_576;
const LIMITS = { maxQueueBytes: MIB, maxQueueEvents: 1_000 };
const WAY_BYTES = MIB / 4;
const WAY_EVENTS = 250;

function ends(limits = LIMITS) {
  const application = new SharedRoom(limits);
  return { application, worker: new SharedRoom(limits, application.buffer) };
}

describe('a room of 1 MiB and 1,000 events', () => {
  test.each([
    [{ bytes: 0, events: 0 }, MIB, true],
    [{ bytes: 0, events: 0 }, MIB + 1, false],
    [{ bytes: 100, events: 1 }, MIB - 100, true],
    [{ bytes: 100, events: 1 }, MIB - 99, false],
    [{ bytes: MIB, events: 1 }, WAY_BYTES, true],
    [{ bytes: MIB, events: 1 }, WAY_BYTES + 1, false],
  ])('of which the worker has %j admits a line of %i bytes: %p', (held, lineBytes, isAdmitted) => {
    const { application, worker } = ends();
    worker.holds(held);

    expect(application.admits(lineBytes)).toBe(isAdmitted);
  });

  test.each([
    [0, 999, true],
    [0, 1_000, false],
    [1, 998, true],
    [1, 999, false],
    [1_000, WAY_EVENTS - 1, true],
    [1_000, WAY_EVENTS, false],
  ])('of which the worker has %i events and %i wait admits one more: %p', (events, waiting, isAdmitted) => {
    const { application, worker } = ends();
    worker.holds({ bytes: 0, events });
    for (let each = 0; each < waiting; each++) application.came(1);

    expect(application.admits(1)).toBe(isAdmitted);
  });

  test('leaves to lines on their way what the ring holds, and more if more wait', () => {
    const { application, worker } = ends();
    expect(worker.others).toEqual({ bytes: WAY_BYTES, events: WAY_EVENTS });
    application.came(WAY_BYTES + 7);
    expect(worker.others.bytes).toBe(WAY_BYTES + 7);
    application.left(WAY_BYTES + 7);
    for (let each = 0; each <= WAY_EVENTS; each++) application.came(1);
    expect(worker.others).toEqual({ bytes: WAY_BYTES, events: WAY_EVENTS + 1 });
  });

  test('a line that is being taken counts once', () => {
    const { application, worker } = ends();
    for (const bytes of [WAY_BYTES, 10]) application.came(bytes);
    worker.take(10, () => expect(worker.others.bytes).toBe(WAY_BYTES));

    expect(application.waiting).toEqual({ bytes: WAY_BYTES, events: 1 });
  });
});

const steps = fc.array(
  fc.oneof(
    fc.record({ log: fc.integer({ min: 0, max: 60_000 }), level: fc.constantFrom('info', 'error') }),
    fc.record({ take: fc.integer({ min: 1, max: 20 }) }),
  ),
  { maxLength: 120 },
);

test('what waits and what the worker has keep to one bound together, and what is admitted last is taken', () => {
  fc.assert(
    fc.property(steps, fc.constantFrom('shed' as const, 'drop_oldest' as const), (all, overflowPolicy) => {
      const { application, worker } = ends();
      const sink = new CloudWatchSink(
        { ...TARGET, ...LIMITS, overflowPolicy, env: {} },
        {
          memory: worker,
          port: new FakePort({ putLogEvents: ['hang', 'hang'] }),
          clock: new ManualClock(NOW_MS),
          writeStderr: () => true,
        },
      );
      const ring: LogEvent[] = [];
      for (const step of all) {
        if ('log' in step) {
          const logged = logEvent(NOW_MS, 'x'.repeat(step.log), step.level === 'info' ? 2 : 4);
          if (application.admits(frameBytes(logged))) {
            application.came(frameBytes(logged));
            ring.push(logged);
          }
        } else {
          for (const taken of ring.splice(0, step.take))
            worker.take(frameBytes(taken), () => sink.writeEvent(taken));
        }
        const { waiting, held } = application;
        expect(held).toEqual({ bytes: sink.stats().pendingBytes, events: sink.stats().pending });
        expect(waiting.bytes + held.bytes).toBeLessThanOrEqual(MIB);
      }
      void sink.close({ deadlineMs: 0 });
    }),
    { numRuns: 40 },
  );
});
