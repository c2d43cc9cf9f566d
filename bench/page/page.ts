import { mkdirSync, writeFileSync } from 'node:fs';
import { ADAPTERS, loadContestant, type ContestantName } from '../contestant.js';
import type { Machine } from '../machine/watch.js';
import type { Options } from '../options.js';
import { projectPath } from '../paths.js';
import type { Results } from '../results.js';
import { barTable } from './bar.js';
import { chartsOf, type ChartFile } from './charts.js';
import { environmentTable } from './environment.js';
import { machineTable } from './machine-table.js';
import { toMarkdown, type Table } from './table.js';
import { tablesOf } from './tables.js';

/** Writes docs/benchmarks.md and its charts. */
export async function writePage(results: Results, machine: Machine, options: Options): Promise<void> {
  const charts = chartsOf(results);
  const tables = [
    barTable(results),
    ...tablesOf(results, options),
    await configurationTable(options.only),
    environmentTable(),
    machineTable(machine),
  ];
  mkdirSync(projectPath('docs/benchmarks'), { recursive: true });
  for (const { file, svg } of charts) writeFileSync(projectPath(`docs/benchmarks/${file}`), svg);
  writeFileSync(projectPath('docs/benchmarks.md'), pageOf(tables, charts));
}

/** Writes docs/benchmarks/adapters.md. */
export async function writeAdaptersPage(results: Results, machine: Machine, options: Options): Promise<void> {
  const tables = [
    ...tablesOf(results, options),
    await configurationTable(ADAPTERS),
    environmentTable(),
    machineTable(machine),
  ];
  const page = [
    '# Keep your logger',
    'Made by `npm run bench -- --adapters`; do not edit. Loggers that deliver through an adapter of this project, each beside what its users have without. Figures are medians, with the smallest and the largest in brackets. They were measured on one machine in one run: only ratios within this page mean something. [Benchmarks](../benchmarks.md) has the rest.',
    ...tables.map((table) => toMarkdown(table)),
  ];
  writeFileSync(projectPath('docs/benchmarks/adapters.md'), page.join('\n\n').concat('\n'));
}

function pageOf(tables: readonly Table[], charts: readonly ChartFile[]): string {
  const [bar, ...others] = tables.map((table) => toMarkdown(table));
  return [
    '# Benchmarks',
    'Made by `npm run bench -- --full`; do not edit. Figures are medians, with the smallest and the largest in brackets. They were measured on one machine in one run: only ratios within this page mean something. [performance.md](performance.md) says where the time goes, and what would have to change. [Keep your logger](benchmarks/adapters.md) has the adapters for other loggers.',
    bar,
    ...charts.map(({ file, title }) => `![${title}](benchmarks/${file})`),
    ...others,
  ]
    .join('\n\n')
    .concat('\n');
}

async function configurationTable(names: readonly ContestantName[]): Promise<Table> {
  const contestants = await Promise.all(names.map(loadContestant));
  return {
    title: 'Contestants',
    how: 'Each as its documentation allows it to be fastest. Credentials are made up and in the environment; the endpoint is on the loopback interface and answers at once, but for the rows that say otherwise. Every other setting is the default.',
    isText: true,
    head: ['contestant', 'configuration'],
    rows: names.map((name, index) => [name, contestants[index]!.configuration]),
  };
}
