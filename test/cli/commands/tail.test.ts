import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { type LocalCloudWatchLogs, startLocalCloudWatchLogs } from '../../../local/index.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { root } from '../../support/imports.js';

const GROUP = '/myapp/production';
const STREAM = 'api-1';
const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };

let service: LocalCloudWatchLogs;
let client: CloudWatchLogs;
const running: RunningCommand[] = [];

beforeEach(async () => {
  service = await startLocalCloudWatchLogs();
  client = new CloudWatchLogs({
    endpoint: service.endpoint,
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIA', secretAccessKey: 'x' },
  });
  await client.createLogGroup({ logGroupName: GROUP });
  await client.createLogStream({ logGroupName: GROUP, logStreamName: STREAM });
});

afterEach(async () => {
  for (const command of running.splice(0)) command.kill();
  client.destroy();
  await service.close();
});

function tail(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['tail', ...args], {
    ...KEYS,
    AWS_ENDPOINT_URL: service.endpoint,
    ...env,
  });
  running.push(command);
  return command;
}

function ended(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  return tail(args, env).ended();
}

async function put(...messages: readonly string[]): Promise<void> {
  const logEvents = messages.map((message) => ({ timestamp: Date.now(), message }));
  await client.putLogEvents({ logGroupName: GROUP, logStreamName: STREAM, logEvents });
}

test('shows what is there and what comes, each once, until Ctrl-C', async () => {
  await put('{"level":"info","message":"first"}');
  const command = tail([GROUP, '--utc']);
  await command.printed(/first/);
  await put('{"level":"warn","message":"second"}');
  await command.printed(/second/);

  command.signalGroup('SIGINT');

  const { by, stdout, stderr } = await command.ended();
  expect({ by, stderr }).toEqual({ by: 130, stderr: '' });
  expect(stdout.replaceAll(/^\S+Z/gm, 'TIME')).toBe('TIME INFO  api-1 first\nTIME WARN  api-1 second\n');
});

test('in colour where it is wanted', async () => {
  await put('{"level":"info","message":"first"}');

  const { stdout } = await ended([GROUP, '--no-follow'], { FORCE_COLOR: '1' });

  expect(stdout).toContain('\u001b[32mINFO \u001b[0m');
});

test('for scripts: JSON, raw, a filter, streams and times', async () => {
  const early = Date.now() - 3_600_000;
  await client.putLogEvents({
    logGroupName: GROUP,
    logStreamName: STREAM,
    logEvents: [
      { timestamp: early, message: 'early error' },
      { timestamp: Date.now(), message: 'late error' },
    ],
  });
  await put('late');
  const all = ['-g', GROUP, '--no-follow', '--raw'];

  const shown = await Promise.all([
    ended(all),
    ended([...all, '--since', '2h', '--filter', 'error', '--stream', 'api*']),
    ended([...all, '--since', '2h', '--until', '30m']),
    ended(['/myapp/*', '--no-follow', '--json']),
  ]);

  const texts = shown.map(({ stdout }) => stdout);
  expect(texts.slice(0, 3)).toEqual(['late error\nlate\n', 'early error\nlate error\n', 'early error\n']);
  expect(
    texts[3]!
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as object),
  ).toMatchObject([
    { logGroup: GROUP, logStream: STREAM, message: 'late error' },
    { logGroup: GROUP, logStream: STREAM, message: 'late' },
  ]);
  expect(shown.map(({ by, stderr }) => `${by}${stderr}`)).toEqual(['0', '0', '0', '0']);
});

test('goes on through calls that fail, and says so', async () => {
  const command = tail([GROUP, '--interval', '1s']);
  await put('before');
  await command.printed(/before/);

  service.inject({ kind: 'unavailable', operation: 'FilterLogEvents', times: 3 });
  await put('after');
  await command.printed(/after/);
  command.signal('SIGTERM');

  const { by, stdout, stderr } = await command.ended();
  expect(by).toBe(143);
  expect(stdout.match(/before|after/g)).toEqual(['before', 'after']);
  expect(stderr).toMatch(
    /^fapilog-cloudwatch: FilterLogEvents of \/myapp\/production: ServiceUnavailable.*; trying again in 1 s\n$/,
  );
});

test('a reader that leaves ends it, without a word', async () => {
  await put(...Array.from({ length: 5_000 }, (_, index) => `line ${index} ${'x'.repeat(100)}`));
  const program = join(root, 'dist/cli/main.js');
  const shell = spawn('bash', ['-c', `node ${program} tail ${GROUP} | head -1; echo status $PIPESTATUS`], {
    env: { PATH: process.env['PATH'], HOME: '/nonexistent', ...KEYS, AWS_ENDPOINT_URL: service.endpoint },
  });
  let text = '';
  for (const stream of [shell.stdout, shell.stderr])
    stream.setEncoding('utf8').on('data', (more: string) => (text += more));
  await once(shell, 'close');

  expect(text).toMatch(/^.* api-1 line 0 x+\nstatus 0\n$/);
});

test('a signal ends it though its reader reads nothing', async () => {
  const lines = Array.from({ length: 5_000 }, (_, index) => `line ${index} ${'x'.repeat(150)}`);
  await put(...lines);
  await put(...lines);
  const program = join(root, 'dist/cli/main.js');
  const child = spawn(process.execPath, [program, 'tail', GROUP, '--raw'], {
    env: { HOME: '/nonexistent', ...KEYS, AWS_ENDPOINT_URL: service.endpoint },
  });
  await once(child.stdout, 'readable');

  child.kill('SIGTERM');

  const [code] = (await once(child, 'exit')) as [number | null];
  child.stdout.destroy();
  expect(code).toBe(143);
});

test('Ctrl-C ends it though a call is not answered', async () => {
  service.inject({ kind: 'hang', operation: 'DescribeLogGroups' });
  const command = tail([GROUP]);
  while (service.calls.every(({ operation }) => operation !== 'DescribeLogGroups'))
    await new Promise((resolve) => setImmediate(resolve));

  command.signal('SIGINT');

  expect(await command.ended()).toEqual({ by: 130, stdout: '', stderr: '' });
});

test('Live Tail shows what comes, and says that it is billed', async () => {
  const command = tail([GROUP, '--live', '--raw']);
  await command.printed(/billed|bills/);
  while (!service.calls.some(({ operation }) => operation === 'StartLiveTail'))
    await new Promise((resolve) => setImmediate(resolve));
  const writing = setInterval(() => void put('hello'), 200);
  await command.printed(/hello/).finally(() => clearInterval(writing));
  command.signal('SIGINT');

  const { by, stdout, stderr } = await command.ended();
  expect(by).toBe(130);
  expect(stdout).toMatch(/^(hello\n)+$/);
  expect(stderr).toBe('fapilog-cloudwatch: Live Tail: AWS bills each minute of a session\n');
});

describe('what the user can mend', () => {
  test.each([
    [[], /^error: There is no log group to show\. Name one, such as tail \/myapp\/production/],
    [[GROUP, '--json', '--raw'], /^error: option '--json' cannot be used with option '--raw'\n$/],
    [
      [GROUP, '--filter', '{ $.a = '],
      /^error: FilterLogEvents of \/myapp\/production in us-east-1: InvalidParameterException: /,
    ],
  ])('%j', async (args, message) => {
    const { by, stdout, stderr } = await ended(args);

    expect({ by, stdout }).toEqual({ by: 1, stdout: '' });
    expect(stderr).toMatch(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  test('no credentials', async () => {
    const { by, stderr } = await ended([GROUP], { AWS_ACCESS_KEY_ID: '', AWS_EC2_METADATA_DISABLED: 'true' });

    expect(by).toBe(1);
    expect(stderr).toMatch(
      /^error: DescribeLogGroups in us-east-1: CredentialsProviderError: .*Mend: .*AWS_ACCESS_KEY_ID.*\n$/,
    );
  });

  test('nothing listens', async () => {
    const free = createServer().listen(0, '127.0.0.1');
    await once(free, 'listening');
    const { port } = free.address() as { port: number };
    await new Promise((resolve) => free.close(resolve));

    const { by, stderr } = await ended([GROUP, '--endpoint-url', `http://127.0.0.1:${port}`]);

    expect(by).toBe(1);
    expect(stderr).toMatch(
      /^error: DescribeLogGroups in us-east-1: connect ECONNREFUSED \S+\. Mend: nothing listens at \S+: start npx fapilog-cloudwatch local there, or correct the endpoint URL\n$/,
    );
  });

  test('no access', async () => {
    service.inject(
      { kind: 'accessDenied', operation: 'DescribeLogGroups' },
      { kind: 'accessDenied', operation: 'FilterLogEvents' },
    );

    const { by, stderr } = await ended([GROUP]);

    expect(by).toBe(1);
    expect(stderr).toMatch(
      /^error: FilterLogEvents of .*AccessDeniedException: .*Mend: add \{"Effect":"Allow","Action":"logs:FilterLogEvents","Resource":"[^"]+"\}.*grantRead.*\n$/,
    );
  });
});
