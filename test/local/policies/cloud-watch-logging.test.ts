import { runSimulation } from '@cloud-copilot/iam-simulate';
import { App, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { proveWriter, type WriterProofOptions } from 'fapilog-cloudwatch/cdk/testing';
import { CloudWatchLogging } from '../../../lib/index.js';
import { account, flagSets, functionIn, loggingIn, newStack, region } from '../../lib/stacks.js';

async function violations(
  stack: Stack,
  options: Partial<WriterProofOptions> = {},
): Promise<readonly string[]> {
  const template = Template.fromStack(stack).toJSON();
  const proof = await proveWriter(template, { simulate: runSimulation, region, ...options });
  return proof.violations;
}

const roleOf = (logging: CloudWatchLogging): string =>
  Stack.of(logging).getLogicalId(logging.role.node.defaultChild as iam.CfnRole);

describe.each(flagSets)('CloudWatchLogging %s', (_, context) => {
  test('gives its role what a writer needs, and nothing else', async () => {
    const stack = newStack(context);
    loggingIn(stack, { logGroupName: '/myapp/production' });

    expect(await violations(stack)).toEqual([]);
  });

  test('does so with a generated name, among other log groups and roles', async () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const other = new CloudWatchLogging(stack, 'Other');

    expect(await violations(stack, { role: roleOf(logging), logGroup: 'LoggingLogGroup' })).toEqual([]);
    expect(await violations(stack, { role: roleOf(other), logGroup: 'OtherLogGroup' })).toEqual([]);
  });

  test.each([
    ['aws-cn', 'cn-north-1'],
    ['aws-us-gov', 'us-gov-west-1'],
  ])('does so in the partition %s', async (__, place) => {
    const stack = newStack(context, { env: { account, region: place } });
    loggingIn(stack, { logGroupName: '/myapp/production' });

    expect(await violations(stack, { region: place })).toEqual([]);
  });

  test('gives a bound function the same', async () => {
    const stack = newStack(context);
    loggingIn(stack).bindTo(functionIn(stack));

    expect(await violations(stack, { role: 'Own', logGroup: 'LoggingLogGroup' })).toEqual([]);
  });

  test('lets a function with its role have no further policy', async () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.bindTo(functionIn(stack, { role: logging.role, logGroup: logging.logGroup }));

    expect(await violations(stack)).toEqual([]);
  });

  test('writes from another Region', async () => {
    const app = new App({ context: { ...context } });
    const home = new Stack(app, 'Home', { env: { account, region } });
    const away = new Stack(app, 'Away', { env: { account, region: 'us-west-2' } });
    const logging = loggingIn(home, { logGroupName: '/myapp/production' });
    logging.grantWrite(new iam.Role(away, 'Writer', { assumedBy: new iam.AccountRootPrincipal() }));

    const options = { region: 'us-west-2', logGroupRegion: region, logGroupName: '/myapp/production' };
    expect(await violations(away, options)).toEqual([]);
  });

  test('is found to be decoration when a function has the managed policy of AWS', async () => {
    const stack = newStack(context);
    const fn = new lambda.Function(stack, 'Function', {
      runtime: lambda.Runtime.NODEJS_22_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => {};'),
    });
    loggingIn(stack).grantWrite(fn);

    const logGroup = 'LoggingLogGroup';
    expect(await violations(stack, { role: 'FunctionServiceRole', logGroup })).toEqual([
      'the role has the managed policy arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole, ' +
        'whose statements are not in the template; give them as managedPolicies',
    ]);
  });

  test('is found to be wider when somebody adds a statement', async () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    logging.logGroup.grant(logging.role, 'logs:DeleteRetentionPolicy');

    expect(await violations(stack)).toEqual([
      `logs:DeleteRetentionPolicy on arn:aws:logs:${region}:${account}:log-group:/myapp/production is allowed`,
    ]);
  });

  test('is found to be wider when stock CDK gives it to read', async () => {
    const stack = newStack(context);
    const logging = loggingIn(stack, { logGroupName: '/myapp/production' });
    logging.logGroup.grantRead(logging.role);

    const arn = `arn:aws:logs:${region}:${account}:log-group:/myapp/production`;
    const found = await violations(stack);
    expect(found).toContain(`logs:FilterLogEvents on ${arn} is allowed`);
    expect(found).toContain(`logs:GetLogEvents on ${arn}:log-stream:host-1 is allowed`);
  });

  test('is found to be limited by a boundary that forgets it', async () => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    const statements = [new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] })];
    iam.PermissionsBoundary.of(logging).apply(new iam.ManagedPolicy(stack, 'Limit', { statements }));

    expect((await violations(stack)).map((violation) => violation.replace(/ on .* is /, ' is '))).toEqual([
      'logs:CreateLogStream is denied',
      'logs:PutLogEvents is denied',
      'logs:CreateLogStream is denied',
      'logs:PutLogEvents is denied',
    ]);
  });
});
