import { readFileSync } from 'node:fs';
import type { GeneratedDocument } from '../../../tools/docs/generated-documents.js';
import { withGeneratedPart } from '../../../tools/docs/generated-part.js';
import { toMarkdown, type Table } from '../../page/table.js';
import { PAGE_DATA } from '../real/options.js';
import { readCheck } from '../real/outcome.js';
import { barTable } from './bars.js';
import { callsTable } from './calls-table.js';
import { chartsOf } from './charts.js';
import { delayTable } from './delay-table.js';
import { eventsTable } from './events-table.js';
import { flushTable } from './flush-table.js';
import { memoryTable } from './memory-table.js';
import { pairsOf } from './pair.js';
import { planTable } from './plan-table.js';
import { recoveryTable } from './recovery-table.js';
import { realTable } from './real-table.js';
import { readRun, RESULTS, type FleetRun } from './results-file.js';
import { scenariosTable } from './scenarios-table.js';
import { streamsTable } from './streams-table.js';

const PAGE = 'docs/scale.md';
/** The folder of the charts, relative to the project's root. */
export const CHARTS = 'docs/scale';

/** docs/scale.md with its generated parts, and its charts, from the results that are kept. */
export function generatedDocuments(): GeneratedDocument[] {
  const run = readRun(RESULTS);
  const charts = chartsOf(pairsOf(run.results));
  const parts: Readonly<Record<string, string>> = {
    plan: tableOnly(planTable()),
    bar: tableOnly(barTable(run.results)),
    results: resultsText(run),
    real: tableOnly(realTable(readCheck(PAGE_DATA))),
  };
  const content = Object.entries(parts).reduce(
    (document, [name, text]) => withGeneratedPart(document, name, text),
    readFileSync(PAGE, 'utf8'),
  );
  return [
    { path: PAGE, content },
    ...charts.map(({ file, svg }) => ({ path: `${CHARTS}/${file}`, content: svg })),
  ];
}

/** Under a heading that the page has. */
function tableOnly(table: Table): string {
  return toMarkdown(table).replace(/^## .*\n\n/, '');
}

function resultsText({ part, node, results }: FleetRun): string {
  const pairs = pairsOf(results);
  const tables = [
    scenariosTable(pairs),
    eventsTable(pairs),
    callsTable(pairs),
    delayTable(pairs),
    streamsTable(pairs),
    flushTable(pairs),
    recoveryTable(pairs),
    memoryTable(pairs),
  ];
  return [
    `Seed ${results[0]?.seed ?? 1}, Node.js ${node}.${part === 1 ? '' : ` Each fleet, its quotas and its neighbour are a ${ordinal(part)} of what the scenario says: a look, not the measure.`}`,
    ...chartsOf(pairs).map(({ file, title }) => `![${title}](scale/${file})`),
    ...tables.map((table) => toMarkdown(table, '###')),
  ].join('\n\n');
}

function ordinal(part: number): string {
  return `${part}th part`;
}
