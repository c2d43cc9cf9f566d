/** The benchmark against peers: `npm run bench -- --help`. */
import { OURS } from './contestant.js';
import { startEndpoint } from './endpoint/endpoint.js';
import { progressOnStderr } from './measure/progress.js';
import { HELP, OptionsError, parseOptions, type Options } from './options.js';
import { barTable, NOT_MEASURED } from './page/bar.js';
import { writePage } from './page/page.js';
import { toText, type Table } from './page/table.js';
import { tablesOf } from './page/tables.js';
import { measureAll, type Results } from './results.js';

try {
  const options = parseOptions(process.argv.slice(2));
  if (options) await run(options);
  else console.log(HELP);
} catch (error) {
  if (!(error instanceof OptionsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function run(options: Options): Promise<void> {
  const progress = progressOnStderr();
  const endpoint = await startEndpoint();
  try {
    const results = await measureAll(options, endpoint, progress);
    for (const table of tablesOf(results, options)) console.log(toText(table));
    console.log(toText(measuredRows(barTable(results))));
    if (options.isFull) await writePage(results, options);
    failOn(damageOf(results));
  } finally {
    await endpoint.stop();
  }
}

/** Leaves out the rows of measurements that were not asked for. */
function measuredRows(table: Table): Table {
  return { ...table, rows: table.rows.filter((row) => row.at(-1) !== NOT_MEASURED) };
}

/** Failures that this project's logger must not show, on any machine. */
function damageOf({ throughput, latency }: Results): string[] {
  return [...throughput, ...latency]
    .filter(({ name }) => OURS.includes(name))
    .flatMap(({ name, samples, failure }) => [
      ...(failure ? [`${name} failed: ${failure}`] : []),
      ...samples
        .filter(({ lost, duplicated, refused }) => lost + duplicated + refused > 0)
        .map(
          ({ lost, duplicated, refused }) =>
            `${name} had ${lost} events lost, ${duplicated} duplicated, ${refused} refused; expected none`,
        ),
    ]);
}

function failOn(problems: readonly string[]): void {
  if (problems.length === 0) return;
  console.error(problems.join('\n'));
  process.exitCode = 1;
}
