import * as fc from 'fast-check';
import { logEvent, type LogEvent } from '../../../runtime/batch/log-event.js';
import { frameBytes, FrameReader } from '../../../runtime/worker/frames.js';
import { Packer, type Parcel } from '../../../runtime/worker/packer.js';
import { NOW_MS, texts } from '../../support/events.js';

const KIB_64 = 65_536;

function eventsIn(parcels: readonly Parcel[]): unknown[] {
  return parcels.flatMap(({ bytes }) => new FrameReader().take(bytes.toString()));
}

/** Adds an event as its only user does. */
function pack(packer: Packer, event: LogEvent): Parcel[] {
  const sealed = packer.fits(frameBytes(event)) ? undefined : packer.seal();
  packer.add(event);
  return sealed ? [sealed] : [];
}

test('every event is in one parcel, in order and for good, whatever is packed after it', () => {
  const sizes = fc.oneof(
    texts,
    fc.integer({ min: 0, max: 90_000 }).map((length) => 'x'.repeat(length)),
  );
  fc.assert(
    fc.property(fc.array(fc.tuple(sizes, fc.boolean()), { maxLength: 30 }), (steps) => {
      const packer = new Packer();
      const events = steps.map(([line], index) => logEvent(NOW_MS + index, line, index % 6));
      const parcels = events.flatMap((event, index) => {
        const before = pack(packer, event);
        const after = steps[index]![1] ? packer.seal() : undefined;
        return after ? [...before, after] : before;
      });
      const last = packer.seal();
      const all = last ? [...parcels, last] : parcels;
      expect(all.reduce((sum, parcel) => sum + parcel.events, 0)).toBe(events.length);
      expect(eventsIn(all)).toEqual(events.map((event) => ({ event, frameBytes: frameBytes(event) })));
    }),
  );
});

test('nothing is sealed of nothing', () => {
  expect(new Packer().seal()).toBeUndefined();
});

test('parcels of one turn each share memory until it is full', () => {
  const packer = new Packer();
  const memories = new Set<ArrayBufferLike>();
  const event = logEvent(NOW_MS, 'x'.repeat(1_000), 2);
  const count = Math.floor(KIB_64 / frameBytes(event));
  for (let each = 0; each < count; each++) {
    pack(packer, event);
    memories.add(packer.seal()!.bytes.buffer);
  }
  expect(memories.size).toBe(1);
  pack(packer, event);
  memories.add(packer.seal()!.bytes.buffer);
  expect(memories.size).toBe(2);
});
