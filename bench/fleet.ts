/** Simulates fleets of writers on one account: `npm run fleet -- --help`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { toText } from './page/table.js';
import { runAll, runHere } from './fleet/child.js';
import { FleetOptionsError, HELP, parseOptions, type FleetOptions } from './fleet/options.js';
import { barTable, breaches } from './fleet/page/bars.js';
import { CHARTS, generatedDocuments } from './fleet/page/documents.js';
import { resultLine } from './fleet/page/result-line.js';
import { RESULTS, writeRun } from './fleet/page/results-file.js';
import type { FleetResult } from './fleet/result.js';

try {
  const options = parseOptions(process.argv.slice(2));
  if (!options) console.log(HELP);
  else if (options.child) await printResult(options, options.child);
  else await runAndReport(options);
} catch (error) {
  if (!(error instanceof FleetOptionsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function printResult(options: FleetOptions, mode: NonNullable<FleetOptions['child']>): Promise<void> {
  const [name] = options.names;
  // Nobody reads the stacks of the errors that the simulated service answers with.
  Error.stackTraceLimit = 0;
  process.stdout.write(JSON.stringify(await runHere(name!, mode, options)));
}

async function runAndReport(options: FleetOptions): Promise<void> {
  const results = await runAll(options, sayer(2 * options.names.length));
  console.log(toText(barTable(results)));
  failOn(breaches(results));
  const run = { part: options.part, node: process.version, results };
  if (options.out !== undefined) writeRun(run, options.out);
  if (!options.writes) return;
  mkdirSync(CHARTS, { recursive: true });
  writeRun(run, RESULTS);
  for (const { path, content } of generatedDocuments()) writeFileSync(path, content);
}

/** Prints each result as it comes, with how many have come and how long that took. */
function sayer(total: number): (result: FleetResult) => void {
  const sinceMs = performance.now();
  let done = 0;
  return (result) => {
    const seconds = Math.round((performance.now() - sinceMs) / 1_000);
    console.log(`${progressText(++done, total, seconds)}  ${resultLine(result)}`);
  };
}

function progressText(done: number, total: number, seconds: number): string {
  const minutes = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
  return `${minutes.padStart(6)}  ${String(done).padStart(String(total).length)}/${total}`;
}

function failOn(problems: readonly string[]): void {
  if (problems.length === 0) return;
  console.error(['', ...problems].join('\n'));
  process.exitCode = 1;
}
