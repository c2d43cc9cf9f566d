import * as fc from 'fast-check';
import { inTimeOrder } from '../../../cli/tail/time-order.js';
import type { TailedEvent } from '../../../cli/tail/tailed-event.js';

function event(logGroup: string, timestamp: number): TailedEvent {
  return { logGroup, logStream: 's', timestamp, ingestionTime: undefined, eventId: undefined, message: '' };
}

async function* pagesOf(
  events: readonly TailedEvent[],
  size: number,
): AsyncGenerator<readonly TailedEvent[]> {
  for (let start = 0; start < events.length; start += size) {
    yield events.slice(start, start + size);
    yield [];
  }
}

test('sources are merged by time, whatever their pages are, and each keeps its own order', async () => {
  const times = fc
    .array(fc.nat(20), { maxLength: 15 })
    .map((all) => all.toSorted((one, other) => one - other));
  const source = fc.record({ times, size: fc.integer({ min: 1, max: 4 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(source, { maxLength: 4 }), async (sources) => {
      const groups = sources.map((each, index) => each.times.map((time) => event(String(index), time)));

      const merged: TailedEvent[] = [];
      for await (const page of inTimeOrder(groups.map((all, index) => pagesOf(all, sources[index]!.size))))
        merged.push(...page);

      const timesOf = (events: readonly TailedEvent[]) => events.map(({ timestamp }) => timestamp);
      expect(timesOf(merged)).toEqual(timesOf(groups.flat()).toSorted((one, other) => one - other));
      groups.forEach((all, index) =>
        expect(merged.filter(({ logGroup }) => logGroup === String(index))).toEqual(all),
      );
    }),
  );
});
