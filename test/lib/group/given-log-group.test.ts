import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging } from '../../../lib/index.js';
import {
  account,
  flagSets,
  functionIn,
  newStack,
  policyDocuments,
  region,
  resources,
  spelt,
  variables,
} from '../stacks.js';

const wrong = (value: unknown): any => value;

const ARN = `arn:aws:logs:us-west-2:210987654321:log-group:/platform/shared`;

describe.each(flagSets)('an adopted log group %s', (_, context) => {
  describe('may be an L1 resource', () => {
    test.each([
      ['with a name', '/platform/shared'],
      ['with a generated name', undefined],
    ])('%s', (__, logGroupName) => {
      const stack = newStack(context);
      const group = new logs.CfnLogGroup(stack, 'Group', { logGroupName });

      const logging = CloudWatchLogging.fromLogGroup(stack, 'Logging', group);
      logging.bindTo(functionIn(stack));
      logging.metricErrors();
      logging.addQueries();

      expect(variables(stack)).toMatchObject({
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: 'Group' },
        FAPILOG_CLOUDWATCH__REGION: region,
      });
      const [{ Statement }] = policyDocuments(stack);
      expect(JSON.stringify(Statement[0].Resource)).toContain(
        `:logs:${region}:${account}:log-group:",{"Ref":"Group"},":*"`,
      );
      const [filter] = resources(stack, 'AWS::Logs::MetricFilter');
      expect(filter!['Properties'].LogGroupName).toEqual({ Ref: 'Group' });
      const [query] = resources(stack, 'AWS::Logs::QueryDefinition');
      expect(query!['Properties'].LogGroupNames).toEqual([{ Ref: 'Group' }]);
    });

    test('twice', () => {
      const stack = newStack(context);
      const group = new logs.CfnLogGroup(stack, 'Group');

      const [one, two] = ['One', 'Two'].map((id) => CloudWatchLogging.fromLogGroup(stack, id, group));

      expect(one!.logGroup).toBe(two!.logGroup);
    });

    test('that adds nothing to its template', () => {
      const [stack, untouched] = [newStack(context), newStack(context)];
      new logs.CfnLogGroup(untouched, 'Group');

      CloudWatchLogging.fromLogGroup(stack, 'Logging', new logs.CfnLogGroup(stack, 'Group'));

      expect(Template.fromStack(stack).toJSON()).toEqual(Template.fromStack(untouched).toJSON());
    });

    test('of another stack', () => {
      const stack = newStack(context);
      const other = new Stack(stack.node.root, 'Other', { env: { account, region } });
      const group = new logs.CfnLogGroup(other, 'Group');

      CloudWatchLogging.fromLogGroup(stack, 'Logging', group).bindTo(functionIn(stack));

      // A strong reference or a weak one, as the feature flags say.
      const { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: reference } = variables(stack);
      expect(JSON.stringify(reference)).toMatch(/^{"Fn::(ImportValue|GetStackOutput)":.*Group/);
    });

    test('whose subscription filters are counted, by whichever name they know it', () => {
      const stack = newStack(context);
      const group = new logs.CfnLogGroup(stack, 'Group');
      const logging = CloudWatchLogging.fromLogGroup(stack, 'Logging', group);
      const filter = (id: string, name: string): unknown =>
        new logs.CfnSubscriptionFilter(stack, id, {
          logGroupName: name,
          destinationArn: 'arn:aws:kinesis:x',
          filterPattern: '',
        });
      for (const id of ['One', 'Two', 'Three']) {
        filter(id, id === 'One' ? logging.logGroup.logGroupName : group.ref);
      }

      expect(() => Template.fromStack(stack)).toThrow(/subscription filters/);
    });
  });

  describe.each<[string, (stack: Stack) => CloudWatchLoggingInput]>([
    ['an L1 resource', (stack) => new logs.CfnLogGroup(stack, 'Group', { logGroupName: '/platform/shared' })],
    ['an L2 construct', (stack) => new logs.LogGroup(stack, 'Group', { logGroupName: '/platform/shared' })],
  ])('that is %s with a name', (__, define) => {
    test('has writers in another Region, which get the name', () => {
      const stack = newStack(context);
      const other = new Stack(stack.node.root, 'Other', { env: { account, region: 'us-west-2' } });

      CloudWatchLogging.fromLogGroup(stack, 'Logging', define(stack)).bindTo(functionIn(other));

      expect(variables(other)).toMatchObject({
        FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/platform/shared',
        FAPILOG_CLOUDWATCH__REGION: region,
      });
      const [{ Statement }] = policyDocuments(other);
      expect(spelt(Statement)[0].Resource).toBe(
        `arn:aws:logs:${region}:${account}:log-group:/platform/shared:*`,
      );
    });
  });

  test.each<[string, (stack: Stack) => CloudWatchLoggingInput]>([
    ['an L1 resource', (stack) => new logs.CfnLogGroup(stack, 'Group')],
    ['an L2 construct', (stack) => new logs.LogGroup(stack, 'Group')],
  ])('that is %s without a name has none', (__, define) => {
    const stack = newStack(context);
    const other = new Stack(stack.node.root, 'Other', { env: { account, region: 'us-west-2' } });
    const logging = CloudWatchLogging.fromLogGroup(stack, 'Logging', define(stack));
    const fn = functionIn(other);

    expect(() => logging.bindTo(fn)).toThrow('give it a logGroupName');
  });

  test.each<[string, (stack: Stack) => CloudWatchLoggingInput]>([
    ['its ARN', (stack) => logs.CfnLogGroup.fromLogGroupArn(stack, 'Group', ARN)],
    ['its ARN with the ending', (stack) => logs.CfnLogGroup.fromLogGroupArn(stack, 'Group', `${ARN}:*`)],
    ['its ARN, as an L2 construct', (stack) => logs.LogGroup.fromLogGroupArn(stack, 'Group', ARN)],
  ])('may be a reference by %s', (__, define) => {
    const { logGroup } = CloudWatchLogging.fromLogGroup(
      newStack(context),
      'Logging',
      define(newStack(context)),
    );

    expect(logGroup).toMatchObject({ logGroupName: '/platform/shared', logGroupArn: `${ARN}:*` });
    expect(logGroup.env).toEqual({ account: '210987654321', region: 'us-west-2' });
  });

  test('may be a reference by its name', () => {
    const stack = newStack(context);
    const given = logs.CfnLogGroup.fromLogGroupName(stack, 'Group', '/platform/shared');

    CloudWatchLogging.fromLogGroup(stack, 'Logging', given).bindTo(functionIn(stack));

    expect(variables(stack)).toMatchObject({ FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/platform/shared' });
    expect(spelt(policyDocuments(stack)[0].Statement)[0].Resource).toBe(
      `arn:aws:logs:${region}:${account}:log-group:/platform/shared:*`,
    );
  });

  test.each<[string, (stack: Stack) => unknown]>([
    [
      'a log stream',
      (stack) => new logs.LogStream(stack, 'Given', { logGroup: new logs.LogGroup(stack, 'G') }),
    ],
    [
      'a log stream, as an L1 resource',
      (stack) => new logs.CfnLogStream(stack, 'Given', { logGroupName: 'x' }),
    ],
    [
      'a metric filter',
      (stack) =>
        new logs.CfnMetricFilter(stack, 'Given', {
          logGroupName: 'x',
          filterPattern: '',
          metricTransformations: [],
        }),
    ],
    ['a logging construct', (stack) => new CloudWatchLogging(stack, 'Given')],
    ['a function', (stack) => Object.assign(functionIn(new Stack(stack, 'Given')))],
    ['a stack', (stack) => new Stack(stack, 'Given')],
  ])('is none of the constructs that only name one: %s', (__, define) => {
    const stack = newStack(context);
    const given = define(stack);

    expect(() => CloudWatchLogging.fromLogGroup(stack, 'Logging', wrong(given))).toThrow(
      /^Stack\/Logging: cannot adopt Stack\/Given.*, which is no log group; pass one that logs\.LogGroup\.fromLogGroupName\(…\) or fromLogGroupArn\(…\) has imported$/,
    );
  });
});

type CloudWatchLoggingInput = Parameters<typeof CloudWatchLogging.fromLogGroup>[2];
