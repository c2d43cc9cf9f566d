import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { PolicyKind, type CloudWatchLogging } from '../../../lib/index.js';
import { flagSets, loggingIn, newStack, resources, warnings } from '../stacks.js';

/** Source: IAM quotas. */
const MANAGED_CHARACTERS = 6_144;

function roleIn(stack: Stack, props: Partial<iam.RoleProps> = {}): iam.Role {
  return new iam.Role(stack, 'Shared', { assumedBy: new iam.AccountRootPrincipal(), ...props });
}

const prefix = (number: number) => `service-${String(number).padStart(3, '0')}-of-a-role-that-many-share/`;

function grant(logging: CloudWatchLogging, grantee: iam.IGrantable, count: number): void {
  for (let number = 0; number < count; number += 1) {
    logging.grantWrite(grantee, { streamPrefix: prefix(number) });
  }
}

/** Resources of all policies, references as long as they may be. */
function granted(stack: Stack, type: string): string[][] {
  return resources(stack, type).map(({ Properties }) =>
    [Properties.PolicyDocument.Statement].flat().flatMap((each: any) => JSON.stringify(each.Resource)),
  );
}

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('policies of a role with many streams %s', (_, context) => {
  test.each([1, 10, 60])('are divided among managed policies that IAM takes (%d)', (count) => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production', policyKind: PolicyKind.MANAGED });

    grant(logging, roleIn(stack), count);

    const shared = resources(stack, 'AWS::IAM::ManagedPolicy').filter(({ Properties }) =>
      JSON.stringify(Properties.Roles).includes('Shared'),
    );
    const texts = shared.map(({ Properties }) => JSON.stringify(Properties.PolicyDocument));
    expect(Math.max(...texts.map((text) => text.length))).toBeLessThanOrEqual(MANAGED_CHARACTERS);
    expect(texts.length > 1).toBe(count > 30);
    const all = texts.join('');
    expect(Array.from({ length: count }, (__, number) => all.split(prefix(number)).length)).toEqual(
      Array.from({ length: count }, () => 2),
    );
    expect(warnings(stack)).toEqual([]);
  });

  test('are the same policy as before if all fits', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });
    const role = roleIn(stack);

    grant(logging, role, 2);

    expect(role.node.tryFindChild(`WriterPolicy${logging.node.addr}`)).toBeDefined();
    expect(role.node.tryFindChild(`WriterPolicy${logging.node.addr}2`)).toBeUndefined();
  });

  test.each<[number, unknown[]]>([
    [9, []],
    [
      10,
      [
        '11 managed policies are attached to it; an account allows 10 unless its quota is raised; grant one stream ' +
          'prefix for several services, or give each service a role [ack: fapilog-cloudwatch:managedPolicies]',
      ],
    ],
  ])('are counted if they are managed, beside %d of the user', (count, expected) => {
    const stack = newStack(context);
    const managedPolicies = Array.from({ length: count }, (__, number) =>
      number % 2
        ? iam.ManagedPolicy.fromAwsManagedPolicyName(`ReadOnly${number}`)
        : new iam.ManagedPolicy(stack, `Policy${number}`, {
            statements: [new iam.PolicyStatement({ actions: ['s3:ListBucket'], resources: ['*'] })],
          }),
    );
    const logging = loggingIn(stack, { policyKind: PolicyKind.MANAGED });

    logging.grantWrite(roleIn(stack, { managedPolicies }));

    expect(warnings(stack)).toEqual(expected);
  });

  test.each<[string, number, (stack: Stack) => iam.IGrantable, string]>([
    [
      'an imported role',
      200,
      (stack) => iam.Role.fromRoleName(stack, 'Grantee', 'theirs'),
      'Stack/Grantee: the inline policies of the role have N characters; allowed: 10240 in all. ' +
        'Grant one stream prefix for several services, or use policyKind: PolicyKind.MANAGED',
    ],
    [
      'a user',
      40,
      (stack) => new iam.User(stack, 'Grantee'),
      'Stack/Grantee: the inline policies of the user have N characters; allowed: 2048 in all. ' +
        'Grant one stream prefix for several services, or grant to a role',
    ],
    [
      'a group',
      100,
      (stack) => new iam.Group(stack, 'Grantee'),
      'Stack/Grantee: the inline policies of the group have N characters; allowed: 5120 in all. ' +
        'Grant one stream prefix for several services, or grant to a role',
    ],
  ])('are refused at synthesis if IAM would refuse them: %s', (__, count, define, message) => {
    const stack = newStack(context);
    grant(loggingIn(stack, { logGroupName: '/myapp/production' }), define(stack), count);

    const problems = stack.node
      .findChild('Logging')
      .node.validate()
      .map((each) => each.replace(/have \d+/, 'have N'));

    expect(problems).toEqual([message]);
  });

  test('of CDK’s own division are no problem', () => {
    const stack = newStack(context);
    grant(loggingIn(stack, { logGroupName: '/myapp/production' }), roleIn(stack), 80);

    expect(granted(stack, 'AWS::IAM::ManagedPolicy').length).toBeGreaterThan(0);
    expect(warnings(stack)).toEqual([]);
  });
});
