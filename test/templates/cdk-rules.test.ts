import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { App, CfnResource, Stack } from 'aws-cdk-lib';
import { CloudAssembly, CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { withoutBundling } from '../support/template.js';
import { ignoredRules, stacks } from './linted-stacks.js';

interface Report {
  readonly pluginReports: readonly {
    readonly violations: readonly { readonly ruleName: string; readonly description: string }[];
  }[];
}

// The only test file in which CDK checks templates.
beforeAll(() => void delete process.env['CDK_VALIDATION']);
afterAll(() => CloudAssembly.cleanupTemporaryDirectories());

// CDK prints what it finds, too.
beforeEach(() => void jest.spyOn(console, 'error').mockReturnValue());
afterEach(() => jest.restoreAllMocks());

/** What CDK finds in the templates of an app with this stack. */
function findings(stackIn: (app: App) => unknown): string[] {
  const app = new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS, ...withoutBundling } });
  stackIn(app);
  const { directory } = app.synth();
  const report = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as Report;
  const violations = report.pluginReports.flatMap((each) => each.violations);
  return violations
    .filter(({ ruleName }) => !(ruleName in ignoredRules))
    .map(({ ruleName, description }) => `${ruleName}: ${description}`);
}

test.each(Object.entries(stacks))("CDK's own rules have nothing to say of %s", (_, stackIn) => {
  expect(findings(stackIn)).toEqual([]);
});

test("CDK's own rules find what is wrong", () => {
  const properties = { RetentionInDays: 42 };
  const wrong = (app: App): CfnResource =>
    new CfnResource(new Stack(app, 'Wrong'), 'Group', { type: 'AWS::Logs::LogGroup', properties });

  expect(findings(wrong)).toEqual([expect.stringContaining('RetentionInDays: 42 is not one of')]);
});
