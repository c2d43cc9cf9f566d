import { runSimulation } from '@cloud-copilot/iam-simulate';
import { proveWriter, type WriterProofOptions } from '../../../local/policies/index.js';
import {
  account,
  allow,
  document,
  group,
  managedPolicy,
  policy,
  region,
  role,
  template,
  templateOf,
  WRITE,
} from './templates.js';

// The simulator reads what it knows about the services with its first call.

const options = { simulate: runSimulation, region };

async function violations(of: unknown, more: Partial<WriterProofOptions> = {}): Promise<readonly string[]> {
  return (await proveWriter(of, { ...options, ...more })).violations;
}

const own = allow(WRITE, `${group}:*`);
const HOST = `${group}:log-stream:host-1`;
const LAMBDA = `${group}:log-stream:2026/01/31/[$LATEST]0123456789abcdef`;

/** Sentences of both actions on each resource. */
function both(resources: readonly string[], verdict: 'allowed' | 'denied'): string[] {
  return resources.flatMap((resource) => WRITE.map((action) => `${action} on ${resource} is ${verdict}`));
}

describe('a writer', () => {
  it.each<[string, object, object]>([
    ['the Arn attribute of its log group', allow(WRITE, { 'Fn::GetAtt': ['Group', 'Arn'] }), {}],
    ['all its log streams', allow(WRITE, `${group}:log-stream:*`), {}],
    ['the log group in both forms', allow(WRITE, [group, `${group}:*`]), {}],
    ['its prefix', allow(WRITE, `${group}:log-stream:api*`), { streamPrefix: 'api' }],
    ['one letter', allow(WRITE, `${group}:log-stream:x*`), { streamPrefix: 'x' }],
    ['its log stream', allow(WRITE, `${group}:log-stream:api`), { logStreamName: 'api' }],
    ['events alone', allow('logs:PutLogEvents', `${group}:*`), { createsStreams: false }],
    ['case does not matter', allow(['LOGS:createlogstream', 'Logs:PutLogEvents'], `${group}:*`), {}],
    [
      'conditions that hold',
      allow(WRITE, `${group}:*`, { Condition: { StringEquals: { 'aws:RequestedRegion': region } } }),
      {},
    ],
    [
      'conditions that the caller knows of',
      allow(WRITE, `${group}:*`, { Condition: { StringEquals: { 'aws:SourceVpce': 'vpce-1' } } }),
      { context: { 'aws:SourceVpce': 'vpce-1' } },
    ],
  ])('may have %s', async (_, statement, more) => {
    expect(await violations(templateOf(statement as never), more)).toEqual([]);
  });

  it('may be limited by conditional denials', async () => {
    const insecure = {
      Effect: 'Deny',
      Action: '*',
      Resource: '*',
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    };
    expect(await violations(templateOf(own, insecure))).toEqual([]);
  });

  it('may do what the caller allows besides', async () => {
    const writer = 'arn:aws:iam::210987654321:role/writer';
    const statements = [own, allow('sts:AssumeRole', writer), allow('logs:DescribeLogGroups', '*')];
    const also = [
      { action: 'sts:AssumeRole', resource: writer },
      { action: 'logs:Describe*', resource: '*' },
    ];
    expect(await violations(templateOf(...statements), { also })).toEqual([]);
    expect(await violations(templateOf(...statements))).toEqual([
      'logs:DescribeLogGroups on * is allowed',
      `the policy Policy allows sts:AssumeRole on ${writer}, which a writer does not need`,
    ]);
  });

  it('lists the simulated calls', async () => {
    const { calls, policies } = await proveWriter(templateOf(own), options);
    expect(calls.filter(({ expected }) => expected === 'allowed')).toEqual(
      [HOST, LAMBDA].flatMap((resource) =>
        WRITE.map((action) => ({ action, resource, expected: 'allowed', actual: 'allowed' })),
      ),
    );
    expect(calls.length).toBe(70);
    expect(calls.filter(({ expected, actual }) => expected !== actual)).toEqual([]);
    expect(policies.identityPolicies).toEqual([{ name: 'Policy', document: document(own) }]);
  });
});

describe('a fault is found, and no other:', () => {
  const elsewhere = group.replace(region, 'us-west-2');
  const theirs = group.replace(account, '210987654321');
  const siblings = [
    `${group}2`,
    `${group}/sub`,
    `${group}-copy`,
    group.replace('/app', 'x/app'),
    group.slice(0, -1),
    group.replace('/app', '/other'),
  ];
  const hosts = (groups: readonly string[]): string[] => groups.map((each) => `${each}:log-stream:host-1`);

  it.each<[string, object[], string[]]>([
    [
      'one action more',
      [allow([...WRITE, 'logs:DeleteLogGroup'], `${group}:*`)],
      [`logs:DeleteLogGroup on ${group} is allowed`],
    ],
    [
      'one action more, on the bare log group',
      [own, allow('logs:DescribeLogStreams', group)],
      [`logs:DescribeLogStreams on ${group} is allowed`],
    ],
    [
      'one action more, if a condition holds',
      [
        own,
        allow('logs:GetLogEvents', `${group}:*`, {
          Condition: { StringEquals: { 'aws:PrincipalTag/a': 'b' } },
        }),
      ],
      [`logs:GetLogEvents on ${HOST} is allowed`],
    ],
    [
      'one action more that no list has',
      [allow([...WRITE, 'logs:PutTransformer'], `${group}:*`)],
      [`the policy Policy allows logs:PutTransformer on ${group}:*, which a writer does not need`],
    ],
    [
      'another service',
      [own, allow('kms:Decrypt', '*')],
      [`kms:Decrypt on arn:aws:kms:${region}:${account}:key/other is allowed`],
    ],
    [
      'another resource of another service',
      [own, allow('s3:GetObject', 'arn:aws:s3:::mine/*')],
      ['the policy Policy allows s3:GetObject on arn:aws:s3:::mine/*, which a writer does not need'],
    ],
    ['the dropped :*', [allow(WRITE, group)], both([HOST, LAMBDA], 'denied')],
    [
      'another Region',
      [allow(WRITE, `${elsewhere}:*`)],
      [...both([HOST, LAMBDA], 'denied'), ...both(hosts([elsewhere]), 'allowed')],
    ],
    ['any Region', [allow(WRITE, `${group.replace(region, '*')}:*`)], both(hosts([elsewhere]), 'allowed')],
    ['any account', [allow(WRITE, `${group.replace(account, '*')}:*`)], both(hosts([theirs]), 'allowed')],
    ['a prefix of log groups', [allow(WRITE, `${group}*`)], both(hosts(siblings.slice(0, 3)), 'allowed')],
    ['every resource', [allow(WRITE, '*')], both(hosts([elsewhere, theirs, ...siblings]), 'allowed')],
    [
      'a log group that nobody thought of',
      [own, allow(WRITE, `${group.replace('/app', '/billing')}:*`)],
      WRITE.map(
        (action) =>
          `the policy Policy allows ${action} on ${group.replace('/app', '/billing')}:*, which a writer does not need`,
      ),
    ],
    [
      'a missing action',
      [allow(WRITE[1], `${group}:*`)],
      [`logs:CreateLogStream on ${HOST} is denied`, `logs:CreateLogStream on ${LAMBDA} is denied`],
    ],
    ['no statement', [], both([HOST, LAMBDA], 'denied')],
    [
      'a condition that does not hold',
      [allow(WRITE, `${group}:*`, { Condition: { StringEquals: { 'aws:RequestedRegion': 'us-east-1' } } })],
      both([HOST, LAMBDA], 'denied'),
    ],
    ['a denial', [own, { Effect: 'Deny', Action: 'logs:*', Resource: '*' }], both([HOST, LAMBDA], 'denied')],
    [
      'an inverted action',
      [own, { Effect: 'Allow', NotAction: 'logs:*', Resource: 'arn:aws:s3:::mine' }],
      ['the policy Policy allows all but logs:* on arn:aws:s3:::mine, which a writer does not need'],
    ],
    [
      'an inverted resource',
      [own, { Effect: 'Allow', Action: 'kms:Decrypt', NotResource: '*' }],
      ['the policy Policy allows kms:Decrypt on all but *, which a writer does not need'],
    ],
    [
      'the inversion of what it needs',
      [allow(WRITE[0], `${group}:*`), { Effect: 'Allow', NotAction: WRITE[0], Resource: LAMBDA }],
      [
        `logs:PutLogEvents on ${HOST} is denied`,
        `the policy Policy allows all but logs:CreateLogStream on ${LAMBDA}, which a writer does not need`,
      ],
    ],
    [
      'a policy that is none',
      [{ ...own, Efect: 'Allow' }],
      ['the policy Policy is not valid: Invalid key Efect at Statement[0].#Efect'],
    ],
  ])('%s', async (_, statements, expected) => {
    expect(await violations(templateOf(...(statements as never[])))).toEqual(expected);
  });

  it('every action', async () => {
    const { calls } = await proveWriter(templateOf(allow('logs:*', `${group}:*`)), options);
    const wrong = calls.filter(({ expected, actual }) => expected !== actual);
    expect(wrong.map(({ action }) => action.slice('logs:'.length)).toSorted()).toEqual([
      'AssociateKmsKey',
      'CreateExportTask',
      'CreateLogGroup',
      'DeleteDataProtectionPolicy',
      'DeleteLogGroup',
      'DeleteLogStream',
      'DeleteMetricFilter',
      'DeleteRetentionPolicy',
      'DeleteSubscriptionFilter',
      'DescribeLogStreams',
      'DescribeSubscriptionFilters',
      'DisassociateKmsKey',
      'FilterLogEvents',
      'GetLogEvents',
      'ListTagsForResource',
      'PutDataProtectionPolicy',
      'PutMetricFilter',
      'PutRetentionPolicy',
      'PutSubscriptionFilter',
      'StartLiveTail',
      'StartQuery',
      'TagResource',
      'Unmask',
      'UntagResource',
    ]);
    expect(wrong.every(({ actual, resource }) => actual === 'allowed' && resource.startsWith(group))).toBe(
      true,
    );
  });

  it('log streams of another', async () => {
    const others = ['xapi', 'ap~', 'other'].map((name) => `${group}:log-stream:${name}`);
    expect(await violations(templateOf(own), { streamPrefix: 'api' })).toEqual(both(others, 'allowed'));
    const [, ...rest] = others;
    const named = [`${group}:log-stream:api2`, `${group}:log-stream:xapi`, rest[1]!];
    expect(await violations(templateOf(own), { logStreamName: 'api' })).toEqual(both(named, 'allowed'));
  });

  it('log streams that are created', async () => {
    expect(await violations(templateOf(own), { createsStreams: false })).toEqual([
      `logs:CreateLogStream on ${HOST} is allowed`,
    ]);
  });

  it('a managed policy of AWS', async () => {
    const arn = 'arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole';
    const Role = role({ ManagedPolicyArns: [arn] });
    expect(await violations(template({ Role, Policy: policy(own) }))).toEqual([
      `the role has the managed policy ${arn}, whose statements are not in the template; give them as managedPolicies`,
    ]);
    const managedPolicies = { [arn]: document(allow('logs:CreateLogGroup', '*')) };
    expect(await violations(template({ Role, Policy: policy(own) }), { managedPolicies })).toEqual([
      `logs:CreateLogGroup on ${group} is allowed`,
    ]);
  });
});

describe('a permissions boundary', () => {
  const limited = (statement: object, ...limits: object[]): object =>
    template({
      Role: role({ PermissionsBoundary: { Ref: 'Limit' } }),
      Policy: policy(statement as never),
      Limit: managedPolicy({ PolicyDocument: document(...(limits as never[])) }),
    });

  it('makes up for a policy that is too wide', async () => {
    expect(await violations(limited(allow('*', '*'), own))).toEqual([]);
    expect(await violations(limited(own, allow('*', '*')))).toEqual([]);
    expect(await violations(limited(allow('*', '*'), own, allow('kms:Decrypt', '*')))).toEqual([
      `kms:Decrypt on arn:aws:kms:${region}:${account}:key/other is allowed`,
    ]);
  });

  it('must let the writer write', async () => {
    expect(await violations(limited(own, allow('s3:*', '*')))).toEqual(both([HOST, LAMBDA], 'denied'));
  });

  it('must be valid', async () => {
    expect(await violations(limited(own, { ...own, Efect: 1 }))).toEqual([
      'the policy Limit is not valid: Invalid key Efect at Statement[0].#Efect',
    ]);
  });

  it('must be readable', async () => {
    const arn = `arn:aws:iam::${account}:policy/limit`;
    const Role = role({ PermissionsBoundary: arn });
    expect(await violations(template({ Role, Policy: policy(own) }))).toEqual([
      `the role has the permissions boundary ${arn}, whose statements are not in the template; give them as managedPolicies`,
    ]);
  });
});

describe.each([
  ['aws', 'eu-central-1'],
  ['aws', 'us-west-2'],
  ['aws-cn', 'cn-north-1'],
  ['aws-us-gov', 'us-gov-west-1'],
])('in the partition %s, Region %s', (partition, place) => {
  const arn = `arn:${partition}:logs:${place}:${account}:log-group:/app`;

  it('the right policy is right', async () => {
    expect(
      await violations(templateOf(allow(WRITE, { 'Fn::GetAtt': ['Group', 'Arn'] })), { region: place }),
    ).toEqual([]);
    expect(await violations(templateOf(allow(WRITE, `${arn}:*`)), { region: place })).toEqual([]);
  });

  it('every call is possible for a role that may do everything, and none for one that may do nothing', async () => {
    const every = await proveWriter(templateOf(allow('*', '*')), {
      ...options,
      region: place,
      streamPrefix: 'a',
      createsStreams: false,
    });
    expect(every.calls.filter(({ actual }) => actual !== 'allowed')).toEqual([]);
    const none = await proveWriter(templateOf(), {
      ...options,
      region: place,
      streamPrefix: 'a',
      createsStreams: false,
    });
    expect(none.calls.filter(({ actual }) => actual !== 'denied')).toEqual([]);
  });
});

describe('the log group', () => {
  const Second = { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/second' } };

  it('is named if there are several', async () => {
    const two = template({ Policy: policy(own), Second });
    await expect(violations(two)).rejects.toThrow('Expected one AWS::Logs::LogGroup, found Group, Second.');
    expect(await violations(two, { logGroup: 'Gro' })).toEqual([]);
    expect(await violations(two, { logGroupName: '/app' })).toEqual([]);
  });

  it('may be in another Region', async () => {
    const statement = allow(WRITE, `${group}:*`);
    expect(await violations(templateOf(statement), { region: 'us-east-1', logGroupRegion: region })).toEqual(
      [],
    );
  });
});

it('what the simulator cannot tell is no denial', async () => {
  const simulate = async () => ({ resultType: 'error', errors: { message: 'invalid.action' } });
  const { calls, violations: found } = await proveWriter(templateOf(own), { region, simulate });
  // Those on the log group in both forms of its ARN.
  expect([calls.length, found.length]).toEqual([70, 92]);
  expect(found.slice(0, 1)).toEqual([`logs:CreateLogStream on ${HOST} cannot be judged: invalid.action`]);
  expect(calls.filter(({ actual }) => actual !== 'unknown')).toEqual([]);
});
