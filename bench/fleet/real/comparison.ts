import { isBalanced } from '../../../runtime/ack/ledger.js';
import { sharesBetween, snapshot } from '../../machine/snapshot.js';
import { projectPath } from '../../paths.js';
import { UNRESTRAINED } from '../child.js';
import { figuresOfRun, latenessOf, medianLatencyMs } from './figures.js';
import { runFleet, type FleetRun, type WriterReport } from './fleet.js';
import { loadNow, type Comparison, type RealCheck } from './outcome.js';
import type { Plan } from './plan.js';
import { predict } from './prediction.js';

/** Under a quota, the fleet needs minutes for what waits in the end. */
const TAIL_SECONDS = 600;

/**
 * Runs processes, and then the simulator on the same plan.
 *
 * @throws Error if the account of a process does not balance.
 */
export async function compare(
  of: Plan,
  isRestrained: boolean,
  say: (what: string) => void,
): Promise<Comparison> {
  const plan = planFor(of, isRestrained);
  const before = loadNow();
  let since = snapshot();
  const folder = projectPath('bench/fleet/real');
  const begins = (pids: readonly number[]): void => void (since = snapshot(pids));
  const run = await runFleet(plan, { folder, say, tailSeconds: TAIL_SECONDS, begins });
  const machine = sharesBetween(since, snapshot());
  const load = { before, after: loadNow() };
  checkAccounts(run);
  say('the same is simulated');
  const latencyMs = medianLatencyMs(run);
  return {
    isRestrained,
    real: figuresOfRun(plan, run),
    simulated: await predict(plan, latencyMs),
    neighbourRefusals: run.neighbour.refusals,
    memory: {
      atStart: middle(run.writers, ({ memory }) => memory.atStart),
      most: middle(run.writers, ({ memory }) => memory.most),
    },
    medianLatencyMs: latencyMs,
    latenessMs: latenessOf(run),
    machine,
    load,
  };
}

/** The same processes beside new simulations: after the simulator was changed. */
export async function simulatedAgain(check: RealCheck): Promise<Comparison[]> {
  const comparisons: Comparison[] = [];
  for (const comparison of check.comparisons) {
    const plan = planFor(check.plan, comparison.isRestrained);
    comparisons.push({ ...comparison, simulated: await predict(plan, comparison.medianLatencyMs) });
  }
  return comparisons;
}

function planFor(plan: Plan, isRestrained: boolean): Plan {
  return isRestrained ? plan : { ...plan, restraint: UNRESTRAINED };
}

function checkAccounts({ writers }: FleetRun): void {
  for (const { name, logged, account } of writers)
    if (!isBalanced(account) || account.accepted !== logged || account.pending > 0)
      throw new Error(`the account of ${name} does not balance: ${JSON.stringify({ logged, ...account })}`);
}

function middle(writers: readonly WriterReport[], of: (writer: WriterReport) => number): number {
  const values = writers.map(of).toSorted((a, b) => a - b);
  return values[Math.floor(values.length / 2)]!;
}
