import { isBalanced } from '../../runtime/ack/ledger.js';
import { DeliveryStage, TARGET } from '../support/delivery-stage.js';
import { runWith, type Ended } from '../support/programs.js';

type Account = Parameters<typeof isBalanced>[0];

/** What a program of these tests prints at its end. */
interface Told {
  readonly account: Account;
  readonly state: string;
}

/** Runs a program that has nothing set but these variables; it has `getLogger` and `tell`. */
function runProgram(text: string, env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const program = `
    const { getLogger, CloudWatchSink } = require('fapilog-cloudwatch');
    const tell = (account, { state }) => require('fs').writeSync(1, JSON.stringify({ account, state }));
    ${text}`;
  return runWith(['--eval', program], { PATH: process.env['PATH'], ...env });
}

interface Diverted {
  readonly diverted: string;
  readonly message: string;
}

function divertedLines(stderr: string): Diverted[] {
  const lines = stderr.split('\n').filter((line) => line.startsWith('{'));
  return lines.map((line) => JSON.parse(line) as Diverted);
}

function reports(stderr: string): string[] {
  return stderr.split('\n').filter((line) => line.startsWith('fapilog-cloudwatch: '));
}

const AT_CLOSE = `logger.close().then((account) => tell(account, logger.health()));`;
const AT_EXIT = `process.on('exit', () => tell(logger.stats(), logger.health())); process.exit();`;

describe('a process without any setting', () => {
  test('may import what logs, and hears nothing where no line is logged', async () => {
    const { code, stderr } = await runProgram('getLogger(); getLogger("orders");');

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });

  test('hears nothing from a transport of winston that is silent, and so is its logger', async () => {
    const { stderr } = await runProgram(`
      const { createLogger } = require('winston');
      const { CloudWatchTransport } = require('fapilog-cloudwatch/winston');
      createLogger({ silent: true, transports: [new CloudWatchTransport()] }).info('not this');
      createLogger({ transports: [new CloudWatchTransport({ silent: true })] }).info('not this');`);

    expect(stderr).toBe('');
  });

  test('is told once, with its first line, what is missing and how to log nothing', async () => {
    const { code, stderr } = await runProgram(`
      const [logger, orders] = [getLogger(), getLogger('orders')];
      setTimeout(() => { logger.info('order placed'); orders.info('order paid'); });`);

    expect(code).toBe(0);
    expect(reports(stderr)).toHaveLength(1);
    expect(stderr.startsWith('fapilog-cloudwatch: nothing is configured: ')).toBe(true);
    expect(stderr).toMatch(/FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is not set; .*bindTo\(\)/);
    expect(stderr).toMatch(
      /To log nothing, as in tests, set FAPILOG_CORE__LOG_LEVEL=silent; until then, lines go to stderr \[unconfigured\]/,
    );
  });

  test.each([
    ['closed', 'getLogger()', AT_CLOSE],
    ['ended by process.exit()', 'getLogger()', AT_EXIT],
    ['named', 'getLogger("orders")', AT_CLOSE],
    ['made with options', 'getLogger({ serializers: {} })', AT_CLOSE],
  ])('keeps account of what it logs, when its logger is %s', async (_, make, end) => {
    const log = `const logger = ${make}; logger.info('order placed'); logger.child({ id: 1 }).error('no stock');`;
    const { code, stdout, stderr } = await runProgram(log + end);

    expect(code).toBe(0);
    const { account } = JSON.parse(stdout) as Told;
    expect(account).toMatchObject({ accepted: 2, delivered: 0, pending: 0, diverted: { total: 2 } });
    expect(isBalanced(account)).toBe(true);
    expect(divertedLines(stderr).map(({ message }) => message)).toEqual(['order placed', 'no stock']);
  });

  test('cannot be overlooked: each line says so, and the health is failing', async () => {
    const { stdout, stderr } = await runProgram(`
      const logger = getLogger();
      logger.info('order placed');
      logger.flush().then((account) => tell(account, logger.health()));`);

    expect(divertedLines(stderr)).toMatchObject([{ diverted: 'unconfigured' }]);
    expect(JSON.parse(stdout)).toMatchObject({
      state: 'failing',
      account: { diverted: { byReason: { unconfigured: 1 } } },
    });
  });

  test('may have sinks of its own', async () => {
    const { code, stderr } = await runProgram(`
      const sink = new CloudWatchSink({ logGroupName: '/app', region: 'us-east-1' });
      getLogger({ sinks: [sink] }).close({ deadlineMs: 0 });`);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  });
});

test.each<[string, NodeJS.ProcessEnv]>([
  ['another setting', { FAPILOG_CLOUDWATCH__REGION: 'us-east-1' }],
  ['the sink', { FAPILOG_CORE__SINKS: 'cloudwatch' }],
  ['a misspelt setting', { FAPILOG_CLOUDWATCH_LOG_GROUP_NAME: '/app' }],
  ['a function of Lambda', { AWS_LAMBDA_FUNCTION_NAME: 'api' }],
  ['a file without settings', { FAPILOG_CONFIG_FILE: '/dev/null' }],
])('%s without the log group is an error', async (_, env) => {
  const { code, stderr } = await runProgram('getLogger();', env);

  expect(code).toBe(1);
  expect(stderr).toContain('FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is not set');
});

describe('a logger that was silent', () => {
  let stage: DeliveryStage;

  beforeAll(async () => void (stage = await DeliveryStage.open()));
  afterAll(() => stage.close());

  const environment = (): NodeJS.ProcessEnv => ({
    FAPILOG_CORE__LOG_LEVEL: 'silent',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: TARGET.logGroupName,
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: TARGET.logStreamName,
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: stage.service.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDSINK',
    AWS_SECRET_ACCESS_KEY: 'secret',
  });

  test('delivers once its level is raised, and so does a child that asks for a level', async () => {
    const { stdout } = await runProgram(
      `const logger = getLogger();
       logger.fatal('not this');
       logger.level = 'info';
       logger.info('this');
       getLogger().child({}, { level: 'debug' }).debug('and this');
       ${AT_CLOSE}`,
      environment(),
    );

    expect(JSON.parse(stdout)).toMatchObject({ account: { accepted: 2, delivered: 2 } });
    const lines = await stage.stored();
    expect(lines.map(({ message }) => (JSON.parse(message) as Diverted).message)).toEqual([
      'this',
      'and this',
    ]);
  });

  test('writes to stderr instead where the settings are missing', async () => {
    const { code, stdout, stderr } = await runProgram(
      `const logger = getLogger(); logger.level = 'info'; logger.info('this'); ${AT_CLOSE}`,
      { FAPILOG_CORE__LOG_LEVEL: 'silent' },
    );

    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ account: { accepted: 1, diverted: { total: 1 } } });
    expect(reports(stderr)).toEqual([
      expect.stringContaining('FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is not set'),
    ]);
  });

  test('counts what it is given after it was closed', async () => {
    const { stdout } = await runProgram(
      `const logger = getLogger();
       logger.close().then(() => {
         logger.level = 'info';
         logger.info('too late');
         tell(logger.stats(), logger.health());
       });`,
      environment(),
    );

    expect(JSON.parse(stdout)).toMatchObject({
      state: 'closed',
      account: { accepted: 1, dropped: { byReason: { closed: 1 } }, pending: 0 },
    });
  });
});
