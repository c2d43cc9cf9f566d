import { isBalanced } from '../../../runtime/ack/ledger.js';
import { DeliveryStage, type Findings } from '../../support/delivery-stage.js';
import { evidencePage, expectUpToDate } from '../../support/evidence-page.js';
import { clocks } from './clocks.js';
import { connections } from './connections.js';
import { events } from './events.js';
import { overloads } from './overload.js';
import { refusals } from './refusals.js';
import { stalls } from './stalls.js';
import type { Scenario } from './scenario.js';
import { spools } from './spools.js';
import { targets } from './targets.js';
import { tokens } from './tokens.js';

const scenarios = [
  ...refusals,
  ...connections,
  ...targets,
  ...events,
  ...tokens,
  ...clocks,
  ...stalls,
  ...overloads,
  ...spools,
];
const COLUMNS = [
  'what goes wrong',
  'logged',
  'delivered',
  'rejected',
  'diverted',
  'dropped',
  'lost',
  'stored twice',
  'ledger',
];
const rows: string[][] = [];
let stage: DeliveryStage | undefined;

afterEach(async () => {
  await stage?.close();
  stage = undefined;
});

describe('every event is delivered or accounted for, whatever goes wrong', () => {
  test.each(scenarios.map((scenario) => [scenario.name, scenario] as const))(
    '%s',
    async (_, scenario) => {
      // GIVEN
      stage = await DeliveryStage.open(scenario.options);

      // WHEN
      const report = await scenario.run(stage);
      const findings = await (report ? stage.findings(report) : stage.settle(scenario.deadlineMs));

      // THEN
      expectExactLedger(scenario, findings);
      expectOnlyRepeatedCallsTwice(scenario, findings);
      expectOrder(findings);
      expect(findings.said).toEqual(scenario.says ?? []);
      expect(findings.mostPendingBytes).toBeLessThanOrEqual(
        (scenario.options?.sink?.maxQueueBytes as number) ?? 4_194_304,
      );
      scenario.check?.(findings, stage);
      rows.push(rowOf(scenario, findings));
    },
    60_000,
  );

  test('docs/delivery.md says so; if not, run this file with UPDATE_DOCS=1', () => {
    expect(rows).toHaveLength(scenarios.length);
    expectUpToDate(evidencePage('docs/delivery.md', 'faults', COLUMNS, rows));
  });
});

/** Each place says of itself how much arrived there, and the ledger says the same. */
function expectExactLedger({ rejected = 0, diverted = 0, varies }: Scenario, findings: Findings): void {
  const { report, logged, lines, lost, duplicates } = findings;
  expect(isBalanced(report)).toBe(true);
  expect(report).toMatchObject({ pending: 0, pendingBytes: 0, spooled: 0 });
  expect(lost).toBe(0);
  expect(report.delivered).toBe(lines.length - duplicates);
  expect(report.rejected.total).toBe(rejected);
  expect(findings.rejected).toHaveLength(rejected);
  expect(report.diverted.total).toBe(diverted);
  expect(findings.diverted).toHaveLength(diverted);
  if (varies) return;
  expect(report).toMatchObject({ accepted: logged, delivered: logged - rejected - diverted });
  expect(report.dropped).toEqual({ total: 0, byReason: {} });
}

/** A batch is the unit of what may be stored twice, and only one of which the sink could not know. */
function expectOnlyRepeatedCallsTwice({ repeatedCalls = 0 }: Scenario, findings: Findings): void {
  expect(findings.repeatedCalls).toBe(repeatedCalls);
  expect(findings.repeatedCalls).toBeLessThanOrEqual(findings.callsInDoubt);
  expect(findings.duplicates).toBe(repeatedCalls * 50);
}

/** A reader sees equal milliseconds in the order in which they were logged, where nothing was stored twice. */
function expectOrder({ lines }: Findings): void {
  const times = new Map<number, number>();
  for (const { id } of lines) if (id !== undefined) times.set(id, (times.get(id) ?? 0) + 1);
  const once = lines.filter(({ id }) => id !== undefined && times.get(id) === 1);
  const sorted = once.toSorted((a, b) => a.timestamp - b.timestamp || a.id! - b.id!);
  expect(once.map(({ id }) => id)).toEqual(sorted.map(({ id }) => id));
}

function rowOf({ name, varies, repeatedCalls = 0 }: Scenario, { report, logged, lost }: Findings): string[] {
  const number = (value: number): string => value.toLocaleString('en-US');
  return [
    name,
    number(logged),
    varies?.delivered ?? number(report.delivered),
    number(report.rejected.total),
    number(report.diverted.total),
    varies?.dropped ?? number(report.dropped.total),
    number(lost),
    repeatedCalls === 0 ? '0' : `${repeatedCalls} calls`,
    isBalanced(report) ? 'exact' : 'wrong',
  ];
}
