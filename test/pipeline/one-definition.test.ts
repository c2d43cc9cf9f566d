import { App, CfnParameter, Stack } from 'aws-cdk-lib';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Settings } from 'fapilog-cloudwatch';
import { CloudWatchLogging, type CloudWatchLoggingProps } from 'fapilog-cloudwatch/cdk';
import { lambdaEnvironment, resolveTemplate } from 'fapilog-cloudwatch/testing';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { LoggingStack } from '../../examples/lambda-function/stack.js';

const app = (): App => new App({ context: { 'aws:cdk:bundling-stacks': [] } });

/** The settings that a function reads from what its stack would deploy. */
function settingsRead(stack: Stack, parameters: Record<string, string> = {}): Settings {
  const { template } = (stack.node.root as App).synth().getStackByName(stack.stackName);
  const env = lambdaEnvironment(
    resolveTemplate(template, { region: 'eu-central-1', stackName: stack.stackName, parameters }),
  );
  return new Settings({}, { env, requireComplete: true });
}

function stackWith(props: CloudWatchLoggingProps, stack = new Stack(app(), 'Stack')): Stack {
  const fn = new lambda.Function(stack, 'Function', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = () => {}'),
  });
  new CloudWatchLogging(stack, 'Logging', props).bindTo(fn);
  return stack;
}

test('what the example stack is given, the runtime reads', () => {
  const { core, sinkConfig, notices } = settingsRead(new LoggingStack(app(), 'Example'));

  expect(notices).toEqual([]);
  expect(core).toMatchObject({ sinks: ['cloudwatch'], logLevel: 'info' });
  expect(sinkConfig.cloudwatch).toEqual({
    ...new Settings({}, { env: {} }).sinkConfig.cloudwatch,
    logGroupName: '/myapp/production',
    region: 'eu-central-1',
    createLogGroup: false,
    batchSize: 50,
    batchTimeoutSeconds: 2,
  });
});

test('every setting that the construct takes arrives as it was given', () => {
  // GIVEN each setting with a value that is not its default
  const settings = {
    level: 'debug',
    client: 'sdk',
    logStreamName: 'api-server',
    endpointUrl: 'https://vpce-1.logs.eu-central-1.vpce.amazonaws.com',
    batchSize: 77,
    batchTimeoutSeconds: 0.25,
    maxRetries: 9,
    retryBaseDelay: 1.5,
    maxBatchAgeSeconds: 120,
    requestTimeoutSeconds: 7,
    maxQueueBytes: 2_097_152,
    maxQueueEvents: 5_000,
    overflowPolicy: 'drop_oldest',
    spoolDir: '/var/spool/api',
    spoolMode: 'always',
    spoolMaxBytes: 33_554_432,
    spoolFsync: 'every_batch',
    oversizeAction: 'split',
    ordered: true,
    maxConcurrency: 3,
    gzip: false,
    entity: false,
    createLogStream: false,
    circuitBreakerEnabled: false,
    circuitBreakerThreshold: 3,
    deliveryMetricsSeconds: 30,
    shutdownDeadlineSeconds: 4.5,
    installSignalHandlers: false,
  } as const;

  // WHEN
  const retention = RetentionDays.THREE_DAYS;
  const read = settingsRead(
    stackWith({ logGroupName: '/myapp/staging', retention, logLevel: 'warn', settings }),
  );

  // THEN
  expect(read.core.logLevel).toBe('warn');
  expect(read.sinkConfig.cloudwatch).toEqual({
    ...settings,
    logGroupName: '/myapp/staging',
    region: 'eu-central-1',
    createLogGroup: false,
    retentionInDays: 3,
  });
  expect(Object.keys(read.sinkConfig.cloudwatch).toSorted()).toEqual(
    Object.keys(cloudWatchSettings).toSorted(),
  );
});

test('a name that CloudFormation generates arrives as the name of the deployed group', () => {
  const read = settingsRead(stackWith({}));
  expect(read.sinkConfig.cloudwatch.logGroupName).toMatch(/^Stack-LoggingLogGroup\w+-local$/);
});

function parameterizedStack(): Stack {
  const stack = new Stack(app(), 'Stack');
  const name = new CfnParameter(stack, 'Name');
  const size = new CfnParameter(stack, 'Size', { type: 'Number' });
  return stackWith({ logGroupName: name.valueAsString, settings: { batchSize: size.valueAsNumber } }, stack);
}

test('a value that is known at deployment only is checked by the runtime', () => {
  const good = settingsRead(parameterizedStack(), { Name: '/myapp/a', Size: '50' });
  expect(good.sinkConfig.cloudwatch).toMatchObject({ logGroupName: '/myapp/a', batchSize: 50 });
  expect(() => settingsRead(parameterizedStack(), { Name: 'bad group!', Size: '20000' })).toThrow(
    'invalid settings:\n' +
      '  - FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is "bad group!"; allowed: 1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"\n' +
      '  - FAPILOG_CLOUDWATCH__BATCH_SIZE is "20000"; allowed: an integer from 1 to 10000',
  );
});
