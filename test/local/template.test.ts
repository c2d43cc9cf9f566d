import { lambdaEnvironment, provisionLogGroups, resolveTemplate } from '../../local/index.js';
import { TemplateResolver } from '../../local/stack/template-resolver.js';
import { GROUP, NOW_MS, start, startEmpty, stopAll } from './harness.js';

afterEach(stopAll);

const logGroup = (properties: object): object => ({ Type: 'AWS::Logs::LogGroup', Properties: properties });
const lambda = (properties: object): object => ({ Type: 'AWS::Lambda::Function', Properties: properties });

/** What a function of CloudFormation yields within a template that has one of each. */
function valueOf(
  expression: unknown,
  template: object = {},
  parameters: Record<string, string> = {},
): unknown {
  const resources = {
    Logs: logGroup({ LogGroupName: '/app' }),
    Unnamed: logGroup({}),
    Role: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'writer' } },
    PathRole: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'writer', Path: '/logs/' } },
    Fn: lambda({ FunctionName: { 'Fn::Join': ['-', ['my', { Ref: 'Stage' }]] } }),
    Key: { Type: 'AWS::KMS::Key' },
    Queue: { Type: 'AWS::SQS::Queue' },
    Site: { Type: 'AWS::Amplify::App' },
    Bucket: { Type: 'AWS::S3::Bucket' },
    Topic: { Type: 'AWS::SNS::Topic' },
    Policy: { Type: 'AWS::IAM::ManagedPolicy' },
    Setting: { Type: 'AWS::SSM::Parameter', Properties: { Name: '/group' } },
  };
  const { outputs } = resolveTemplate(
    {
      Parameters: {
        Stage: { Type: 'String', Default: 'beta' },
        Zones: { Type: 'CommaDelimitedList', Default: 'a, b' },
        Bare: { Type: 'String' },
      },
      Conditions: {
        IsBeta: { 'Fn::Equals': [{ Ref: 'Stage' }, 'beta'] },
        NotBeta: { 'Fn::Not': [{ Condition: 'IsBeta' }] },
        Both: { 'Fn::And': [{ Condition: 'IsBeta' }, { Condition: 'NotBeta' }] },
        Either: { 'Fn::Or': [{ Condition: 'NotBeta' }, { Condition: 'IsBeta' }] },
        Cyclic: { 'Fn::Not': [{ Condition: 'Cyclic' }] },
      },
      Mappings: { Sizes: { beta: { Memory: 128 } } },
      Resources: resources,
      Outputs: { It: { Value: expression } },
      ...template,
    },
    { stackName: 'shop', parameters },
  );
  return outputs['It'];
}

const ACCOUNT = 'us-east-1:123456789012';

it.each<[unknown, unknown]>([
  ['plain', 'plain'],
  [7, 7],
  [null, null],
  [{ Ref: 'AWS::Region' }, 'us-east-1'],
  [{ Ref: 'AWS::AccountId' }, '123456789012'],
  [{ Ref: 'AWS::Partition' }, 'aws'],
  [{ Ref: 'AWS::StackName' }, 'shop'],
  [{ Ref: 'AWS::URLSuffix' }, 'amazonaws.com'],
  [{ Ref: 'Stage' }, 'beta'],
  [{ Ref: 'Zones' }, ['a', 'b']],
  [{ Ref: 'Logs' }, '/app'],
  [{ Ref: 'Unnamed' }, 'shop-Unnamed-local'],
  [{ Ref: 'Queue' }, 'shop-Queue-local'],
  [{ Ref: 'Fn' }, 'my-beta'],
  [{ 'Fn::GetAtt': ['Logs', 'Arn'] }, `arn:aws:logs:${ACCOUNT}:log-group:/app:*`],
  [{ 'Fn::GetAtt': 'Logs.Arn' }, `arn:aws:logs:${ACCOUNT}:log-group:/app:*`],
  [{ 'Fn::GetAtt': ['Role', 'Arn'] }, 'arn:aws:iam::123456789012:role/writer'],
  [{ 'Fn::GetAtt': ['PathRole', 'Arn'] }, 'arn:aws:iam::123456789012:role/logs/writer'],
  [{ 'Fn::GetAtt': ['Fn', 'Arn'] }, `arn:aws:lambda:${ACCOUNT}:function:my-beta`],
  [{ 'Fn::GetAtt': ['Key', 'Arn'] }, `arn:aws:kms:${ACCOUNT}:key/shop-Key-local`],
  [{ 'Fn::GetAtt': ['Queue', 'Arn'] }, `arn:aws:sqs:${ACCOUNT}:shop-Queue-local`],
  [{ 'Fn::GetAtt': ['Bucket', 'Arn'] }, 'arn:aws:s3:::shop-Bucket-local'],
  [{ 'Fn::GetAtt': ['Topic', 'TopicArn'] }, `arn:aws:sns:${ACCOUNT}:shop-Topic-local`],
  [{ Ref: 'Topic' }, `arn:aws:sns:${ACCOUNT}:shop-Topic-local`],
  [{ Ref: 'Policy' }, 'arn:aws:iam::123456789012:policy/shop-Policy-local'],
  [{ Ref: 'Setting' }, '/group'],
  [{ 'Fn::FindInMap': ['Sizes', { Ref: 'Stage' }, 'Memory'] }, 128],
  [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':x']] }, 'arn:aws:x'],
  [{ 'Fn::Join': ['/', { 'Fn::Split': [':', 'a:b'] }] }, 'a/b'],
  [{ 'Fn::Select': [1, { 'Fn::Split': [':', 'a:b'] }] }, 'b'],
  [{ 'Fn::Select': ['0', { Ref: 'Zones' }] }, 'a'],
  [
    { 'Fn::Sub': '${AWS::Region}/${Logs}/${Logs.Arn}' },
    `us-east-1//app/arn:aws:logs:${ACCOUNT}:log-group:/app:*`,
  ],
  [{ 'Fn::Sub': ['${x}-${Stage}-${!keep}', { x: { Ref: 'Role' } }] }, 'writer-beta-${keep}'],
  [{ 'Fn::If': ['IsBeta', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['NotBeta', 'yes', 'no'] }, 'no'],
  [{ 'Fn::If': ['Both', 'yes', 'no'] }, 'no'],
  [{ 'Fn::If': ['Either', 'yes', 'no'] }, 'yes'],
  [{ 'Fn::If': ['NotBeta', { 'Fn::GetAtt': ['Queue', 'Arn'] }, 'no'] }, 'no'],
  [
    { a: 1, b: { Ref: 'AWS::NoValue' }, c: [{ Ref: 'AWS::NoValue' }, 2] },
    { a: 1, c: [2] },
  ],
  [{ a: { 'Fn::If': ['NotBeta', 1, { Ref: 'AWS::NoValue' }] } }, {}],
  [
    { Ref: 'Stage', other: 1 },
    { Ref: 'Stage', other: 1 },
  ],
])('%j → %j', (expression, expected) => {
  expect(valueOf(expression)).toEqual(expected);
});

it.each<[unknown, string]>([
  [{ Ref: 'Nobody' }, '"Nobody" is neither a parameter nor a resource of the template.'],
  [{ Ref: 'Bare' }, 'Parameter "Bare" has no default, give it a value.'],
  [{ 'Fn::GetAtt': ['Site', 'Arn'] }, 'Cannot resolve attribute "Arn" of "Site" (AWS::Amplify::App)'],
  [{ 'Fn::GetAtt': ['Role', 'RoleId'] }, 'Cannot resolve attribute "RoleId" of "Role" (AWS::IAM::Role)'],
  [{ 'Fn::ImportValue': 'x' }, 'Fn::ImportValue is not supported: "x"'],
  [
    { 'Fn::GetStackOutput': { StackName: 'net', OutputName: 'Group' } },
    'unless its value is given as stackOutputs: { "net.Group": … }',
  ],
  [{ 'Fn::FindInMap': ['Sizes', 'prod', 'Memory'] }, 'Fn::FindInMap: no Sizes → prod → Memory'],
  [{ 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select: no item 2 in ["a","b"]'],
  [{ 'Fn::Join': ['x'] }, 'Fn::Join takes a list of 2, got ["x"]'],
  [{ 'Fn::Join': ['x', 'y'] }, 'Fn::Join needs a list, got "y"'],
  [{ 'Fn::If': ['Nowhere', 1, 2] }, '"Nowhere" is not a condition of the template.'],
  [{ 'Fn::If': ['Cyclic', 1, 2] }, '"Conditions.Cyclic" refers to itself.'],
])('%j fails: %s', (expression, message) => {
  expect(() => valueOf(expression)).toThrow(message);
});

it('takes parameters, region, account and partition', () => {
  expect(valueOf({ Ref: 'Stage' }, {}, { Stage: 'prod' })).toBe('prod');
  expect(valueOf({ 'Fn::If': ['IsBeta', 1, 2] }, {}, { Stage: 'prod' })).toBe(2);
  const template = {
    Resources: { Logs: logGroup({}) },
    Outputs: {
      Arn: { Value: { 'Fn::GetAtt': ['Logs', 'Arn'] } },
      Suffix: { Value: { Ref: 'AWS::URLSuffix' } },
    },
  };
  const options = { region: 'cn-north-1', accountId: '210987654321', partition: 'aws-cn' };
  expect(resolveTemplate(template, options).outputs).toEqual({
    Arn: 'arn:aws-cn:logs:cn-north-1:210987654321:log-group:local-Logs-local:*',
    Suffix: 'amazonaws.com.cn',
  });
});

it('takes what only a deployment knows', () => {
  const template = {
    Resources: { Site: { Type: 'AWS::Amplify::App' } },
    Outputs: {
      Id: { Value: { 'Fn::GetAtt': ['Site', 'AppId'] } },
      Import: { Value: { 'Fn::ImportValue': { 'Fn::Sub': '${AWS::StackName}-key' } } },
      Output: { Value: { 'Fn::GetStackOutput': { StackName: 'net', OutputName: 'Group', Region: 'x' } } },
    },
  };
  const options = {
    attributes: { 'Site.AppId': 'd1' },
    imports: { 'local-key': 'k' },
    stackOutputs: { 'net.Group': '/net' },
  };
  expect(resolveTemplate(template, options).outputs).toEqual({ Id: 'd1', Import: 'k', Output: '/net' });
});

it.each([
  ['eu-central-1', 'aws'],
  ['cn-north-1', 'aws-cn'],
  ['us-gov-west-1', 'aws-us-gov'],
])('knows the partition of %s', (region, partition) => {
  const Outputs = { Partition: { Value: { Ref: 'AWS::Partition' } } };
  expect(resolveTemplate({ Outputs }, { region }).outputs).toEqual({ Partition: partition });
});

it('finds a name that refers to itself', () => {
  const Resources = { Logs: logGroup({ LogGroupName: { 'Fn::Sub': 'x-${Logs}' } }) };
  expect(() => resolveTemplate({ Resources })).toThrow('"Logs" refers to itself.');
});

it('leaves out resources and outputs whose condition is false', () => {
  const { resources, outputs } = resolveTemplate({
    Conditions: { Never: { 'Fn::Equals': ['a', 'b'] }, Always: { 'Fn::Equals': ['a', 'a'] } },
    Resources: {
      One: { ...logGroup({}), Condition: 'Never' },
      Two: { ...logGroup({}), Condition: 'Always' },
    },
    Outputs: { One: { Condition: 'Never', Value: { Ref: 'Nobody' } }, Two: { Value: { Ref: 'Two' } } },
  });
  expect(Object.keys(resources)).toEqual(['Two']);
  expect(outputs).toEqual({ Two: 'local-Two-local' });
});

describe('provisionLogGroups', () => {
  const template = {
    Resources: {
      One: logGroup({ LogGroupName: GROUP, RetentionInDays: { 'Fn::Select': [0, [30]] } }),
      Two: logGroup({ RetentionInDays: '7' }),
      Three: logGroup({ LogGroupName: '/three' }),
      Other: lambda({}),
    },
  };

  it('makes the groups with their retention', async () => {
    const { client } = await startEmpty();
    const names = await provisionLogGroups(client, resolveTemplate(template));
    expect(names).toEqual([GROUP, 'local-Two-local', '/three']);
    const { logGroups } = await client.describeLogGroups({});
    expect(logGroups?.map(({ logGroupName, retentionInDays }) => [logGroupName, retentionInDays])).toEqual([
      [GROUP, 30],
      ['/three', undefined],
      ['local-Two-local', 7],
    ]);
  });

  it('saves the queries of the template, and once when it is provisioned again', async () => {
    const { client } = await startEmpty();
    const query = (properties: object): object => ({
      Type: 'AWS::Logs::QueryDefinition',
      Properties: properties,
    });
    const resources = {
      One: logGroup({ LogGroupName: GROUP }),
      Plain: query({ Name: { 'Fn::Sub': '${AWS::StackName}/Plain' }, QueryString: 'limit 1' }),
      Full: query({
        Name: 'Full',
        QueryString: 'limit 2',
        LogGroupNames: [{ Ref: 'One' }],
        QueryLanguage: 'CWLI',
        Parameters: [{ Name: 'level', DefaultValue: 'error', Description: 'of the lines' }],
      }),
    };
    for (let times = 0; times < 2; times += 1)
      await provisionLogGroups(client, resolveTemplate({ Resources: resources }));

    expect((await client.describeQueryDefinitions({})).queryDefinitions).toEqual([
      {
        name: 'Full',
        queryString: 'limit 2',
        logGroupNames: [GROUP],
        parameters: [{ name: 'level', defaultValue: 'error', description: 'of the lines' }],
        queryDefinitionId: expect.any(String),
        queryLanguage: 'CWLI',
        lastModified: NOW_MS,
      },
      expect.objectContaining({ name: 'local/Plain', queryString: 'limit 1' }),
    ]);
  });

  it('keeps a group that exists, and goes on', async () => {
    const { client } = await start();
    await provisionLogGroups(client, resolveTemplate(template));
    const { logGroups } = await client.describeLogGroups({ logGroupNamePrefix: GROUP });
    expect(logGroups?.[0]?.retentionInDays).toBe(30);
  });

  it('makes them as the template says: class, key, tags, protection, field indexes', async () => {
    const { client } = await startEmpty();
    const key = { Type: 'AWS::KMS::Key', Properties: {} };
    const policy = { Fields: ['requestId'] };
    const all = {
      LogGroupName: GROUP,
      LogGroupClass: 'STANDARD',
      KmsKeyId: { 'Fn::GetAtt': ['Key', 'Arn'] },
      Tags: [{ Key: 'team', Value: 'api' }],
      DeletionProtectionEnabled: true,
      FieldIndexPolicies: [policy],
    };
    const cheap = { LogGroupName: '/z/cheap', LogGroupClass: 'INFREQUENT_ACCESS', RetentionInDays: 7 };
    const resources = { Key: key, All: logGroup(all), Cheap: logGroup(cheap) };
    await provisionLogGroups(client, resolveTemplate({ Resources: resources }));
    const { logGroups = [] } = await client.describeLogGroups({});
    expect(logGroups).toMatchObject([
      {
        logGroupName: GROUP,
        logGroupClass: 'STANDARD',
        kmsKeyId: 'arn:aws:kms:us-east-1:123456789012:key/local-Key-local',
        deletionProtectionEnabled: true,
      },
      {
        logGroupName: '/z/cheap',
        logGroupClass: 'INFREQUENT_ACCESS',
        retentionInDays: 7,
        deletionProtectionEnabled: false,
      },
    ]);
    const { tags } = await client.listTagsForResource({ resourceArn: logGroups[0]!.logGroupArn! });
    expect(tags).toEqual({ team: 'api' });
    const { indexPolicies } = await client.describeIndexPolicies({ logGroupIdentifiers: [GROUP] });
    expect(indexPolicies).toMatchObject([{ policyDocument: JSON.stringify(policy), source: 'LOG_GROUP' }]);
    await expect(client.filterLogEvents({ logGroupName: '/z/cheap' })).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });

  it('puts the metric filters, as text and as numbers', async () => {
    const { client } = await startEmpty();
    const filter = (properties: object): object => ({
      Type: 'AWS::Logs::MetricFilter',
      Properties: { LogGroupName: { Ref: 'Logs' }, ...properties },
    });
    const metric = {
      MetricName: 'Errors',
      MetricNamespace: 'App',
      MetricValue: 1,
      DefaultValue: '0',
      Unit: 'Count',
    };
    const sized = {
      MetricName: 'Size',
      MetricNamespace: 'App',
      MetricValue: '$.size',
      Dimensions: [{ Key: 'route', Value: '$.route' }],
    };
    const resources = {
      Logs: logGroup({ LogGroupName: GROUP }),
      Named: filter({ FilterName: 'errors', FilterPattern: 'ERROR', MetricTransformations: [metric] }),
      Sizes: filter({ FilterPattern: '{ $.size > 1 }', MetricTransformations: [sized] }),
    };
    await provisionLogGroups(client, resolveTemplate({ Resources: resources }));
    const { metricFilters } = await client.describeMetricFilters({ logGroupName: GROUP });
    expect(metricFilters).toMatchObject([
      {
        filterName: 'errors',
        filterPattern: 'ERROR',
        metricTransformations: [
          { metricName: 'Errors', metricNamespace: 'App', metricValue: '1', defaultValue: 0, unit: 'Count' },
        ],
      },
      {
        filterName: 'local-Sizes-local',
        metricTransformations: [{ metricValue: '$.size', dimensions: { route: '$.route' } }],
      },
    ]);
  });

  it('passes on what the service refuses', async () => {
    const { client } = await startEmpty();
    const bad = resolveTemplate({ Resources: { One: logGroup({ LogGroupName: 'a b' }) } });
    await expect(provisionLogGroups(client, bad)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
    const days = resolveTemplate({ Resources: { One: logGroup({ RetentionInDays: 2 }) } });
    await expect(provisionLogGroups(client, days)).rejects.toMatchObject({
      name: 'InvalidParameterException',
    });
  });
});

describe('lambdaEnvironment', () => {
  const variables = { GROUP: { Ref: 'Logs' }, SIZE: 50 };
  const Resources = {
    Logs: logGroup({ LogGroupName: '/app' }),
    ApiFn1A2B: lambda({ Environment: { Variables: variables } }),
    WebFn3C4D: lambda({}),
  };
  const resolved = resolveTemplate({ Resources });

  it('is that of the only function, or of the one named', () => {
    const { WebFn3C4D: _, ...one } = Resources;
    expect(lambdaEnvironment(resolveTemplate({ Resources: one }))).toEqual({ GROUP: '/app', SIZE: '50' });
    expect(lambdaEnvironment(resolved, 'ApiFn')).toEqual({ GROUP: '/app', SIZE: '50' });
    expect(lambdaEnvironment(resolved, 'WebFn')).toEqual({});
  });

  it('says which functions there are', () => {
    expect(() => lambdaEnvironment(resolved)).toThrow(
      'Expected one AWS::Lambda::Function, found ApiFn1A2B, WebFn3C4D.',
    );
    expect(() => lambdaEnvironment(resolved, 'Nope')).toThrow(
      'Expected one AWS::Lambda::Function with a logical id that starts with "Nope", found none.',
    );
  });
});

describe('a resolver', () => {
  const resolver = new TemplateResolver(
    {
      Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } },
      Resources: {
        Logs: logGroup({ LogGroupName: { 'Fn::Sub': '/app/${AWS::Region}' } }),
        Left: { ...logGroup({}), Condition: 'Never' },
        Broken: { Type: 'AWS::EC2::Subnet', Properties: { Zone: { 'Fn::GetAZs': '' } } },
      },
    },
    { region: 'eu-central-1' },
  );

  it('resolves resources of one type, whatever the others need', () => {
    expect(resolver.resourcesOf('AWS::Logs::LogGroup')).toEqual({
      Logs: {
        type: 'AWS::Logs::LogGroup',
        physicalName: '/app/eu-central-1',
        properties: { LogGroupName: '/app/eu-central-1' },
      },
    });
    expect(() => resolver.resourcesOf('AWS::EC2::Subnet')).toThrow('Fn::GetAZs is not supported');
  });

  it('knows the type of a resource by the beginning of its logical id, the whole one first', () => {
    expect(['L', 'Left', 'Brok', 'toString', 'X'].map((id) => resolver.typeOf(id))).toEqual([
      'AWS::Logs::LogGroup',
      'AWS::Logs::LogGroup',
      'AWS::EC2::Subnet',
      undefined,
      undefined,
    ]);
  });
});
