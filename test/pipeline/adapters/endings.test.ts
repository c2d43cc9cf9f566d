import { isBalanced, totalAccount } from '../../../runtime/ack/ledger.js';
import { play, type Findings } from '../exit/cell.js';
import type { Circumstances } from '../exit/circumstances.js';
import { LOGGED, type Ending } from '../exit/endings.js';
import { cellsOf, endingCells } from './ending-cells.js';
import { idsBelow } from './reader.js';
import { factsOf, subjectNames, type Limit } from './subject.js';

/** The whole square takes minutes: it is for who works on an adapter, and names its subjects, or sets `FULL=1`. */
const isWhole = process.env['FULL'] !== undefined || process.env['SUBJECTS'] !== undefined;

/** Where the events of an ending have to be. */
type Promised = 'delivered' | 'spooled' | 'delivered or diverted' | 'counted' | 'lost';

function promisedBy({ leaves, isStderrClosed }: Ending, { service }: Circumstances): Promised {
  if (leaves === 'nothing') return 'lost';
  if (service === 'down') return 'spooled';
  if (leaves === 'time') return 'delivered';
  return isStderrClosed ? 'counted' : 'delivered or diverted';
}

describe.each(subjectNames)('%s keeps the promise of each ending:', (name) => {
  test.concurrent.each(isWhole ? endingCells : cellsOf(name, subjectNames))(
    '%s',
    async (_, ending, circumstances) => {
      const { limits } = await factsOf(name);
      const adapted = { ...ending, env: { ...ending.env, SUBJECT: name } };
      const judged = async (): Promise<void> => {
        const findings = await play({ ending: adapted, ...circumstances });
        expectOnceEach(findings);
        if (isLimited(ending, limits)) return;
        expect(findings.ended.by).toBe(ending.by);
        expectKept(promisedBy(ending, circumstances), ending, findings);
      };

      // Five programs at a time can use up the two seconds of a signal by themselves. What is wrong is so the second time, too.
      await expect(judged().catch(judged)).resolves.toBeUndefined();
    },
    180_000,
  );
});

/** The library keeps events to itself at an exit, takes none after its own, or does not wait at a signal. */
function isLimited(ending: Ending, limits: Readonly<Partial<Record<Limit, string>>>): boolean {
  if (ending.loggedAtExit && limits['exit listener']) return true;
  const isBySignal = ending.signal !== undefined || typeof ending.by === 'string';
  return isBySignal ? limits.signals !== undefined : limits.exit !== undefined;
}

/** Nothing is there twice, or that was not logged, and what a ledger has accepted is where it says. */
function expectOnceEach({ delivered, spooled, onStderr, accounts }: Findings): void {
  const found = [...delivered, ...spooled, ...onStderr];
  expect(found.filter((id) => !(id >= 0 && id < LOGGED))).toEqual([]);
  expect(new Set(found).size).toBe(found.length);
  if (accounts.length === 0) return;
  const total = totalAccount([...accounts]);
  expect(isBalanced(total)).toBe(true);
  expect(total).toMatchObject({
    delivered: delivered.length,
    spooled: spooled.length,
    diverted: { total: onStderr.length },
    pending: 0,
  });
}

function expectKept(promised: Promised, ending: Ending, findings: Findings): void {
  const { delivered, spooled, onStderr, accounts } = findings;
  const sorted = (ids: readonly number[]): number[] => ids.toSorted((a, b) => a - b);
  const all = idsBelow(LOGGED);
  if (promised === 'delivered') expect(sorted(delivered)).toEqual(all);
  if (promised === 'spooled') expect(sorted(spooled)).toEqual(all);
  if (promised === 'delivered or diverted') expect(sorted([...delivered, ...onStderr])).toEqual(all);
  if (promised === 'counted' && accounts.length > 0) {
    const { dropped } = totalAccount([...accounts]);
    expect(delivered.length + dropped.total).toBe(LOGGED);
  }
  if (typeof ending.by === 'number' && accounts.length > 0)
    expect(totalAccount([...accounts]).accepted).toBe(LOGGED);
}
