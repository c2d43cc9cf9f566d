import { Segment } from '../../../runtime/spool/segment.js';
import { batchAt, NOW_MS } from '../../support/events.js';

const THREE = batchAt(NOW_MS, NOW_MS + 1, NOW_MS + 2);

function held() {
  const released: Segment[] = [];
  const segment = new Segment('a.segment', 100, (each) => released.push(each));
  segment.contents = { events: 3, firstTimestamp: NOW_MS, lastTimestamp: NOW_MS + 2 };
  segment.hold([THREE]);
  return { segment, released };
}

test('it is let go when the last of its events is settled', () => {
  const { segment, released } = held();
  segment.release(1);
  segment.release(1);
  expect(released).toEqual([]);
  segment.release(1);
  expect(released).toEqual([segment]);
});

test('it is let go once, and not at all if it rests', () => {
  const { segment, released } = held();
  segment.state = 'resting';
  segment.release(3);
  segment.state = 'gone';
  segment.release(3);
  expect(released).toEqual([]);
});

test('it is exactly its batch while none of it is settled, and all of it was written', () => {
  const { segment } = held();
  expect(segment.isExactly(THREE)).toBe(true);
  expect(segment.isExactly(batchAt(NOW_MS))).toBe(false);
  segment.contents = { ...segment.contents!, events: 2 };
  expect(segment.isExactly(THREE)).toBe(false);
  segment.contents = { ...segment.contents, events: 3 };
  segment.release(1);
  expect(segment.isExactly(THREE)).toBe(false);
});

test('an unread one has no events that are known', () => {
  expect(new Segment('a.segment', 100, () => undefined).events).toBe(0);
});
