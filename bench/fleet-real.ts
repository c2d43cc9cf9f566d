/** Compares real processes with simulated ones: `npm run fleet:real -- --help`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { realTable } from './fleet/page/real-table.js';
import { compare, simulatedAgain } from './fleet/real/comparison.js';
import {
  HELP,
  PAGE_DATA,
  parseRealOptions,
  RealOptionsError,
  type RealOptions,
} from './fleet/real/options.js';
import { checkOf, readCheck, textOf, type Comparison, type RealCheck } from './fleet/real/outcome.js';
import { toText } from './page/table.js';
import { projectPath } from './paths.js';

try {
  const options = parseRealOptions(process.argv.slice(2));
  if (!options) console.log(HELP);
  else if (options.isAgain) await simulateAgain(projectPath(PAGE_DATA));
  else await runAndReport(options);
} catch (error) {
  if (!(error instanceof RealOptionsError)) throw error;
  console.error(error.message);
  process.exitCode = 2;
}

async function simulateAgain(path: string): Promise<void> {
  const check = readCheck(path);
  report({ ...check, comparisons: await simulatedAgain(check) }, path);
}

async function runAndReport({ plan, modes, output }: RealOptions): Promise<void> {
  const comparisons: Comparison[] = [];
  for (const isRestrained of modes) {
    const say = (what: string): void =>
      console.error(`${isRestrained ? 'with' : 'without'} restraint: ${what}`);
    comparisons.push(await compare(plan, isRestrained, say));
  }
  report(checkOf(plan, comparisons), output === PAGE_DATA ? projectPath(PAGE_DATA) : output);
}

function report(check: RealCheck, path: string | undefined): void {
  console.log(toText(realTable(check)));
  if (path !== undefined) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, textOf(check));
  }
  if (!check.comparisons.some(({ real }) => real.lost > 0 || real.stored !== real.logged)) return;
  console.error('Not every event that was logged is stored.');
  process.exitCode = 1;
}
