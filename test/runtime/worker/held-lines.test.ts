import * as fc from 'fast-check';
import { logEvent, type LogEvent } from '../../../runtime/batch/log-event.js';
import { HeldLines, type OverflowPolicy } from '../../../runtime/worker/held-lines.js';

function line(timeMs: number, rank: number): LogEvent {
  return logEvent(timeMs, 'a line', rank);
}

function held(...ranks: number[]): HeldLines {
  const lines = new HeldLines();
  ranks.forEach((rank, index) => lines.push(line(index, rank)));
  return lines;
}

/** Times of the lines in the order in which they leave. */
function leaving(lines: HeldLines): number[] {
  const times: number[] = [];
  for (let next = lines.shift(); next; next = lines.shift()) times.push(next.timestamp);
  return times;
}

test('lines leave in the order in which they came, whatever their level', () => {
  expect(leaving(held(2, 5, 0, 2, 5, 1))).toEqual([0, 1, 2, 3, 4, 5]);
});

test.each<[OverflowPolicy, number, number | undefined]>([
  ['shed', 5, 2],
  ['shed', 1, 2],
  ['shed', 0, undefined],
  ['drop_oldest', 0, 0],
  ['drop_newest', 5, undefined],
])('%s, for a new line of rank %i: the line that goes is %p', (policy, rank, gone) => {
  const lines = held(3, 4, 1, 1);

  expect(lines.giveUp(policy, rank)?.timestamp).toBe(gone);
  expect(leaving(lines)).toEqual([0, 1, 2, 3].filter((each) => each !== gone));
});

test('nothing is given up where nothing is', () => {
  expect(new HeldLines().giveUp('shed', 5)).toBeUndefined();
  expect(new HeldLines().giveUp('drop_oldest', 5)).toBeUndefined();
});

type Step = { readonly push: number } | 'shift' | 'shed';

const steps: fc.Arbitrary<Step[]> = fc.array(
  fc.oneof(
    fc.record({ push: fc.integer({ min: 0, max: 5 }) }),
    fc.constantFrom('shift' as const, 'shed' as const),
  ),
  { maxLength: 60 },
);

test('it is a list, whatever comes and goes: its lines and its length', () => {
  fc.assert(
    fc.property(steps, (all) => {
      const lines = new HeldLines();
      let model: LogEvent[] = [];
      for (const [index, step] of all.entries()) {
        if (typeof step === 'object') {
          lines.push(line(index, step.push));
          model.push(line(index, step.push));
        } else {
          const lowest = Math.min(...model.map(({ rank }) => rank));
          const gone = step === 'shift' ? model[0] : model.find(({ rank }) => rank === lowest);
          model = model.filter((each) => each !== gone);
          const taken = step === 'shift' ? lines.shift() : lines.giveUp('shed', 5);
          expect(taken?.timestamp).toBe(gone?.timestamp);
        }
        expect(lines.length).toBe(model.length);
      }
      expect(leaving(lines)).toEqual(model.map(({ timestamp }) => timestamp));
    }),
  );
});
