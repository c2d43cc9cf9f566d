import { ALLOWED, ALLOWED_DURING, measureLoad, objections, type Load } from './load.js';
import { sharesBetween, snapshot, type Shares } from './snapshot.js';

/** The machine before, during and after the measurements. */
export interface Machine {
  readonly before: Load;
  readonly during: Shares;
  readonly after: Load;
}

/** Time for what built this project to leave the load average. */
const PATIENCE_MS = 120_000;

export class BusyMachineError extends Error {
  override readonly name = 'BusyMachineError';
}

/**
 * Watches the machine while `measure` runs. Where figures are to be published, the machine has to be quiet.
 *
 * @throws BusyMachineError before it starts, with what was seen and what is allowed
 */
export async function watching<Result>(
  { mustBeQuiet, pids, say }: { mustBeQuiet: boolean; pids: readonly number[]; say: (what: string) => void },
  measure: () => Promise<Result>,
): Promise<{ readonly result: Result; readonly machine: Machine }> {
  const before = mustBeQuiet ? await quietLoad(pids, say) : await measureLoad(pids);
  const start = snapshot(pids);
  const result = await measure();
  const during = sharesBetween(start, snapshot(pids));
  return { result, machine: { before, during, after: await measureLoad(pids) } };
}

/** Names what disturbed the measurements. The load average after them is the benchmark's own. */
export function disturbances({ during, after }: Machine): string[] {
  return [
    ...objections(during, ALLOWED_DURING).map((each) => `during the measurements, ${each}`),
    ...objections({ ...after, perCore: 0 }, ALLOWED).map((each) => `after the measurements, ${each}`),
  ];
}

async function quietLoad(pids: readonly number[], say: (what: string) => void): Promise<Load> {
  const endMs = performance.now() + PATIENCE_MS;
  for (;;) {
    const load = await measureLoad(pids);
    const busy = objections(load, ALLOWED);
    if (busy.length === 0) return load;
    if (performance.now() > endMs) throw new BusyMachineError(refusal(busy));
    say(`waiting for a quiet machine: ${busy.join('; ')}`);
  }
}

export function refusal(busy: readonly string[]): string {
  return `The machine is busy, so no page is written:\n${busy.map((each) => `  ${each}`).join('\n')}`;
}
