import * as fc from 'fast-check';
import { EventJoiner } from '../../../cli/emit/event-joiner.js';

function eventsOf(lines: readonly string[], start = /^A/, maxUnits?: number): string[] {
  const events: string[] = [];
  const joiner = new EventJoiner(start, (text) => events.push(text), maxUnits);
  for (const line of lines) joiner.add(line);
  joiner.end();
  expect(joiner.isHolding).toBe(false);
  return events;
}

test('every line but blank ones between events is in one event, in its order', () => {
  const line = fc.constantFrom('A 1', '  at x', 'other', '');
  fc.assert(
    fc.property(fc.array(line), (lines) => {
      const events = eventsOf(lines);
      expect(events.flatMap((event) => event.split('\n')).filter((each) => each !== '')).toEqual(
        lines.filter((each) => each !== ''),
      );
      // Only the first event may begin without a match.
      for (const event of events.slice(1)) expect(event).toMatch(/^A/);
      for (const event of events) expect(event.split('\n').slice(1).join('\n')).not.toMatch(/^A/m);
    }),
  );
});

test('blank lines within an event are kept, at its end they are not', () => {
  expect(eventsOf(['', 'A 1', '', '  at x', '', '', 'A 2', ''])).toEqual(['A 1\n\n  at x', 'A 2']);
});

test('lines before the first match are an event', () => {
  expect(eventsOf(['  at x', '  at y', 'A'])).toEqual(['  at x\n  at y', 'A']);
});

test.each([
  [10, ['A2345\n7890']],
  [9, ['A2345', '7890']],
])('an event of at most %i units holds %j', (maxUnits, events) => {
  expect(eventsOf(['A2345', '7890'], /^A/, maxUnits)).toEqual(events);
});
