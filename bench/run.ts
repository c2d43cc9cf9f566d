/** The benchmark against peers: `npm run bench -- --help`. */
import { damageOf } from './damage.js';
import { startEndpoint, type Endpoint } from './endpoint/endpoint.js';
import { BusyMachineError, disturbances, refusal, watching } from './machine/watch.js';
import { otherNodes } from './measure/node-versions.js';
import { progressOf, type Progress } from './measure/progress.js';
import { HELP, OptionsError, parseOptions, type Options } from './options.js';
import { barTable, NOT_MEASURED } from './page/bar.js';
import { machineTable } from './page/machine-table.js';
import { writeAdaptersPage, writePage } from './page/page.js';
import { toText, type Table } from './page/table.js';
import { tablesOf } from './page/tables.js';
import { measureAll } from './results.js';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(HELP);
} catch (error) {
  if (!(error instanceof OptionsError || error instanceof BusyMachineError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(options: Options): Promise<void> {
  // Installed before minutes of measurements, which a failure would lose.
  if (options.measure.includes('nodes')) otherNodes();
  const endpoint = await startEndpoint();
  try {
    await measureAndReport(options, endpoint, progressOnStderr(options));
  } finally {
    await endpoint.stop();
  }
}

async function measureAndReport(options: Options, endpoint: Endpoint, progress: Progress): Promise<void> {
  const { result: results, machine } = await watching(
    { mustBeQuiet: writesPage(options), pids: [endpoint.pid], say: (what) => progress.say(what) },
    () => measureAll(options, endpoint, progress),
  );
  const tables = [...tablesOf(results, options), measuredRows(barTable(results)), machineTable(machine)];
  for (const table of tables) console.log(toText(table));
  failOn(damageOf(results));
  if (!writesPage(options)) return;
  const disturbed = disturbances(machine);
  if (disturbed.length > 0) throw new BusyMachineError(refusal(disturbed));
  await (options.isFull ? writePage : writeAdaptersPage)(results, machine, options);
}

function writesPage({ isFull, isOfAdapters }: Options): boolean {
  return isFull || isOfAdapters;
}

function progressOnStderr({ expectedSeconds }: Options): Progress {
  return progressOf({
    expected: expectedSeconds,
    print: (line) => console.error(line),
    nowMs: () => performance.now(),
  });
}

/** Leaves out the rows of measurements that were not asked for. */
function measuredRows(table: Table): Table {
  return { ...table, rows: table.rows.filter((row) => row.at(-1) !== NOT_MEASURED) };
}

function failOn(problems: readonly string[]): void {
  if (problems.length === 0) return;
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
