import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { ECS } from '@aws-sdk/client-ecs';
import { IAM } from '@aws-sdk/client-iam';
import { Lambda } from '@aws-sdk/client-lambda';
import { SSM } from '@aws-sdk/client-ssm';
import { CfnOutput, Stack } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { CloudWatchLogging, Trust } from 'fapilog-cloudwatch/cdk';
import { flagSets, type Context } from '../lib/stacks.js';
import { Moto } from '../support/moto.js';
import { describeWith, findProgram } from '../support/tools.js';
import { type ClientConfig, clientConfig } from './support/aws.js';
import { readRole } from './support/deployed-role.js';
import { DeployedStack, newApp } from './support/deployed-stack.js';

const run = promisify(execFile);
const aws = findProgram('aws');

let moto: Moto;
let config: ClientConfig;

beforeAll(async () => {
  moto = await Moto.start();
  config = clientConfig(moto);
});

afterAll(() => moto?.stop());

/** Everything that the construct puts somewhere; what its environments are is an output each. */
function newStack(context: Context): Stack {
  const stack = new Stack(newApp(context), 'Everything');
  const logging = new CloudWatchLogging(stack, 'Logging', {
    retention: RetentionDays.THREE_DAYS,
    assumedBy: Trust.lambda(),
    settings: { batchSize: 50, batchTimeoutSeconds: 2 },
  });
  const fn = new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => {};'),
    role: logging.role,
    logGroup: logging.logGroup,
  });
  const task = new ecs.FargateTaskDefinition(stack, 'Task');
  task.addContainer('api', { image: ecs.ContainerImage.fromRegistry('api') });
  const inTask = { streamPrefix: 'api/', service: 'api' };
  logging.bindTo(fn);
  logging.bindTo(task, inTask);
  logging.publishSettings('Published', { parameterName: '/everything/logging' });
  const said = {
    Environment: logging.environment,
    TaskEnvironment: Object.fromEntries(
      logging.toKeyValuePairs(inTask).map(({ name, value }) => [name, value]),
    ),
  };
  for (const [id, value] of Object.entries(said)) {
    new CfnOutput(stack, id, { value: stack.toJsonString(value) });
  }
  return stack;
}

/** A text of the stack that is JSON, resolved by CloudFormation. */
const json = (text: string | undefined): Record<string, string> =>
  JSON.parse(text!) as Record<string, string>;

/** The settings that a program of a user reads with these variables. */
async function settingsOfProgram(variables: Record<string, string>): Promise<unknown> {
  const runtime = pathToFileURL(join(__dirname, '../../dist/esm/runtime/index.js')).href;
  const program = `import { Settings } from '${runtime}';
    const { core, sinkConfig } = new Settings({}, { requireComplete: true });
    console.log(JSON.stringify({ core, sinkConfig }));`;
  const env = { PATH: process.env['PATH'], ...moto.environment, ...variables };
  const { stdout } = await run(process.execPath, ['--input-type=module', '--eval', program], { env });
  return JSON.parse(stdout) as unknown;
}

describe.each(flagSets)('a stack %s, read back with the SDK', (_, context) => {
  let stack: DeployedStack;
  let logGroupName: string;

  beforeAll(async () => {
    await moto.reset();
    stack = await DeployedStack.create(config, newStack(context));
    logGroupName = stack.nameOf('AWS::Logs::LogGroup');
  });

  test('has a log group with the name and the retention of the environment', async () => {
    const { logGroups } = await new CloudWatchLogs(config).describeLogGroups();

    expect(logGroups).toEqual([expect.objectContaining({ logGroupName, retentionInDays: 3 })]);
    expect(json(stack.outputs['Environment'])).toEqual({
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroupName,
      FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
      FAPILOG_CLOUDWATCH__RETENTION_IN_DAYS: '3',
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
      FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '2',
    });
  });

  test('has a function with the environment and the role of the construct', async () => {
    const FunctionName = stack.nameOf('AWS::Lambda::Function');
    const { Environment, Role } = await new Lambda(config).getFunctionConfiguration({ FunctionName });

    expect(Environment?.Variables).toEqual(json(stack.outputs['Environment']));
    const role = await readRole(new IAM(config), stack.nameOf('AWS::IAM::Role', 'LoggingWriterRole'));
    expect(Role).toBe(role.arn);
  });

  test('has a role that Lambda may assume, with one policy: to write to the log group', async () => {
    const role = await readRole(new IAM(config), stack.nameOf('AWS::IAM::Role', 'LoggingWriterRole'));

    expect(role).toMatchObject({ managedPolicyArns: [], permissionsBoundaryArn: undefined });
    expect(role.trust).toEqual({
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } },
      ],
    });
    expect(Object.values(role.policies)).toEqual([
      {
        Version: '2012-10-17',
        Statement: [
          {
            Effect: 'Allow',
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Resource: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:*`,
          },
        ],
      },
    ]);
  });

  test('has a task whose container has the environment, and whose role writes streams of its prefix', async () => {
    const { taskDefinition } = await new ECS(config).describeTaskDefinition({
      taskDefinition: stack.nameOf('AWS::ECS::TaskDefinition'),
    });
    const variables = taskDefinition!.containerDefinitions![0]!.environment!;
    expect(Object.fromEntries(variables.map(({ name, value }) => [name, value]))).toEqual(
      json(stack.outputs['TaskEnvironment']),
    );
    expect(json(stack.outputs['TaskEnvironment'])).toEqual({
      ...json(stack.outputs['Environment']),
      FAPILOG_SERVICE: 'api',
      FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: 'api/',
    });

    const role = await readRole(new IAM(config), stack.nameOf('AWS::IAM::Role', 'TaskTaskRole'));
    expect(Object.values(role.policies).flatMap(({ Statement }) => Statement)).toEqual([
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: `arn:aws:logs:us-east-1:123456789012:log-group:${logGroupName}:log-stream:api/*`,
      },
    ]);
  });

  test('has a parameter with the settings of the environment', async () => {
    const { Parameter } = await new SSM(config).getParameter({ Name: '/everything/logging' });
    expect(JSON.parse(Parameter!.Value!)).toEqual({
      core: { sinks: ['cloudwatch'] },
      sink_config: {
        cloudwatch: {
          log_group_name: logGroupName,
          region: 'us-east-1',
          create_log_group: false,
          retention_in_days: 3,
          batch_size: 50,
          batch_timeout_seconds: 2,
        },
      },
    });

    const injected = json(stack.outputs['Environment']);
    const named = { FAPILOG_CONFIG_SSM: '/everything/logging' };
    expect(await settingsOfProgram(named)).toEqual(await settingsOfProgram(injected));
  });

  describeWith(aws)('and with the AWS CLI', () => {
    const ask = async (...args: string[]): Promise<any> => {
      const env = { PATH: process.env['PATH'], ...moto.environment };
      const { stdout } = await run(aws!, [...args, '--output', 'json'], { env });
      return JSON.parse(stdout);
    };

    test('is the same', async () => {
      const { logGroups } = await ask('logs', 'describe-log-groups');
      expect(logGroups).toMatchObject([{ logGroupName, retentionInDays: 3 }]);
      const name = stack.nameOf('AWS::Lambda::Function');
      const { Environment } = await ask('lambda', 'get-function-configuration', '--function-name', name);
      expect(Environment.Variables).toEqual(json(stack.outputs['Environment']));
    }, 60_000);
  });
});
