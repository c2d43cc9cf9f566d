import { join } from 'node:path';
import { figuresOfRun } from '../../../../bench/fleet/real/figures.js';
import { NEIGHBOUR, runFleet } from '../../../../bench/fleet/real/fleet.js';
import type { Plan } from '../../../../bench/fleet/real/plan.js';
import { isBalanced } from '../../../../runtime/ack/ledger.js';
import { root } from '../../../support/imports.js';

const folder = join(root, 'bench/fleet/real');

/** Some four calls a second are wanted, of which half are granted. */
const plan: Plan = {
  writers: 8,
  seconds: 10,
  startSeconds: 2,
  eventsPerSecond: 5,
  bytes: 400,
  limitTps: 2,
  neighbourCalls: 0.5,
  seed: 1,
};

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}

test('eight processes under a quota: every account balances, and everything is stored exactly once', async () => {
  let pids: readonly number[] = [];
  const begins = (of: readonly number[]): void => void (pids = of);

  // Whoever has something left closes with it, while the quota still refuses.
  const run = await runFleet(plan, { folder, say: () => undefined, tailSeconds: 0, begins });

  const figures = figuresOfRun(plan, run);
  expect(run.writers).toHaveLength(plan.writers);
  for (const { name, logged, account } of run.writers) {
    expect(account).toMatchObject({ logStreamName: name, accepted: logged, delivered: logged, pending: 0 });
    expect(isBalanced(account)).toBe(true);
    const numbers = run.stored.filter(([stream]) => stream === name).map(([, number]) => number);
    expect(numbers.toSorted((a, b) => a - b)).toEqual(Array.from({ length: logged }, (_, index) => index));
  }
  expect(figures).toMatchObject({ lost: 0, repeated: 0, diverted: 0, dropped: 0, stored: figures.logged });
  expect(figures.logged).toBeGreaterThan(0);
  expect(figures.calls.PutLogEvents.throttled).toBeGreaterThan(0);
  expect(run.stored.filter(([stream]) => stream === NEIGHBOUR)).toHaveLength(run.neighbour.granted);
  expect(pids).toHaveLength(plan.writers + 3);
  expect(pids.filter(isRunning)).toEqual([]);
}, 150_000);

test('a program that fails is named, with what it said', async () => {
  const surroundings = { folder: join(folder, 'nowhere'), say: () => undefined, tailSeconds: 0 };

  await expect(runFleet(plan, surroundings)).rejects.toThrow(
    /nowhere\/server\.mjs ended with status 1 before it had a result: [^]*Cannot find module/,
  );
});
