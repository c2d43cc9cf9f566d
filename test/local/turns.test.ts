import { Turns } from '../../local/turns.js';

let nowMs: number;
let looks: number;

beforeEach(() => {
  [nowMs, looks] = [0, 0];
  jest.spyOn(performance, 'now').mockImplementation(() => {
    looks += 1;
    return nowMs;
  });
});
afterEach(() => jest.restoreAllMocks());

/** How many steps of a duration one turn has. */
function stepsOfTurn(turns: Turns, stepMs: number): number {
  for (let steps = 1; ; steps += 1) {
    nowMs += stepMs;
    if (turns.isOver('line')) return steps;
  }
}

test('a turn of slow steps is not longer than one of them and 8 milliseconds', async () => {
  const turns = new Turns(() => false);

  for (const stepMs of [20, 5, 2]) {
    expect(stepsOfTurn(turns, stepMs) * stepMs).toBeLessThanOrEqual(8 + stepMs);
    nowMs += 1_000;
    await turns.next();
  }
});

test('steps that are fast are not each followed by a look at the clock', () => {
  const steps = stepsOfTurn(new Turns(() => false), 0.01);

  expect(steps).toBeLessThan(1_000);
  expect(looks).toBeLessThan(steps / 10);
});
