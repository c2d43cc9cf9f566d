import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../support/imports.js';
import { buildInstrumented } from './instrument.js';
import { scenarios } from './scenarios.js';

/** Inside the package, so that its dependencies are found. */
const built = (name: string): string =>
  join(root, 'node_modules', '.cache', `boundaries-${process.pid}-${name}.mjs`);

const PROGRAMS = ['program', 'other-sinks'];

beforeAll(async () => {
  for (const name of PROGRAMS) await buildInstrumented(join(__dirname, `${name}.ts`), built(name));
});
afterAll(() => {
  for (const name of PROGRAMS) rmSync(built(name), { force: true });
});

interface Outcome {
  readonly name: string;
  readonly boundaries: number;
  readonly faults: readonly string[];
}

async function outcomesOf(program: string, ...names: string[]): Promise<Outcome[]> {
  const { stdout } = await promisify(execFile)(process.execPath, [built(program), ...names], {
    maxBuffer: 64 * 1_048_576,
  });
  const lines = stdout.trim().split('\n');
  return lines.map((line) => JSON.parse(line) as Outcome);
}

/** Of all scenarios, which one process plays. */
let outcomes: readonly Outcome[];

beforeAll(async () => {
  outcomes = await outcomesOf('program');
}, 600_000);

/**
 * Whatever is thrown, and at whichever call within a log call: the call does not throw, no event is in no place or in two, the next
 * events are delivered, diagnostics are heard and the fast encoder is back.
 */
test.each(scenarios.map(({ name }) => name))('%s: nothing that is thrown tears the account', (name) => {
  const { boundaries, faults } = outcomes.find((outcome) => outcome.name === name)!;

  expect(faults).toEqual([]);
  expect(boundaries).toBeGreaterThan(20);
});

test.each([
  'a stream',
  'a slow stream',
  'a file',
  'a sink that is loading',
  'a sink that was loaded',
  'a sink behind a filter that is loading',
])(
  'logged to %s, nothing that is thrown tears the account',
  async (name) => {
    const [outcome] = await outcomesOf('other-sinks', name);
    const { boundaries, faults } = outcome!;

    expect(faults).toEqual([]);
    expect(boundaries).toBeGreaterThan(20);
  },
  120_000,
);
