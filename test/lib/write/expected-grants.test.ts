import { Annotations, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import { PolicyKind, Trust, type CloudWatchLogging } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, newStack, region, warnings } from '../stacks.js';

const principal = () => new iam.ServicePrincipal('lambda.amazonaws.com');
const group = `arn:aws:logs:${region}:${account}:log-group:/myapp/production`;
const write = {
  Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
  Effect: 'Allow',
  Resource: `${group}:*`,
};

/** Statements that the warnings ask for; warnings of other kinds are left out. */
function missing(stack: Stack): unknown[] {
  return warnings(stack)
    .map(String)
    .filter((each) => each.includes('[ack: fapilog-cloudwatch:grantWithoutEffect]'))
    .map((each) => JSON.parse(/has to add (.*), or let it/.exec(each)![1]!) as unknown);
}

function named(stack: Stack, kind?: PolicyKind): CloudWatchLogging {
  return loggingIn(stack, { logGroupName: '/myapp/production', policyKind: kind });
}

type Define = (stack: Stack) => iam.IGrantable;

const deaf: [string, Define][] = [
  [
    'an imported role with mutable: false',
    (stack) => iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false }),
  ],
  [
    'an imported role that grants to resources',
    (stack) =>
      iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false, addGrantsToResources: true }),
  ],
  [
    'a role without policy updates',
    (stack) => new iam.Role(stack, 'Own', { assumedBy: principal() }).withoutPolicyUpdates(),
  ],
  [
    'conditions around such a role',
    (stack) =>
      new iam.PrincipalWithConditions(
        iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false }),
        {},
      ),
  ],
  ['an unknown principal', (stack) => ({ grantPrincipal: new iam.UnknownPrincipal({ resource: stack }) })],
  [
    'an imported function with such a role',
    (stack) =>
      lambda.Function.fromFunctionAttributes(stack, 'Fn', {
        functionArn: `arn:aws:lambda:${region}:${account}:function:theirs`,
        role: iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false }),
      }),
  ],
];

const listening: [string, Define][] = [
  ['a role', (stack) => new iam.Role(stack, 'Own', { assumedBy: principal() })],
  ['an imported role', (stack) => iam.Role.fromRoleName(stack, 'Theirs', 'theirs')],
  ['a user', (stack) => new iam.User(stack, 'User')],
  ['an imported user', (stack) => iam.User.fromUserName(stack, 'User', 'theirs')],
  ['a group', (stack) => new iam.Group(stack, 'Group')],
  ['an imported group', (stack) => iam.Group.fromGroupName(stack, 'Group', 'theirs')],
  ['a managed policy', (stack) => new iam.ManagedPolicy(stack, 'Policy')],
  [
    'conditions around a role',
    (stack) => new iam.PrincipalWithConditions(new iam.Role(stack, 'Own', { assumedBy: principal() }), {}),
  ],
  ['a lazy role that nobody has', (stack) => new iam.LazyRole(stack, 'Lazy', { assumedBy: principal() })],
  [
    'a lazy role',
    (stack) => {
      const role = new iam.LazyRole(stack, 'Lazy', { assumedBy: principal() });
      functionIn(stack, { role });
      return role;
    },
  ],
];

beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('a grant that no policy holds %s', (_, context) => {
  test.each(deaf)('is reported with its statement: %s', (__, define) => {
    const stack = newStack(context);

    named(stack).grantWrite(define(stack));

    expect(missing(stack)).toEqual([write]);
  });

  test.each(deaf)('is reported with managed policies: %s', (what, define) => {
    const stack = newStack(context);
    const grant = () => named(stack, PolicyKind.MANAGED).grantWrite(define(stack));

    if (/conditions/.test(what)) expect(grant).toThrow('is no role');
    else {
      grant();
      expect(missing(stack)).toEqual([write]);
    }
  });

  test.each(listening)('is none for %s', (__, define) => {
    const stack = newStack(context);

    named(stack).grantWrite(define(stack));

    expect(missing(stack)).toEqual([]);
  });

  test.each(deaf)('is reported for reading: %s', (__, define) => {
    const stack = newStack(context);

    named(stack).grantRead(define(stack));

    expect(missing(stack)).toEqual([
      [
        expect.objectContaining({ Effect: 'Allow', Resource: [group, `${group}:*`] }),
        { Action: ['logs:GetQueryResults', 'logs:StopQuery'], Effect: 'Allow', Resource: '*' },
      ],
    ]);
  });

  test.each(deaf)('is reported for published settings: %s', (__, define) => {
    const stack = newStack(context);

    const settings = named(stack).publishSettings('Settings', { parameterName: '/myapp/logging' });
    settings.grantRead(define(stack));

    expect(missing(stack)).toEqual([
      {
        Action: 'ssm:GetParameter',
        Effect: 'Allow',
        Resource: `arn:aws:ssm:${region}:${account}:parameter/myapp/logging`,
      },
    ]);
  });

  test('is reported for a service, of which CDK takes no notice', () => {
    const stack = newStack(context);

    named(stack).grantRead(new iam.ServicePrincipal('es.amazonaws.com'));

    expect(missing(stack)).toHaveLength(1);
  });

  test('is reported once for a role of several functions, which may be acknowledged', () => {
    const stack = newStack(context);
    const role = iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false });
    const logging = named(stack);
    logging.bindTo(functionIn(stack, { role }));
    logging.grantWrite(role, { streamPrefix: 'api/' });

    Annotations.of(stack).acknowledgeWarning('fapilog-cloudwatch:widerRole');

    expect(missing(stack)).toEqual([[write, { ...write, Resource: `${group}:log-stream:api/*` }]]);
  });

  test('may be acknowledged', () => {
    const stack = newStack(context);
    named(stack).grantWrite(iam.Role.fromRoleName(stack, 'Theirs', 'theirs', { mutable: false }));

    Annotations.of(stack).acknowledgeWarning('fapilog-cloudwatch:grantWithoutEffect');

    expect(warnings(stack)).toEqual([]);
  });

  test('is reported for a role of another account that has to assume the writer role', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      logGroupName: '/central/orders',
      assumedBy: Trust.account('210987654321'),
      roleName: 'writer',
    });
    const other = new Stack(stack.node.root, 'Other', { env: { account: '210987654321', region } });
    const roleArn = 'arn:aws:iam::210987654321:role/app';

    logging.bindTo(
      functionIn(other, { role: iam.Role.fromRoleArn(other, 'App', roleArn, { mutable: false }) }),
    );

    expect(missing(other)).toEqual([
      { Action: 'sts:AssumeRole', Effect: 'Allow', Resource: `arn:aws:iam::${account}:role/writer` },
    ]);
  });

  test.each<[string, (stack: Stack, role: iam.IRole) => unknown]>([
    [
      'in plain text',
      (stack, role) =>
        new iam.Policy(stack, 'P', {
          roles: [role],
          statements: [new iam.PolicyStatement({ actions: ['logs:*'], resources: [`${group}:*`] })],
        }),
    ],
    [
      'by reference',
      (stack, role) =>
        new iam.ManagedPolicy(stack, 'P', {
          roles: [role],
          statements: [
            new iam.PolicyStatement({
              actions: ['logs:CreateLogStream', 'logs:PutLogEvents'],
              resources: [(stack.node.findChild('Logging') as CloudWatchLogging).logGroup.logGroupArn],
            }),
          ],
        }),
    ],
  ])('is none if the app adds the statement itself %s', (__, add) => {
    const stack = newStack(context);
    const role = new iam.Role(stack, 'Own', { assumedBy: principal() });
    named(stack).grantWrite(role.withoutPolicyUpdates());

    add(stack, role);

    expect(missing(stack)).toEqual([]);
  });

  test.each([PolicyKind.INLINE, PolicyKind.MANAGED])('is reported with customized roles (%s)', (kind) => {
    const stack = newStack(context);
    iam.Role.customizeRoles(stack, {
      usePrecreatedRoles: {
        'Stack/Logging/WriterRole': 'writer',
        'Stack/Logging/Archive/DeliveryRole': 'delivery',
        'Stack/Logging/Archive/SenderRole': 'sender',
        'Stack/Logging/Archive/SubscriptionFilter/CloudWatchLogsCanPutRecords': 'sender',
        'Stack/Logging/Archive/DeliveryStream/CloudWatchLogsCanPutRecordsIntoKinesisFirehose': 'sender',
      },
    });
    const logging = named(stack, kind);

    logging.bindTo(functionIn(stack, { role: logging.role }));

    expect(missing(stack)).toEqual([write]);
  });

  test('is reported with customized roles that are only reported on', () => {
    const stack = newStack(context);
    iam.Role.customizeRoles(stack, { preventSynthesis: false });
    const logging = named(stack);

    logging.archiveTo(new s3.Bucket(stack, 'Bucket'));

    expect(missing(stack)).toEqual([
      write,
      expect.arrayContaining([expect.objectContaining({ Effect: 'Allow' })]),
    ]);
  });
});
