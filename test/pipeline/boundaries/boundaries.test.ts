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

async function outcomeOf(program: string, name: string): Promise<Outcome> {
  const { stdout } = await promisify(execFile)(process.execPath, [built(program), name], {
    maxBuffer: 64 * 1_048_576,
  });
  return JSON.parse(stdout) as Outcome;
}

/**
 * Whatever is thrown, and at whichever call within a log call: the call does not throw, no event is in no place or in two, the next
 * events are delivered, diagnostics are heard and the fast encoder is back.
 */
test.each(scenarios.map(({ name }) => name))(
  '%s: nothing that is thrown tears the account',
  async (name) => {
    const { boundaries, faults } = await outcomeOf('program', name);

    expect(faults).toEqual([]);
    expect(boundaries).toBeGreaterThan(20);
  },
  120_000,
);

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
    const { boundaries, faults } = await outcomeOf('other-sinks', name);

    expect(faults).toEqual([]);
    expect(boundaries).toBeGreaterThan(20);
  },
  120_000,
);
