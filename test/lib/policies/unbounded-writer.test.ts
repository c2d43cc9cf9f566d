import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import { unboundedAwsPolicy } from '../../../lib/policies/aws-managed-policies.js';
import { account, flagSets, functionIn, loggingIn, newStack, region, warnings } from '../stacks.js';

const HINT =
  'define it with role: logging.role (a function with logGroup: logging.logGroup, too), or with a role of your own ' +
  '[ack: fapilog-cloudwatch:unboundedWriter]';

function roleIn(stack: Stack, props: Partial<iam.RoleProps> = {}): iam.Role {
  return new iam.Role(stack, 'Own', { assumedBy: new iam.AccountRootPrincipal(), ...props });
}

function allow(actions: string[], resources: string[], more: iam.PolicyStatementProps = {}) {
  return new iam.PolicyStatement({ actions, resources, ...more });
}

/** Our warnings in a stack whose bound function has the role. */
function found(stack: Stack, role: iam.IRole): unknown[] {
  const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
  logging.bindTo(functionIn(stack, { role }));
  return warnings(stack).filter((each) => String(each).includes('fapilog-cloudwatch:'));
}

const managed = (name: string) => ({ managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName(name)] });

describe.each(flagSets)('a writer %s', (_, context) => {
  test.each([
    ['service-role/AWSLambdaSQSQueueExecutionRole'],
    ['service-role/AWSLambdaDynamoDBExecutionRole'],
    ['service-role/AWSLambdaKinesisExecutionRole'],
    ['service-role/AWSLambdaMSKExecutionRole'],
    ['service-role/AWSLambdaVPCAccessExecutionRole'],
    ['service-role/AmazonECSTaskExecutionRolePolicy'],
    ['service-role/AmazonEC2ContainerServiceforEC2Role'],
    ['AdministratorAccess'],
    ['PowerUserAccess'],
    ['job-function/SystemAdministrator'],
    ['CloudWatchAgentServerPolicy'],
  ])('is reported with the managed policy %s', (name) => {
    const stack = newStack(context);

    expect(found(stack, roleIn(stack, managed(name)))).toEqual([
      `its role has the managed policy ${name.split('/').at(-1)} and may write to every log group; ${HINT}`,
    ]);
  });

  const wide: [string, iam.PolicyStatement][] = [
    ['logs:* on *', allow(['logs:*'], ['*'])],
    ['logs:Put* on *', allow(['logs:Put*'], ['*'])],
    ['LOGS:putlogevents on *', allow(['LOGS:putlogevents'], ['*'])],
    ['* on *', allow(['*'], ['*'])],
    ['all log ARNs', allow(['logs:PutLogEvents'], ['arn:aws:logs:*:*:*'])],
    ['all that begins like an ARN', allow(['logs:PutLogEvents'], ['arn:*'])],
    ['all log groups', allow(['logs:PutLogEvents'], [`arn:aws:logs:${region}:${account}:log-group:*`])],
    ['a prefix', allow(['logs:PutLogEvents'], [`arn:aws:logs:${region}:${account}:log-group:/myapp/*`])],
    ['one of several', allow(['s3:GetObject', 'logs:*'], ['arn:aws:s3:::x', 'arn:aws:logs:*:*:log-group:*'])],
    ['the name in every Region', allow(['logs:PutLogEvents'], ['arn:aws:logs:*:*:log-group:/myapp:*'])],
    ['NotAction', new iam.PolicyStatement({ notActions: ['iam:*'], resources: ['*'] })],
    ['NotResource', new iam.PolicyStatement({ actions: ['logs:*'], notResources: ['arn:aws:s3:::x'] })],
    ['a condition', allow(['logs:*'], ['*'], { conditions: { Bool: { 'aws:SecureTransport': 'true' } } })],
  ];

  test.each(wide)('is reported with a statement on %s', (__, statement) => {
    const stack = newStack(context);
    const role = roleIn(stack);
    role.addToPolicy(statement);

    expect(found(stack, role)).toEqual([
      `its role has the policy Stack/Own/DefaultPolicy and may write to other log groups; ${HINT}`,
    ]);
  });

  const all = () => new iam.PolicyDocument({ statements: [allow(['logs:*'], ['*'])] });

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['inlinePolicies', (stack) => roleIn(stack, { inlinePolicies: { Wide: all() } })],
    [
      'a policy that is attached to the role',
      (stack) => {
        const role = roleIn(stack);
        new iam.Policy(stack, 'Wide', { document: all(), roles: [role] });
        return role;
      },
    ],
    [
      'a managed policy that the role names',
      (stack) =>
        roleIn(stack, { managedPolicies: [new iam.ManagedPolicy(stack, 'Wide', { document: all() })] }),
    ],
    [
      'a managed policy that names the role',
      (stack) => {
        const role = roleIn(stack);
        new iam.ManagedPolicy(stack, 'Wide', { document: all(), roles: [role] });
        return role;
      },
    ],
    [
      'a managed policy of another stack',
      (stack) => {
        const other = new Stack(stack.node.root, 'Policies', { env: { account, region } });
        return roleIn(stack, {
          managedPolicies: [new iam.ManagedPolicy(other, 'Wide', { document: all() })],
        });
      },
    ],
    [
      'an L1 policy',
      (stack) => {
        const role = roleIn(stack);
        new iam.CfnRolePolicy(stack, 'Wide', {
          roleName: role.roleName,
          policyName: 'Wide',
          policyDocument: all(),
        });
        return role;
      },
    ],
    [
      'a policy that names an imported role',
      (stack) => {
        const role = iam.Role.fromRoleName(stack, 'Imported', 'theirs');
        new iam.Policy(stack, 'Wide', { document: all(), roles: [role] });
        return iam.Role.fromRoleName(stack, 'Again', 'theirs');
      },
    ],
    [
      'a boundary that allows as much',
      (stack) =>
        roleIn(stack, {
          ...managed('AdministratorAccess'),
          permissionsBoundary: new iam.ManagedPolicy(stack, 'Limit', { document: all() }),
        }),
    ],
    [
      'a Deny under a condition',
      (stack) => {
        const role = roleIn(stack, managed('AdministratorAccess'));
        const conditions = { Bool: { 'aws:SecureTransport': 'false' } };
        role.addToPolicy(allow(['logs:*'], ['*'], { effect: iam.Effect.DENY, conditions }));
        return role;
      },
    ],
  ])('is reported with %s', (__, define) => {
    const stack = newStack(context);

    expect(found(stack, define(stack))).toEqual([
      expect.stringMatching(/^its role has the (managed )?policy .* and may write to \w+ log groups?; /),
    ]);
  });

  const ours = `arn:aws:logs:${region}:${account}:log-group:/myapp/production:*`;

  test.each<[string, (stack: Stack) => iam.IRole]>([
    ['no other policy', (stack) => roleIn(stack)],
    ['a policy of AWS without logs', (stack) => roleIn(stack, managed('AmazonS3ReadOnlyAccess'))],
    [
      'a policy of its own with the name of one of AWS',
      (stack) =>
        roleIn(stack, {
          managedPolicies: [iam.ManagedPolicy.fromManagedPolicyName(stack, 'P', 'AdministratorAccess')],
        }),
    ],
    ...[
      ['log groups that it names', allow(['logs:PutLogEvents'], [ours])],
      ['all streams of one log group', allow(['logs:*'], [`${ours.slice(0, -1)}log-stream:*`])],
      ['reading everything', allow(['logs:Get*', 'logs:Describe*'], ['*'])],
      ['buckets', allow(['*'], ['arn:aws:s3:::bucket*'])],
      ['destinations', allow(['logs:*'], ['arn:aws:logs:*:*:destination:*'])],
      ['NotAction', new iam.PolicyStatement({ notActions: ['logs:*'], resources: ['*'] })],
      ['NotResource', new iam.PolicyStatement({ actions: ['logs:*'], notResources: ['arn:aws:logs:*:*:*'] })],
    ].map(([what, statement]): [string, (stack: Stack) => iam.IRole] => [
      `a statement on ${what as string}`,
      (stack) => {
        const role = roleIn(stack);
        role.addToPolicy(statement as iam.PolicyStatement);
        return role;
      },
    ]),
    [
      'a Deny of all but one log group',
      (stack) => {
        const role = roleIn(stack, managed('AdministratorAccess'));
        role.addToPolicy(
          new iam.PolicyStatement({
            effect: iam.Effect.DENY,
            actions: ['logs:*'],
            notResources: [ours],
          }),
        );
        return role;
      },
    ],
    [
      'a boundary',
      (stack) => {
        const statements = [allow(['logs:*'], [ours])];
        const permissionsBoundary = new iam.ManagedPolicy(stack, 'Limit', { statements });
        return roleIn(stack, { ...managed('AdministratorAccess'), permissionsBoundary });
      },
    ],
  ])('is not reported with %s', (__, define) => {
    const stack = newStack(context);

    expect(found(stack, define(stack))).toEqual([]);
  });

  test('is not reported for a policy of a role that has the same logical id in another stack', () => {
    const stack = newStack(context);
    const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
    roleIn(other).addToPolicy(allow(['logs:*'], ['*']));

    expect(found(stack, roleIn(stack))).toEqual([]);
  });
});

test.each([
  ['service-role/AWSLambdaQueueOfTomorrowExecutionRole', 'AWSLambdaQueueOfTomorrowExecutionRole'],
  ['CloudWatchFullAccessV3', 'CloudWatchFullAccessV3'],
  ['CloudWatchReadOnlyAccess', undefined],
  ['CloudWatchLambdaInsightsExecutionRolePolicy', undefined],
  ['CloudWatchSyntheticsFullAccess', undefined],
])('policies of AWS are known by name, too: %s', (name, expected) => {
  expect(unboundedAwsPolicy(`arn:\${AWS::Partition}:iam::aws:policy/${name}`)).toBe(expected);
});
