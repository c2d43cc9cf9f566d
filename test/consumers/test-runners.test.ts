import { Consumer, type Ended } from './support/consumer.js';
import { LocalServer } from './support/local-server.js';
import { MuteService } from './support/mute-service.js';
import { runTests, type TestRunner, testRunners, tsJest } from './support/test-runner.js';

const LOG_GROUP = '/myapp/tests';
const NOWHERE = 'http://127.0.0.1:9';

let project: Consumer;
let server: LocalServer;
let mute: MuteService;

beforeAll(async () => {
  project = await Consumer.of('test-runners');
  server = await LocalServer.start(project);
  mute = await MuteService.start();
});

afterAll(async () => {
  mute?.close();
  await server?.close();
  project?.remove();
});

/** The variables of a logger that calls this endpoint. */
function loggingTo(endpoint: string, logGroup = LOG_GROUP): Record<string, string> {
  return {
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: logGroup,
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: endpoint,
    FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '0.1',
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
}

/** What must not be in the output of a run in which nothing went wrong. */
const TROUBLE = /fapilog-cloudwatch:|torn down|diverted|did not exit|Error/;

/** A run that passed without any of this in its output. */
function passedWithout(trouble: RegExp): object {
  const output = expect.not.stringMatching(trouble) as string;
  return { by: 0, stdout: output, stderr: output };
}

/** What a run printed that did not pass. */
function failureOf({ by, stdout, stderr }: Ended): string | undefined {
  return by === 0 ? undefined : `ended by ${by}\n${stdout}${stderr}`;
}

describe.each<[string, TestRunner]>(Object.entries(testRunners))('%s', (_, runner) => {
  test('passes with the line of the documents, and logs nothing', async () => {
    const before = mute.connections;
    const silent: Record<string, string> = runner.silentLine ? {} : { FAPILOG_CORE__LOG_LEVEL: 'silent' };
    const env = { ...loggingTo(mute.endpoint), ...silent };

    const ended = await runTests(project, runner, env, { line: runner.silentLine });

    expect(ended).toEqual(passedWithout(TROUBLE));
    expect(mute.connections).toBe(before);
  });

  test('passes, without a word of the logger that nobody closed', async () => {
    const env = loggingTo(server.endpoint);

    expect(await runTests(project, runner, env)).toEqual(passedWithout(TROUBLE));
  });

  test('passes where the service cannot be reached', async () => {
    const env = { ...loggingTo(NOWHERE), FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '0.1' };

    expect(await runTests(project, runner, env)).toEqual(passedWithout(/torn down/));
  });

  test('passes where the service does not answer', async () => {
    const env = {
      ...loggingTo(mute.endpoint),
      FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: '1',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '0.1',
    };

    expect(await runTests(project, runner, env)).toEqual(passedWithout(/torn down/));
  });

  test('passes where nothing is set', async () => {
    expect(failureOf(await runTests(project, runner, {}))).toBeUndefined();
  });
});

test.each<[string, TestRunner]>([...Object.entries(testRunners), ['Jest with ts-jest', tsJest]])(
  '%s waits for a logger that the tests close, so that its line is stored',
  async (name, runner) => {
    const logGroup = `${LOG_GROUP}/${name.replaceAll(/\W+/g, '-')}`;
    const env = loggingTo(server.endpoint, logGroup);

    const ended = await runTests(project, runner, env, { files: runner.closing });

    expect(ended).toEqual(passedWithout(TROUBLE));
    const lines = await server.stored(logGroup);
    expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
      {
        timestamp: expect.any(String) as string,
        level: 'info',
        message: 'adding',
        logger: 'app',
        a: 1,
        b: 2,
        host: expect.any(String) as string,
        pid: expect.any(Number) as number,
      },
    ]);
  },
);

test.each([
  ['Jest', '30.5.2'],
  ['Jest 29', '29.7.0'],
] as const)('%s is of that version', async (name, version) => {
  expect(await project.node([...testRunners[name].command(''), '--version'])).toMatchObject({
    stdout: `${version}\n`,
  });
});

test.each(['Jest', 'Jest 29'] as const)('%s lets a test mock the AWS SDK', async (name) => {
  const env = { ...loggingTo(server.endpoint), FAPILOG_CLOUDWATCH__CLIENT: 'sdk' };

  const ended = await runTests(project, testRunners[name], env, { files: 'jest/mocks.check.js' });

  expect(failureOf(ended)).toBeUndefined();
});

test.each([
  ['Jest', 'jest/peers.check.js'],
  ['Jest 29', 'jest/peers.check.js'],
  ['Jest with ES modules', 'jest-esm/peers.check.mjs'],
  ['Vitest in threads', 'vitest/peers.check.mjs'],
] as const)('%s shows what an entry point without its peer says', async (name, files) => {
  expect(failureOf(await runTests(project, testRunners[name], {}, { files }))).toBeUndefined();
});
