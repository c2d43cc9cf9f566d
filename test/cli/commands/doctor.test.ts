import { createServer, type AddressInfo, type Socket } from 'node:net';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { JsonReport } from '../../../cli/doctor/report/json-report.js';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { WELL } from '../../support/doctor-stage.js';
import { poll } from '../../support/poll.js';

const running: RunningCommand[] = [];
let service: LocalCloudWatchLogs;

beforeAll(async () => {
  service = await startLocalCloudWatchLogs();
  const credentials = { accessKeyId: 'AKIDLOCAL', secretAccessKey: 'secret' };
  const client = new CloudWatchLogs({ endpoint: service.endpoint, region: 'us-east-1', credentials });
  await client.createLogGroup({ logGroupName: WELL.FAPILOG_CLOUDWATCH__LOG_GROUP_NAME });
  client.destroy();
});

afterAll(() => service.close());

afterEach(() => {
  for (const command of running.splice(0)) command.kill();
});

function doctor(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const url = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: service.endpoint, AWS_EC2_METADATA_DISABLED: 'true' };
  const command = new RunningCommand(['doctor', ...args], { ...WELL, ...url, ...env });
  running.push(command);
  return command;
}

function ended(...args: readonly string[]): Promise<Ended> {
  return doctor(args).ended();
}

test('where all is well: a section for each check, a summary, and the status 0', async () => {
  const { by, stdout, stderr } = await ended('--write');

  expect({ by, stderr }).toEqual({ by: 0, stderr: '' });
  expect(stdout).toMatch(
    /^Settings\n {2}\+ FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is "\/myapp\/production" \(environment\)$/m,
  );
  expect(stdout).toMatch(
    /^Write\n {2}\+ one log event is in the log stream fapilog-doctor-\S+ of \/myapp\/production/m,
  );
  expect(stdout).toMatch(/^no problems, \w+ notes?$/m);
  expect(stdout).not.toContain(WELL.AWS_SECRET_ACCESS_KEY);
});

test('with a problem: what mends it, and the status 1', async () => {
  const { by, stdout, stderr } = await doctor([], { AWS_SECRET_ACCESS_KEY: '', LANG: 'C.UTF-8' }).ended();

  expect({ by, stderr }).toEqual({ by: 1, stderr: '' });
  expect(stdout).toMatch(
    /^ {2}✗ no credentials: .*\n {6}fix: set AWS_SECRET_ACCESS_KEY beside AWS_ACCESS_KEY_ID/m,
  );
  expect(stdout).toMatch(/^1 problem, /m);
});

test('--json prints one document, with all settings and where they come from', async () => {
  // Clients of the SDK warn of Node.js 20, unless they are told not to.
  const { by, stdout, stderr } = await doctor(['--json'], {
    AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1',
  }).ended();
  const { problems, checks, settings } = JSON.parse(stdout) as JsonReport;

  expect({ by, stderr, problems }).toEqual({ by: 0, stderr: '', problems: 0 });
  expect(checks.find(({ name }) => name === 'Reachability')).toMatchObject({
    status: 'ok',
    findings: [{ kind: 'ok', code: 'reachable' }],
  });
  expect(settings).toContainEqual({
    name: 'FAPILOG_CLOUDWATCH__BATCH_SIZE',
    value: '10000',
    from: 'default',
    isDefault: true,
  });
});

test.each([
  [
    ['--timeout', '0'],
    "option '--timeout <duration>' argument '0' is invalid. Allowed: a duration such as 500ms, 30s or 5m, from 0.001s to 300s.",
  ],
  [['--wirte'], "unknown option '--wirte'"],
])('%j: an error that says what is allowed', async (args, text) => {
  const { by, stdout, stderr } = await ended(...args);
  expect({ by, stdout }).toEqual({ by: 1, stdout: '' });
  expect(stderr).toContain(`error: ${text}`);
});

describe('the end', () => {
  const sockets: Socket[] = [];
  const silent = createServer((socket) => void sockets.push(socket));
  let url = '';

  beforeAll(async () => {
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
  });

  afterAll(() => {
    for (const socket of sockets) socket.destroy();
    silent.close();
  });

  test('comes at once with Ctrl-C, without a word on stderr', async () => {
    const command = doctor(['--timeout', '300'], { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url });
    await command.printed(/^Proxy$/m);
    await poll('the call to the silent server', () => sockets[0]);
    command.signalGroup('SIGINT');

    const { by, stderr } = await command.ended();
    expect({ by, stderr }).toEqual({ by: 130, stderr: '' });
  });

  test('comes when the reader leaves, without a word on stderr', async () => {
    const command = doctor([]);
    await command.printed(/^Settings$/m);
    command.leave();

    const { by } = await command.ended();
    expect(by).toBe(0);
  });

  test('comes in time where a server never answers', async () => {
    const { by, stdout } = await doctor(['--timeout', '0.3'], {
      AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: url,
    }).ended();
    expect(by).toBe(1);
    expect(stdout).toContain('no answer within 300 ms');
  });
});

test('what the SDK writes to the console, with a login and a stack trace, is not shown', async () => {
  const url = { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: 'http://user:sesame-open-up@[bad/' };
  const { by, stdout, stderr } = await doctor([], url).ended();

  expect({ by, stderr }).toEqual({ by: 1, stderr: '' });
  expect(stdout).toMatch(/x Invalid URL\n {6}fix: write a URL such as/);
  expect(stdout).not.toContain('sesame');
});
