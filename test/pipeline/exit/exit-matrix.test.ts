import { isBalanced, totalAccount } from '../../../runtime/ack/ledger.js';
import { expectUpToDate } from '../../support/evidence-page.js';
import { cells, chosenCells, nameOf, play, type Cell, type Findings } from './cell.js';
import { LOGGED } from './endings.js';
import { EXIT_PAGE, exitPage, type Counts } from './exit-table.js';

/** A page is written of what was seen. */
const isWhole = [process.env['FULL'], process.env['UPDATE_DOCS']].includes('1');
const played = isWhole ? cells : chosenCells;

/** By the names of the cells. */
const counts = new Map<string, Counts>();

describe('whatever the end, each event is delivered, on disk, on stderr or counted', () => {
  test.concurrent.each(played.map((cell) => [nameOf(cell), cell] as const))(
    '%s',
    async (_, cell) => {
      // GIVEN, WHEN
      const findings = await play(cell);

      // THEN
      const found = countsOf(findings);
      const { ended } = findings;
      expect([ended.by, complaintOf(ended, cell)]).toEqual([cell.ending.by, '']);
      expect(found).toEqual(expectedOf(cell));
      expectOnceEach(cell, findings);
      expectExactLedger(cell, findings);
      expectOwnStreams(cell, findings);
      if (!cell.ending.isStderrClosed) expect(ended.stderr).toContain(cell.ending.says ?? '');
      counts.set(nameOf(cell), found);
    },
    180_000,
  );

  test(`${EXIT_PAGE} says so; if not, run this file with UPDATE_DOCS=1`, () => {
    expect(counts.size).toBe(played.length);
    // A cell that is played has what is expected of it; so has one that is not.
    const results = cells.map((cell) => [cell, counts.get(nameOf(cell)) ?? expectedOf(cell)] as const);
    expectUpToDate(exitPage(results));
  });
});

/** What a program says that ends otherwise than it should, without its events. */
function complaintOf({ by, stderr }: Findings['ended'], { ending }: Cell): string {
  if (by === ending.by) return '';
  return stderr
    .split('\n')
    .filter((line) => !line.startsWith('{'))
    .join('\n');
}

function countsOf({ delivered, spooled, onStderr, accounts }: Findings): Counts {
  const somewhere = new Set([...delivered, ...spooled, ...onStderr]);
  const dropped = totalAccount([...accounts]).dropped.total;
  return {
    logged: LOGGED,
    delivered: delivered.length,
    spooled: spooled.length,
    onStderr: onStderr.length,
    dropped,
    lost: LOGGED - somewhere.size - dropped,
  };
}

/** What must not be lost is where there was time to bring it; the only losses are those that no program can prevent. */
function expectedOf({ ending, mode, spool, service }: Cell): Counts {
  const none = { logged: LOGGED, delivered: 0, spooled: 0, onStderr: 0, dropped: 0, lost: 0 };
  if (ending.leaves === 'nothing') {
    return spool.isWriteAhead ? { ...none, spooled: LOGGED } : { ...none, lost: LOGGED };
  }
  const { loggedAtExit = 0 } = ending;
  const before = LOGGED - loggedAtExit;
  const isDelivering = ending.leaves === 'time' || (mode.deliversAtExit && !ending.isHurried);
  if (isDelivering && service !== 'down') return { ...none, delivered: before, onStderr: loggedAtExit };
  if (spool.name !== 'none') return { ...none, spooled: before, onStderr: loggedAtExit };
  return ending.isStderrClosed ? { ...none, dropped: LOGGED } : { ...none, onStderr: LOGGED };
}

/** Nothing is there twice, nothing that was not logged, and what one process logged is in its order. */
function expectOnceEach({ ending }: Cell, { delivered, spooled, onStderr }: Findings): void {
  const found = [...delivered, ...spooled, ...onStderr];
  if (!ending.processes) expect(found).toEqual(found.toSorted((a, b) => a - b));
  expect(new Set(found).size).toBe(found.length);
  expect(found.filter((id) => !(id >= 0 && id < LOGGED))).toEqual([]);
}

/** A process that a signal ends cannot say what became of its events; all others say what was found. */
function expectExactLedger({ ending }: Cell, findings: Findings): void {
  const isSilent = typeof ending.by === 'string';
  expect(findings.accounts).toHaveLength(isSilent ? 0 : (ending.processes ?? 1));
  if (isSilent) return;
  const total = totalAccount([...findings.accounts]);
  expect(isBalanced(total)).toBe(true);
  expect(total).toMatchObject({
    accepted: LOGGED,
    delivered: findings.delivered.length,
    spooled: findings.spooled.length,
    diverted: { total: findings.onStderr.length },
    pending: 0,
  });
}

function expectOwnStreams({ ending, service }: Cell, { delivered, streams }: Findings): void {
  if (delivered.length === 0 || service === 'down') return;
  expect(streams.size).toBe(ending.sharesStream ? 1 : (ending.processes ?? 1));
}
