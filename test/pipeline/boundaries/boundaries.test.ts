import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { root } from '../../support/imports.js';
import { buildInstrumented } from './instrument.js';
import { scenarios } from './scenarios.js';

/** Inside the package, so that its dependencies are found. */
const program = join(root, 'node_modules', '.cache', `boundaries-${process.pid}.mjs`);

beforeAll(() => buildInstrumented(join(__dirname, 'program.ts'), program));
afterAll(() => rmSync(program, { force: true }));

interface Outcome {
  readonly name: string;
  readonly boundaries: number;
  readonly faults: readonly string[];
}

/**
 * Whatever is thrown, and at whichever call within a log call: the call does not throw, no event is in no place or in two, the next
 * events are delivered, diagnostics are heard and the fast encoder is back.
 */
test.each(scenarios.map(({ name }) => name))(
  '%s: nothing that is thrown tears the account',
  async (name) => {
    const { stdout } = await promisify(execFile)(process.execPath, [program, name], {
      maxBuffer: 64 * 1_048_576,
    });
    const { boundaries, faults } = JSON.parse(stdout) as Outcome;

    expect(faults).toEqual([]);
    expect(boundaries).toBeGreaterThan(20);
  },
  120_000,
);
