import { App, Stack, Validations } from 'aws-cdk-lib';
import { CURRENTLY_RECOMMENDED_FLAGS } from 'aws-cdk-lib/cx-api';
import { AwsSolutionsChecks, HIPAASecurityChecks, NIST80053R5Checks, PCIDSS321Checks } from 'cdk-nag';
import { type NagForm, nagFindings } from '../../../tools/docs/nag-findings.js';
import { account, loggingIn, region } from '../stacks.js';
import { forms } from './forms.js';

const packs = [AwsSolutionsChecks, NIST80053R5Checks, HIPAASecurityChecks, PCIDSS321Checks];

/** The ARNs in findings name the partition only where the flags say so; this is an app as `cdk init` makes it. */
function newStack(): Stack {
  const app = new App({ context: { ...CURRENTLY_RECOMMENDED_FLAGS } });
  return new Stack(app, 'Stack', { env: { account, region } });
}

/**
 * What the packs find on constructs of ours and on policies, which are all ours in these stacks: `RULE at PATH`, the address
 * left out that ends the id of a managed policy.
 */
function findingsIn(stack: Stack): string[] {
  const app = stack.node.root as App;
  app.synth();
  const violations = packs.flatMap((Pack) => new Pack(app).validateScope(app).violations);
  return violations
    .flatMap(({ ruleName, violatingResources }) =>
      violatingResources.map(({ constructPath = '' }) => `${ruleName} at ${shortened(constructPath)}`),
    )
    .filter((finding) => /\/(?:Logging|Archived)\/|Policy/.test(finding.split(' at ')[1]!))
    .toSorted();
}

function shortened(path: string): string {
  return path.replace(/\/Resource$/, '').replace(/(?<=\/WriterPolicy)[0-9a-f]{42}$/, '');
}

/** What the table says that they find. */
function expectedIn(form: NagForm): string[] {
  return nagFindings
    .flatMap(({ rule, packs: names, found }) =>
      names.flatMap((pack) => (found[form] ?? []).map((path) => `${pack}-${rule} at ${path}`)),
    )
    .toSorted();
}

test.each(Object.keys(forms) as NagForm[])('cdk-nag finds what the table says, and no more: %s', (form) => {
  const stack = newStack();

  forms[form](stack);

  expect(findingsIn(stack)).toEqual(expectedIn(form));
});

test.each(nagFindings.map((finding) => [finding.rule, finding] as const))(
  'the table tells on what %s is, when, and what to do',
  (_rule, { packs: names, resource, when, answer, found }) => {
    expect([resource, when, answer].map((text) => text.trim())).not.toContain('');
    expect(names).not.toEqual([]);
    expect(Object.values(found).flat()).not.toEqual([]);
  },
);

test('a finding is acknowledged on the role, by its whole name', () => {
  const stack = newStack();
  const { role } = loggingIn(stack, { settings: { logStreamPrefix: 'api/' } });
  const arn = 'arn:aws:logs:eu-central-1:123456789012:log-group:<LoggingLogGroupC6B8E20B>:log-stream:api/*';

  Validations.of(role).acknowledge({
    id: `AwsSolutions-IAM5[Resource::${arn}]`,
    reason: 'the streams of one service, and no others',
  });

  expect(findingsIn(stack)).toEqual(expectedIn('default'));
});

test('the packs run as plugins of a synthesis, and fail what they find', () => {
  const stack = newStack();
  loggingIn(stack, { settings: { logStreamPrefix: 'api/' } });
  const app = stack.node.root as App;
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app));

  expect(() => app.synth()).toThrow(/AwsSolutions-IAM5/);
});
