import { logEvent } from '../../../runtime/batch/log-event.js';
import { InFlight } from '../../../runtime/worker/in-flight.js';
import { Packer } from '../../../runtime/worker/packer.js';

const packer = new Packer();

/** Parcels of so many events, whose times count on. */
function inFlight(...counts: number[]): InFlight {
  const flying = new InFlight();
  let timeMs = 0;
  for (const count of counts) {
    for (let each = 0; each < count; each++) packer.add(logEvent(timeMs++, 'größer\n', 2));
    flying.push(packer.seal()!);
  }
  return flying;
}

const times = (flying: InFlight): number[] => flying.rest().map(({ timestamp }) => timestamp);

test.each([
  [0, [0, 1, 2, 3, 4]],
  [1, [1, 2, 3, 4]],
  [2, [2, 3, 4]],
  [3, [3, 4]],
  [5, []],
])('after %i were taken of parcels of 2 and 3', (taken, rest) => {
  const flying = inFlight(2, 3);
  flying.takenUpTo(taken);

  expect(times(flying)).toEqual(rest);
});

test('what is taken is counted from the first event ever sent', () => {
  const flying = inFlight(3);
  flying.takenUpTo(2);
  packer.add(logEvent(9, 'another', 4));
  flying.push(packer.seal()!);
  flying.takenUpTo(2);
  expect(times(flying)).toEqual([2, 9]);
  flying.takenUpTo(3);

  expect(times(flying)).toEqual([9]);
});
