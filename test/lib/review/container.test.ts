import { CfnParameter, Size } from 'aws-cdk-lib';
import * as ecs from 'aws-cdk-lib/aws-ecs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import type { CloudWatchLogging } from '../../../lib/index.js';
import { flagSets, loggingIn, newStack, warnings } from '../stacks.js';
import { containerIn, taskDefinitionIn } from '../bind/targets.js';

type Options = Partial<ecs.ContainerDefinitionOptions>;
type OptionsIn = (logging: CloudWatchLogging) => Options;

const NO_DRIVER =
  'it has no log driver, so that what the sink cannot deliver, and diverts to stderr, may be lost; give it ' +
  "logging: LogDrivers.awsLogs({ logGroup: logging.logGroup, streamPrefix: 'stderr' }) " +
  '[ack: fapilog-cloudwatch:noLogDriver]';

const FILES =
  'it has environmentFiles, and ECS prefers the variables of the container: a value in a file loses to the one that is ' +
  'bound here; set variables of the sink in environment, or in the options of the binding ' +
  '[ack: fapilog-cloudwatch:environmentFiles]';

const small = (bytes: number, enough = 26_214_400): string =>
  `its log driver is non-blocking and holds ${bytes} bytes: it drops lines that the sink diverts to stderr, as at the ` +
  `end of a task, faster than they are taken; give the driver maxBufferSize of at least ${enough} bytes, or mode: ` +
  'AwsLogDriverMode.BLOCKING [ack: fapilog-cloudwatch:smallLogBuffer]';

const awsLogs = (props: Partial<ecs.AwsLogDriverProps> = {}): OptionsIn => {
  return ({ logGroup }) => ({
    logging: ecs.LogDrivers.awsLogs({ logGroup, streamPrefix: 'stderr', ...props }),
  });
};

const driver =
  (logDriver: string, options: Record<string, string> = {}): OptionsIn =>
  () => ({ logging: new ecs.GenericLogDriver({ logDriver, options }) });

const { NON_BLOCKING, BLOCKING } = ecs.AwsLogDriverMode;

const sized = (size: string): OptionsIn =>
  driver('fluentd', { mode: 'non-blocking', 'max-buffer-size': size });

/** CDK prints the warnings that it finds. */
beforeEach(() => void jest.spyOn(console, 'error').mockImplementation());
afterEach(() => jest.restoreAllMocks());

describe.each(flagSets)('a bound container %s', (_, context) => {
  const bind = (optionsIn: OptionsIn, settings = {}): unknown[] => {
    const stack = newStack(context);
    const logging = loggingIn(stack);
    logging.bindTo(containerIn(taskDefinitionIn(stack), 'App', { ...optionsIn(logging) }), { settings });
    return warnings(stack);
  };

  test.each<[string, OptionsIn, string[]]>([
    ['no log driver', () => ({ logging: undefined }), [NO_DRIVER]],
    ['the driver none', driver('none'), [NO_DRIVER]],
    ['awslogs into the same log group', awsLogs(), []],
    ['awslogs that blocks', awsLogs({ mode: BLOCKING }), []],
    [
      'awslogs that does not block, with the default buffer',
      awsLogs({ mode: NON_BLOCKING }),
      [small(10_485_760)],
    ],
    [
      'one that is one byte too small',
      awsLogs({ mode: NON_BLOCKING, maxBufferSize: Size.bytes(26_214_399) }),
      [small(26_214_399)],
    ],
    ['one that is enough', awsLogs({ mode: NON_BLOCKING, maxBufferSize: Size.mebibytes(25) }), []],
    ['another driver that does not block', driver('fluentd', { mode: 'non-blocking' }), [small(10_485_760)]],
    ['another driver', driver('fluentd'), []],
    ['4m', sized('4m'), [small(4_194_304)]],
    ['512k', sized('512k'), [small(524_288)]],
    ['1048576', sized('1048576'), [small(1_048_576)]],
    ['1M', sized('1M'), [small(1_048_576)]],
    ['25m', sized('25m'), []],
    ['1g', sized('1g'), []],
  ])('with %s', (__, optionsIn, expected) => {
    expect(bind(optionsIn)).toEqual(expected);
  });

  test('needs no more room than the queue of its sink may take', () => {
    expect(bind(sized('4m'), { maxQueueBytes: 4_194_304 })).toEqual([]);
    expect(bind(sized('4m'), { maxQueueBytes: 4_194_305 })).toEqual([small(4_194_304, 4_194_305)]);
  });

  test('with a buffer that only the deployment knows has no warning', () => {
    const stack = newStack(context);
    const size = new CfnParameter(stack, 'Size').valueAsString;
    const logging = loggingIn(stack);

    logging.bindTo(containerIn(taskDefinitionIn(stack), 'App', { ...sized(size)(logging) }));

    expect(warnings(stack)).toEqual([]);
  });

  test('with files of variables has a warning, because ours win', () => {
    const stack = newStack(context);
    const bucket = s3.Bucket.fromBucketName(stack, 'Bucket', 'variables');
    const environmentFiles = [ecs.EnvironmentFile.fromBucket(bucket, 'app.env')];

    loggingIn(stack).bindTo(containerIn(taskDefinitionIn(stack), 'App', { environmentFiles }));

    expect(warnings(stack)).toEqual([FILES]);
  });

  test('that is not bound has no warning', () => {
    const stack = newStack(context);
    const task = taskDefinitionIn(stack);
    loggingIn(stack).bindTo(containerIn(task, 'App'));
    containerIn(task, 'Sidecar', { logging: undefined });

    expect(warnings(stack)).toEqual([]);
  });
});
