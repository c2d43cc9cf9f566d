import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { withGeneratedPart } from './docs/generated-part.js';
import { bindings } from './python-readers/bindings.js';
import { type Checkout, checkoutIn } from './python-readers/checkout.js';
import { compare, type Compared } from './python-readers/comparison.js';
import type { Program } from './python-readers/reader.js';
import { readersTables } from './python-readers/table.js';
import { contradiction } from './python-readers/verdict.js';

/**
 * Runs one program in Node.js and in Python with the variables and the policies of each binding, and judges by the contract
 * what both store. Run from the project's root.
 */

const NOT_RUN =
  'not run: test:python, which needs a checkout of the Python library: npm run test:python -- SOURCE';

const HELP = `usage: npm run test:python -- SOURCE [--write]

  SOURCE    folder of a checkout of the Python library fapilog, whose modules are imported from SOURCE/src
  --write   writes the result into docs/evidence/python-readers.md
  --help    this text

PYTHON names the interpreter (default: python3), PYTHONPATH folders of modules that it lacks.`;

const PAGE = 'docs/evidence/python-readers.md';

const node: Program = { command: [process.execPath, 'tools/python-readers/program.mjs'] };

async function compareAll({ program, version }: Checkout): Promise<readonly Compared[]> {
  console.log(`fapilog ${version}, ${bindings.length} bindings`);
  const all: Compared[] = [];
  for (const binding of bindings) {
    const compared = await compare(binding, { nodejs: node, python: program });
    all.push(...compared);
    const found = compared.flatMap((each) => contradiction(each) ?? []);
    console.log(found.length > 0 ? found.join('\n') : `as it should be: ${binding.name}`);
  }
  return all;
}

function fail(problem: string): void {
  console.error(problem);
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { write: { type: 'boolean', default: false }, help: { type: 'boolean', default: false } },
  });
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] = 'true';
  if (values.help) return console.log(HELP);
  const [source] = positionals;
  if (source === undefined) return console.log(NOT_RUN);
  const checkout = checkoutIn(source);
  if (typeof checkout === 'string') return fail(checkout);
  const compared = await compareAll(checkout);
  const table = readersTables(checkout.version, compared);
  if (values.write) writeFileSync(PAGE, withGeneratedPart(readFileSync(PAGE, 'utf8'), 'readers', table));
  else console.log(`\n${table}`);
  if (compared.some((each) => contradiction(each) !== undefined)) process.exitCode = 1;
}

await main();
