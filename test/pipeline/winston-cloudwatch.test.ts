import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import winston, { type Logger } from 'winston';
import WinstonCloudWatch from 'winston-cloudwatch';
import { CloudWatchTransport, type WinstonCloudWatchOptions } from 'fapilog-cloudwatch/winston';
import { translated } from '../../runtime/adapters/winston/winston-cloudwatch-options.js';
import { recogniseErrorsOfNode } from '../support/realm.js';
import { SinkBench } from '../support/sink-against-server.js';

recogniseErrorsOfNode();

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

/** What both transports store of the same calls with the same options, each in a log group of its own. */
async function storedByBoth(
  options: WinstonCloudWatch.CloudwatchTransportOptions & WinstonCloudWatchOptions,
  calls: (logger: Logger) => void,
) {
  const awsOptions = { region: 'us-east-1', endpoint: bench.server.endpoint };
  const [theirs, ours] = [bench.newTarget(), bench.newTarget()];
  const their = new WinstonCloudWatch({ awsOptions, ...options, ...theirs });
  const our = new CloudWatchTransport({ awsOptions, ...options, ...ours });
  calls(winston.createLogger({ level: 'debug', transports: [their, our] }));
  for (const transport of [their, our]) await new Promise((resolve) => transport.kthxbye(resolve));
  await our.close();
  const messages = async (target: typeof ours) =>
    (await bench.stored(target)).map(({ message = '' }) => message);
  return { theirs: await messages(theirs), ours: await messages(ours) };
}

const parsed = (lines: readonly string[]): object[] => lines.map((line) => JSON.parse(line) as object);

describe('the same options store', () => {
  test('the same texts with a messageFormatter', async () => {
    const messageFormatter = ({
      level,
      message,
      id,
    }: {
      level?: unknown;
      message?: unknown;
      id?: unknown;
    }): string => `[${String(level)}] ${String(message)} ${String(id)}`;
    const { theirs, ours } = await storedByBoth({ messageFormatter }, (logger) => {
      logger.info('paid', { id: 7 });
      logger.error('refused', { id: 8 });
    });

    expect(ours).toEqual(['[info] paid 7', '[error] refused 8']);
    expect(ours).toEqual(theirs);
  });

  test('the same members, and the time, with jsonMessage', async () => {
    const { theirs, ours } = await storedByBoth({ jsonMessage: true, level: 'debug' }, (logger) => {
      logger.info('paid', { id: 7, tags: ['a'] });
      logger.debug('looked');
      logger.child({ requestId: 'r-1' }).warn('slow');
    });

    expect(theirs).toHaveLength(3);
    // Theirs turns around events of one millisecond.
    for (const line of parsed(theirs)) expect(parsed(ours)).toContainEqual(expect.objectContaining(line));
    for (const line of parsed(ours)) expect(line).toHaveProperty('timestamp');
  });

  test('the same brief text with jsonMessage: false, which is the other one’s default', async () => {
    const { theirs, ours } = await storedByBoth({ jsonMessage: false }, (logger) =>
      logger.info('paid', { id: 7 }),
    );

    expect(ours).toEqual(['info - paid']);
    expect(ours).toEqual(theirs);
  });
});

describe('ours also stores', () => {
  test('fields and errors without any option', async () => {
    const error = Object.assign(new TypeError('boom'), { code: 'E_BOOM' });
    const { theirs, ours } = await storedByBoth({}, (logger) =>
      logger.error('failed', { id: 7, err: error }),
    );

    expect(theirs).toEqual(['error - failed']);
    expect(parsed(ours)).toMatchObject([
      {
        level: 'error',
        message: 'failed',
        id: 7,
        error: { type: 'TypeError', message: 'boom', code: 'E_BOOM' },
      },
    ]);
  });

  test('an info without a message', async () => {
    const { theirs, ours } = await storedByBoth({ jsonMessage: true }, (logger) => {
      logger.info('first');
      logger.log({ level: 'info', message: '', id: 7 });
    });

    expect(theirs).toHaveLength(1);
    expect(parsed(ours)).toMatchObject([{ message: 'first' }, { message: '', id: 7 }]);
  });
});

test('retention is that of the log group, and names come from functions', async () => {
  const logGroupName = '/bench/retained';
  const transport = new CloudWatchTransport({
    logGroupName: () => logGroupName,
    logStreamName: () => 'of-a-function',
    awsRegion: 'us-east-1',
    awsOptions: { endpoint: new URL(bench.server.endpoint) },
    retentionInDays: 14,
    ensureLogGroup: true,
    uploadRate: 50,
  });
  transport.log({ level: 'info', message: 'paid' });
  await transport.close();
  const { logGroups = [] } = await bench.client.describeLogGroups({ logGroupNamePrefix: logGroupName });

  expect(logGroups[0]!.retentionInDays).toBe(14);
  expect(await bench.stored({ logGroupName, logStreamName: 'of-a-function' })).toHaveLength(1);
});

test('errorHandler gets what is reported about delivery', async () => {
  const errors: Error[] = [];
  const transport = new CloudWatchTransport({
    ...bench.newTarget(),
    region: 'us-east-1',
    endpointUrl: 'http://127.0.0.1:1',
    errorHandler: (error) => errors.push(error),
  });
  const write = jest.spyOn(process.stderr, 'write').mockReturnValue(true);
  transport.log({ level: 'info', message: 'paid' });
  await transport.close({ deadlineMs: 200 });
  write.mockRestore();

  expect(errors).toContainEqual(expect.objectContaining({ code: 'failed.ECONNREFUSED' }));
  for (const error of errors) expect(error).toBeInstanceOf(Error);
});

test('options that mean what ours mean are translated', () => {
  const given = {
    awsRegion: 'eu-west-3',
    awsOptions: { endpoint: 'http://127.0.0.1:4566' },
    ensureLogGroup: false,
    uploadRate: 500,
  };

  expect(translated(given)).toEqual({
    options: {
      region: 'eu-west-3',
      endpointUrl: 'http://127.0.0.1:4566',
      createLogGroup: false,
      batchTimeoutSeconds: 0.5,
    },
    unheeded: [],
  });
  expect(translated({ uploadRate: 0 }).options).toEqual({});
});

describe('options about the service', () => {
  const credentials = { accessKeyId: 'AKIDOFOPTIONS', secretAccessKey: 'secret' };

  test.each([
    [
      'awsOptions',
      () => ({ awsOptions: { region: 'us-east-1', endpoint: bench.server.endpoint, credentials } }),
    ],
    [
      'awsAccessKeyId and awsSecretKey',
      () => ({
        awsRegion: 'us-east-1',
        awsAccessKeyId: credentials.accessKeyId,
        awsSecretKey: credentials.secretAccessKey,
        awsOptions: { endpoint: bench.server.endpoint },
      }),
    ],
    [
      'cloudWatchLogs',
      () => ({
        cloudWatchLogs: new CloudWatchLogs({
          region: 'us-east-1',
          endpoint: bench.server.endpoint,
          credentials,
        }),
      }),
    ],
    [
      'functions of awsOptions',
      () => ({
        awsOptions: {
          region: async () => 'us-east-1',
          endpoint: bench.server.endpoint,
          credentials: async () => credentials,
        },
      }),
    ],
  ] satisfies [string, () => WinstonCloudWatchOptions][])('%s make the calls', async (_, options) => {
    const target = bench.newTarget();
    const transport = new CloudWatchTransport({ ...target, ...options() });
    transport.log({ level: 'info', message: 'paid' });
    await transport.close();

    expect(bench.puts(target).at(-1)).toMatchObject({ accessKeyId: 'AKIDOFOPTIONS' });
    expect(await bench.stored(target)).toHaveLength(1);
  });

  test('that are none are refused, without the secret', () => {
    const options = {
      ...bench.newTarget(),
      awsOptions: { credentials: { accessKeyId: 'AKID', secretAccesKey: 'secret-5' } },
    };
    const make = (): unknown => new CloudWatchTransport(options);

    expect(make).toThrow(/clientConfig\.credentials/);
    expect(make).not.toThrow(/secret-5/);
  });
});

test('one warning names each option without effect, and what replaces it', () => {
  const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
  const awsOptions = { maxAttempts: 5, retryMode: 'adaptive' };
  const options = { region: 'us-east-1', awsOptions, awsAccessKeyId: 'id' };
  const transport = new CloudWatchTransport({ ...bench.newTarget(), ...options });
  const warnings = warn.mock.calls.map(([warning]) => String(warning));
  warn.mockRestore();

  expect(transport.stats()).toMatchObject({ accepted: 0 });
  expect(warnings).toEqual([
    'fapilog-cloudwatch/winston: these options have no effect: awsOptions.maxAttempts (use maxRetries); ' +
      'awsOptions.retryMode (use retryBaseDelay and maxConcurrency); awsAccessKeyId (it needs awsSecretKey)',
  ]);
});
