import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App, type Stack } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { withoutBundling } from '../support/template.js';
import { findLinter, lint } from './cfn-lint.js';
import { ignoredRules, onlyInPublicRegions, stacks } from './linted-stacks.js';

/** One Region of each partition in which templates are written differently. */
const publicRegion = 'eu-central-1';
const regions = [publicRegion, 'cn-north-1', 'us-gov-west-1'];

let directory: string;
let linter: string | undefined;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-templates-'));
  linter = findLinter();
  if (linter !== undefined) return;
  const why =
    'cfn-lint is not on the path, and python3 with venv and pip cannot install it; templates are not linted';
  if (process.env['CI'] === 'true') throw new Error(why);
  console.warn(why);
}, 300_000);

afterAll(() => rmSync(directory, { recursive: true }));

/** The template of a stack and of those beside it, as files. */
function templatesOf(stackIn: (app: App) => Stack): string[] {
  const app = new App({
    context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...withoutBundling },
    outdir: mkdtempSync(`${directory}/`),
  });
  stackIn(app);
  return app.synth().stacks.map(({ templateFullPath }) => templateFullPath);
}

test.each(Object.entries(stacks))(
  'cfn-lint has nothing to say of %s',
  (name, stackIn) => {
    if (linter === undefined) return;

    const where = onlyInPublicRegions.includes(name) ? [publicRegion] : regions;
    const complaints = lint(linter, templatesOf(stackIn), where, Object.keys(ignoredRules));

    expect(complaints).toEqual([]);
  },
  120_000,
);

test('cfn-lint finds what is wrong', () => {
  if (linter === undefined) return;
  const template = join(directory, 'wrong.json');
  const Properties = { RetentionInDays: 42 };
  writeFileSync(
    template,
    JSON.stringify({ Resources: { Group: { Type: 'AWS::Logs::LogGroup', Properties } } }),
  );

  const complaints = lint(linter, [template], regions, Object.keys(ignoredRules));

  expect(complaints.join('\n')).toMatch(/42 is not one of/);
});
