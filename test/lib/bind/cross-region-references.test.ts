import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as logs from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging, type ICloudWatchLogging } from '../../../lib/index.js';
import { account, flagSets, functionIn, region, variables, warnings, type Context } from '../stacks.js';
import { roleIn } from './targets.js';

const name = '/myapp/production';

function stacksIn(context: Context): { stack: Stack; other: Stack } {
  const app = new App({ context: { ...context } });
  const stackOf = (id: string, at: string): Stack =>
    new Stack(app, id, { env: { account, region: at }, crossRegionReferences: true });
  return { stack: stackOf('Stack', region), other: stackOf('Other', 'us-west-2') };
}

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

/** Types of the resources that CDK defines to carry a value from one Region to another. */
function carriersIn({ stack, other }: { stack: Stack; other: Stack }): string[] {
  return [stack, other].flatMap((each) =>
    Object.values(Template.fromStack(each).toJSON()['Resources'] as Record<string, { Type: string }>)
      .map(({ Type }) => Type)
      .filter((type) => type.startsWith('Custom::CrossRegion')),
  );
}

describe.each(flagSets)('stacks with crossRegionReferences %s', (_, context) => {
  test.each<[string, (stack: Stack) => ICloudWatchLogging]>([
    ['defined', (stack) => new CloudWatchLogging(stack, 'Logging', { logGroupName: name })],
    [
      'adopted',
      (stack) =>
        CloudWatchLogging.fromLogGroup(
          stack,
          'Logging',
          new logs.LogGroup(stack, 'Group', { logGroupName: name }),
        ),
    ],
    [
      'adopted as an L1 resource',
      (stack) =>
        CloudWatchLogging.fromLogGroup(
          stack,
          'Logging',
          new logs.CfnLogGroup(stack, 'Group', { logGroupName: name }),
        ),
    ],
  ])('need no custom resources for a log group with a name, which is %s', (__, define) => {
    const stacks = stacksIn(context);
    const { stack, other } = stacks;
    const logging = define(stack);

    logging.bindTo(functionIn(other), { streamPrefix: 'api' });
    logging.grantRead(roleIn(other, 'Reader'));
    logging.grantWrite(roleIn(other, 'Writer'));
    const board = new cloudwatch.Dashboard(other, 'Board');
    board.addWidgets(...logging.widgets());

    expect(variables(other)).toMatchObject({ FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: name });
    expect(carriersIn(stacks)).toEqual([]);
  });

  const CARRIERS = ['Custom::CrossRegionExportWriter', 'Custom::CrossRegionExportReader'];
  const warning = (path: string): string =>
    `its role ${path} is in a stack of another Region, eu-central-1, so that CDK defines a custom resource in both ` +
    'stacks to carry the ARN, each with a function and with a role that may write to every log group; define the role ' +
    "in the program's own stack, and bindTo grants it write access [ack: fapilog-cloudwatch:crossRegionReferences]";

  test.each<[string, (stack: Stack, logging: CloudWatchLogging) => iam.IRole, string]>([
    ['the writer role', (_stack, { role }) => role, 'Stack/Logging/WriterRole'],
    ['another role', (stack) => roleIn(stack), 'Stack/OwnRole'],
  ])('get them for %s without weak references, and a warning', (__, define, path) => {
    const stacks = stacksIn(context);
    const { stack, other } = stacks;
    const logging = new CloudWatchLogging(stack, 'Logging', { logGroupName: name });

    logging.bindTo(functionIn(other, { role: define(stack, logging) }));

    // The recommended feature flags of a newer CDK have weak references, which need none.
    const isWeak = context['@aws-cdk/core:defaultCrossStackReferences'] === 'weak';
    expect(carriersIn(stacks)).toEqual(isWeak ? [] : CARRIERS);
    const ours = warnings(other).filter((each) => String(each).includes('[ack: fapilog-cloudwatch:'));
    expect(ours).toEqual(isWeak ? [] : [warning(path)]);
  });

  test.each<[string, (stacks: { stack: Stack; other: Stack }) => iam.IRole]>([
    ['a role of the program’s own stack', ({ other }) => roleIn(other)],
    [
      'an imported role, whose ARN is known',
      ({ stack }) => iam.Role.fromRoleArn(stack, 'Imported', `arn:aws:iam::${account}:role/x`),
    ],
  ])('get none for %s', (__, define) => {
    const stacks = stacksIn(context);
    const logging = new CloudWatchLogging(stacks.stack, 'Logging', { logGroupName: name });

    logging.bindTo(functionIn(stacks.other, { role: define(stacks) }));

    expect(carriersIn(stacks)).toEqual([]);
    expect(warnings(stacks.other).join()).not.toContain('crossRegionReferences');
  });
});
