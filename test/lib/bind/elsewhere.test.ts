import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { parseEnvironment } from '../../../contract/codec.js';
import { CloudWatchLogging, Trust, type ICloudWatchLogging } from '../../../lib/index.js';
import {
  account,
  flagSets,
  functionIn,
  loggingIn,
  newStack,
  policyDocuments,
  region,
  resources,
  spelt,
  variables,
} from '../stacks.js';
import { roleIn } from './targets.js';

const otherAccount = '210987654321';

function stackIn(stack: Stack, env: { account: string; region: string }): Stack {
  return new Stack(stack.node.root, 'Elsewhere', { env });
}

/** A function with a role of the same account. */
function writerIn(stack: Stack) {
  return functionIn(stack, { role: roleIn(stack) });
}

const roleArn = `arn:aws:iam::${account}:role/orders-log-writer`;

describe.each(flagSets)('a writer in another account %s', (_, context) => {
  const central = (): { stack: Stack; logging: CloudWatchLogging } => {
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      logGroupName: '/central/orders',
      assumedBy: Trust.account(otherAccount),
      externalId: 'orders-production',
      roleName: 'orders-log-writer',
    });
    return { stack, logging };
  };

  test('may assume the writer role and nothing else, and its sink is told to', () => {
    const { stack, logging } = central();
    const other = stackIn(stack, { account: otherAccount, region });

    logging.bindTo(writerIn(other));

    expect(spelt(policyDocuments(other))).toEqual([
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn }],
      },
    ]);
    const found = spelt(variables(other)) as Record<string, string>;
    const { settings, problems, notices } = parseEnvironment(found);
    expect({ core: settings.core, cloudwatch: settings.cloudwatch, problems, notices }).toEqual({
      core: { sinks: ['cloudwatch'] },
      cloudwatch: {
        logGroupName: '/central/orders',
        region,
        createLogGroup: false,
        roleArn,
        externalId: 'orders-production',
      },
      problems: [],
      notices: [],
    });
  });

  test('needs a role name of no one: one is made up where it is needed', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, {
      logGroupName: '/central/orders',
      assumedBy: Trust.account(otherAccount),
    });
    const other = stackIn(stack, { account: otherAccount, region });

    logging.bindTo(writerIn(other));

    const { FAPILOG_CLOUDWATCH__ROLE_ARN: arn } = spelt(variables(other)) as Record<string, string>;
    const [role] = resources(stack, 'AWS::IAM::Role');
    expect(role!['Properties'].RoleName).toMatch(/^stackoggingwriterrole[0-9a-f]{20}$/);
    expect(arn).toBe(`arn:aws:iam::${account}:role/${role!['Properties'].RoleName}`);
  });

  test('is refused while nobody lets it in, and not changed', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/central/orders' });
    const other = stackIn(stack, { account: otherAccount, region });
    const fn = writerIn(other);

    expect(() => logging.bindTo(fn)).toThrow(
      'which is in another account; grant to a role of this account, or pass the principal as assumedBy and let it ' +
        'assume the writer role',
    );

    expect(policyDocuments(other)).toEqual([]);
    expect(resources(other, 'AWS::Lambda::Function')[0]!['Properties']).not.toHaveProperty('Environment');
  });

  test('is refused by a log group without a name: nobody elsewhere could know it', () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { assumedBy: Trust.account(otherAccount) });
    const other = stackIn(stack, { account: otherAccount, region });

    expect(() => logging.bindTo(writerIn(other))).toThrow(
      new Error(
        'Stack/Logging: cannot bind Elsewhere/Function, which is in another account or Region, to a log group whose ' +
          'name CloudFormation generates; give it a logGroupName',
      ),
    );
  });

  test('finds an imported log group by an imported role', () => {
    const stack = newStack(context, { env: { account: otherAccount, region: 'us-west-2' } });
    const arn = `arn:aws:logs:${region}:${account}:log-group:/central/orders:*`;
    const logging = CloudWatchLogging.fromLogGroup(
      stack,
      'Logging',
      logs.LogGroup.fromLogGroupArn(stack, 'Imported', arn),
      { role: iam.Role.fromRoleArn(stack, 'Writer', roleArn), externalId: 'orders-production' },
    );

    logging.bindTo(writerIn(stack));

    expect(policyDocuments(stack)).toEqual([
      {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: roleArn }],
      },
    ]);
    expect(variables(stack)).toEqual({
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/central/orders',
      FAPILOG_CLOUDWATCH__REGION: region,
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
      FAPILOG_CLOUDWATCH__ROLE_ARN: roleArn,
      FAPILOG_CLOUDWATCH__EXTERNAL_ID: 'orders-production',
    });
  });

  test('may be outside AWS: the exporters can tell it to assume the role', () => {
    const { stack, logging } = central();

    expect(spelt(stack.resolve(logging.toConfigMapData({ assumeRole: true })))).toMatchObject({
      FAPILOG_CLOUDWATCH__EXTERNAL_ID: 'orders-production',
      FAPILOG_CLOUDWATCH__ROLE_ARN: { 'Fn::GetAtt': [expect.stringContaining('WriterRole'), 'Arn'] },
    });
    expect(stack.resolve(logging.toConfigMapData())).not.toHaveProperty('FAPILOG_CLOUDWATCH__ROLE_ARN');
  });
});

describe.each(flagSets)('a writer in another Region %s', (_, context) => {
  test.each<[string, string | undefined, string]>([
    ['every stream', undefined, ':*'],
    ['the streams of its prefix', 'api', ':log-stream:api*'],
  ])('may write %s, and is told the Region of the log group', (__, streamPrefix, ending) => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    const other = stackIn(stack, { account, region: 'us-west-2' });

    logging.bindTo(writerIn(other), { streamPrefix });

    expect(variables(other)).toMatchObject({
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
      FAPILOG_CLOUDWATCH__REGION: region,
    });
    expect(spelt(policyDocuments(other))).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `arn:aws:logs:${region}:${account}:log-group:/myapp/production${ending}`,
          },
        ],
      },
    ]);
  });
});

describe.each(flagSets)('an adopted log group %s', (_, context) => {
  const adopted = (
    stack: Stack,
    options?: Parameters<typeof CloudWatchLogging.fromLogGroup>[3],
  ): ICloudWatchLogging =>
    CloudWatchLogging.fromLogGroup(
      stack,
      'Logging',
      logs.LogGroup.fromLogGroupName(stack, 'Existing', '/platform/shared'),
      options,
    );

  test('is left as it is, and has no role until one is asked for', () => {
    const stack = newStack(context);

    const logging = adopted(stack, { retention: logs.RetentionDays.ONE_WEEK, service: 'billing' });
    logging.bindTo(functionIn(stack, { role: roleIn(stack), logGroup: logging.logGroup }));

    const template = Template.fromStack(stack);
    template.resourceCountIs('AWS::Logs::LogGroup', 0);
    template.resourceCountIs('AWS::IAM::Role', 1);
    expect(spelt(policyDocuments(stack))).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `arn:aws:logs:${region}:${account}:log-group:/platform/shared:*`,
          },
        ],
      },
    ]);
    expect(variables(stack)).toEqual({
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_SERVICE: 'billing',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/platform/shared',
      FAPILOG_CLOUDWATCH__REGION: region,
      FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS: '7',
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
    });
  });

  test('has a writer role when one is asked for, once', () => {
    const stack = newStack(context);
    const logging = adopted(stack, { assumedBy: Trust.ec2() });

    expect(logging.role).toBe(logging.role);

    Template.fromStack(stack).resourceCountIs('AWS::IAM::Role', 1);
    expect(policyDocuments(stack)).toHaveLength(1);
  });

  test('is known as a logging construct', () => {
    const stack = newStack(context);

    expect(CloudWatchLogging.isCloudWatchLogging(adopted(stack))).toBe(true);
    expect(CloudWatchLogging.isCloudWatchLogging(stack)).toBe(false);
  });

  test('refuses wrong options with their names', () => {
    const retention: any = 42;

    expect(() => adopted(newStack(context), { retention, service: ' ' })).toThrow(
      /invalid settings:\n {2}- Stack\/Logging: options\.retention is 42; allowed: .*\n {2}- Stack\/Logging: options\.service is " "; allowed: any text that is not blank/,
    );
  });
});
