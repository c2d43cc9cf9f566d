import { createServer, type IncomingMessage, request, type Server } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { folderWith } from '../../support/folder.js';

const running: RunningCommand[] = [];

const closing: (() => unknown)[] = [];

afterEach(async () => {
  for (const command of running.splice(0)) command.kill();
  for (const close of closing.splice(0)) await close();
});

function local(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['local', ...args], env);
  running.push(command);
  return command;
}

function refused(...args: readonly string[]): Promise<Ended> {
  return local(args).ended();
}

interface Announced {
  readonly endpoint: string;
  readonly viewer: string;
  readonly region: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly pid: number;
}

async function announced(command: RunningCommand): Promise<Announced> {
  const [line] = await command.printed(/^\{.*\}$/m);
  return JSON.parse(line) as Announced;
}

/** A client as the printed variables make it. */
function clientOf({ endpoint, environment, region }: Announced): CloudWatchLogs {
  const accessKeyId = environment['AWS_ACCESS_KEY_ID'] ?? 'unset';
  const secretAccessKey = environment['AWS_SECRET_ACCESS_KEY'] ?? 'unset';
  return new CloudWatchLogs({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    maxAttempts: 1,
  });
}

describe('the server', () => {
  test('the page offers the Region that the command prints', async () => {
    const { endpoint, region } = await announced(
      local(['--port', '0', '--json', '--region', 'eu-central-1']),
    );
    expect(region).toBe('eu-central-1');
    const status = (await (await fetch(`${endpoint}/viewer/status`)).json()) as { exports: string[] };
    expect(status.exports).toContain('export AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1');
  });

  test('runs until Ctrl-C, which is no failure, and prints what to paste', async () => {
    const command = local(['--port', '0']);
    const [, endpoint] = await command.printed(/^export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=(\S+)$/m);
    await command.printed(/^# Ctrl-C ends it, and what is stored is gone\.$/m);

    expect((await fetch(endpoint!)).headers.get('content-type')).toContain('text/');
    command.signalGroup('SIGINT');

    const { by, stdout, stderr } = await command.ended();
    expect(by).toBe(0);
    // A comment is an error in zsh as it comes.
    expect(stdout.split('\n').filter((line) => !/^export [A-Z_]+=\S+$/.test(line))).toEqual(['']);
    expect(stderr.split('\n').filter((line) => !line.startsWith('# '))).toEqual(['']);
    expect(stderr).toContain(`# Page: ${endpoint}/\n`);
    await expect(fetch(endpoint!)).rejects.toThrow('fetch failed');
  });

  test.each(['SIGTERM', 'SIGHUP'] as const)('ends at %s', async (signal) => {
    const command = local(['--port', '0', '--json']);
    await announced(command);

    command.signal(signal);

    expect((await command.ended()).by).toBe(0);
  });

  test('takes calls with what it prints for scripts', async () => {
    const command = local(['--port', '0', '--json', '--region', 'eu-central-1']);
    const printed = await announced(command);
    const client = clientOf(printed);

    await client.createLogGroup({ logGroupName: '/myapp' });
    const { logGroups } = await client.describeLogGroups({});

    expect(logGroups?.[0]?.arn).toBe('arn:aws:logs:eu-central-1:123456789012:log-group:/myapp:*');
    client.destroy();
  });

  test('prints keys only where none are set', async () => {
    const HOME = folderWith({ '.aws/credentials': '[default]\naws_access_key_id = AKIA\n' });
    const env = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x' };

    const without = await announced(local(['--port', '0', '--json']));
    const withKeys = await Promise.all(
      [env, { HOME }].map((each) => announced(local(['--port', '0', '--json'], each))),
    );

    expect(Object.keys(without.environment)).toContain('AWS_ACCESS_KEY_ID');
    for (const { environment } of withKeys)
      expect(Object.keys(environment)).not.toContain('AWS_ACCESS_KEY_ID');
  });

  test('makes calls meet faults', async () => {
    const command = local([
      '--port',
      '0',
      '--json',
      '--fault',
      'unavailable@CreateLogGroup,throttle=0',
      '--fault',
      'latency@*=1ms',
    ]);
    const client = clientOf(await announced(command));

    await expect(client.createLogGroup({ logGroupName: '/myapp' })).rejects.toThrow('Service Unavailable');
    await expect(client.describeLogGroups({})).resolves.toMatchObject({ logGroups: [] });
    client.destroy();
  });

  test('keeps in a directory what was answered, and says who has it', async () => {
    const directory = folderWith({});
    const args = ['--port', '0', '--json', '--data', directory];
    const first = local(args);
    const client = clientOf(await announced(first));
    await client.createLogGroup({ logGroupName: '/myapp' });
    client.destroy();

    const second = await local(args).ended();
    first.kill();
    await first.ended();
    const third = clientOf(await announced(local(args)));

    expect({ by: second.by, stdout: second.stdout }).toEqual({ by: 1, stdout: '' });
    expect(second.stderr).toMatch(new RegExp(`^error: .*${directory}.*\\n$`));
    expect((await third.describeLogGroups({})).logGroups).toMatchObject([{ logGroupName: '/myapp' }]);
    third.destroy();
  });

  test('says where it keeps what is stored', async () => {
    const directory = folderWith({});
    const command = local(['--port', '0', '--data', directory]);

    const [, kept] = await command.printed(/^# Ctrl-C ends it, and what is stored stays in (.*)\.$/m);

    expect(kept).toBe(directory);
  });

  test('bounds what it holds, and says so', async () => {
    const command = local(['--port', '0', '--json', '--max-events', '2']);
    const client = clientOf(await announced(command));
    const target = { logGroupName: '/myapp', logStreamName: 'a' };
    await client.createLogGroup({ logGroupName: target.logGroupName });
    await client.createLogStream(target);

    const logEvents = ['a', 'b', 'c'].map((message) => ({ timestamp: Date.now(), message }));
    await client.putLogEvents({ ...target, logEvents });

    await command.printed(/^fapilog-cloudwatch: .*\b2\b/m);
    const { events } = await client.getLogEvents(target);
    expect(events?.map(({ message }) => message)).toEqual(['b', 'c']);
    client.destroy();
  });

  test('limits calls a second', async () => {
    const client = clientOf(await announced(local(['--port', '0', '--json', '--limit-tps', '1'])));

    const calls = await Promise.allSettled([1, 2, 3].map(() => client.describeLogGroups({})));

    const reasons = calls.map((call) => (call.status === 'rejected' ? (call.reason as Error).name : 'none'));
    expect(reasons).toContain('none');
    expect(reasons).toContain('ThrottlingException');
    client.destroy();
  });

  test('answers to the name that it is told', async () => {
    const { endpoint } = await announced(
      local(['--port', '0', '--json', '--allowed-host', 'host.docker.internal']),
    );

    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const headers = {
        Host: 'host.docker.internal:4588',
        'X-Amz-Target': 'Logs_20140328.DescribeLogGroups',
      };
      request(endpoint, { method: 'POST', headers }, resolve).on('error', reject).end('{}');
    });

    response.resume();
    expect(response.statusCode).toBe(400);
  });

  test('warns where others may reach it', async () => {
    const command = local(['--port', '0', '--host', '0.0.0.0', '--json']);
    const { endpoint } = await announced(command);
    command.signal('SIGINT');

    const { stderr } = await command.ended();
    expect(endpoint).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(stderr).toMatch(/^warning: whoever reaches 0\.0\.0\.0 can read and write these logs/);
  });
});

describe('a port that is taken', () => {
  test('by a local server: it is named, with what leads to it', async () => {
    const server = await startLocalCloudWatchLogs();
    closing.push(() => server.close());
    const { port } = new URL(server.endpoint);

    const { by, stdout, stderr } = await refused('--port', port);

    expect({ by, stdout }).toEqual({ by: 1, stdout: '' });
    expect(stderr).toBe(
      `error: Port ${port} is taken by another fapilog-cloudwatch local (${server.endpoint}): end it, take another port, ` +
        'such as --port 0, any free one, or use it, in a shell with these lines:\n' +
        `export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${server.endpoint}\n` +
        'export AWS_REGION=us-east-1 AWS_DEFAULT_REGION=us-east-1\n' +
        'export AWS_DISABLE_HOST_PREFIX_INJECTION=true\n' +
        'export AWS_ACCESS_KEY_ID=local AWS_SECRET_ACCESS_KEY=local\n',
    );
  });

  test('by a local server, for a command: it needs one of its own', async () => {
    const server = await startLocalCloudWatchLogs();
    closing.push(() => server.close());
    const { port } = new URL(server.endpoint);
    const template = JSON.stringify({
      Resources: { Api: { Type: 'AWS::Lambda::Function', Properties: {} } },
    });
    const path = join(folderWith({ 'Orders.template.json': template }), 'Orders.template.json');

    const { by, stderr } = await refused(
      '--port',
      port,
      '--stack',
      path,
      '--function',
      'Api',
      '--',
      'node',
      'app.mjs',
    );

    expect(by).toBe(1);
    expect(stderr).toContain(
      `error: Port ${port} is taken by another fapilog-cloudwatch local (${server.endpoint}). A command gets a server of ` +
        'its own: end the other one, or take another port, such as --port 0, any free one.\n',
    );
  });

  test.each<[string, () => Server | ReturnType<typeof createTcpServer>]>([
    [
      'another HTTP server',
      () => createServer((_, response) => response.setHeader('Connection', 'close').end('{}')),
    ],
    ['a server that says nothing', () => createTcpServer((socket) => void socket.resume())],
  ])('by %s', async (_name, make) => {
    const server = make().listen(0, '127.0.0.1');
    closing.push(() => server.close());
    await once(server, 'listening');
    const { port } = server.address() as { readonly port: number };

    const { by, stderr } = await refused('--port', String(port));

    expect(by).toBe(1);
    expect(stderr).toBe(
      `error: Port ${port} is taken by another program: end it, or take another port, such as --port 0, any free one.\n`,
    );
  });
});

describe('what is wrong is said in one line', () => {
  test.each<[string, readonly string[], string]>([
    ['a port', ['--port', 'abc'], "argument 'abc' is invalid. Allowed: 1 to 65535, or 0 for any free port."],
    ['an option', ['--prot', '1'], "unknown option '--prot'\n(Did you mean --port?)"],
    ['an address that is blank', ['--host', ''], "argument '' is invalid. It is blank."],
    ['a Region', ['--region', 'a b'], '"a b" is no Region, such as us-east-1.'],
    ['a fault', ['--fault', 'throtle=1'], '"throtle" is no fault; did you mean throttle?'],
    [
      'a parameter',
      ['--stack', 'x', '--parameter', 'Stage', '--', 'ls'],
      "argument 'Stage' is invalid. Allowed: NAME=VALUE.",
    ],
    [
      'a name',
      ['--port', '0', '--allowed-host', 'http://logs:4588'],
      "argument 'http://logs:4588' is invalid. Allowed: a host name or an address, without scheme, port and path.",
    ],
    ['a count', ['--max-events', 'many'], "argument 'many' is invalid. Allowed: a whole number, 1 or more."],
    ['a rate', ['--limit-tps', '0'], "argument '0' is invalid. Allowed: a number of calls a second above 0"],
    [
      'a directory',
      ['--port', '0', '--data', '/dev/null/x'],
      'The data directory /dev/null/x cannot be used',
    ],
    ['an address', ['--port', '0', '--host', '192.0.2.1'], '--host 192.0.2.1 is no address of this machine.'],
    [
      'a template',
      ['--stack', 'nope.json', '--', 'ls'],
      'There is no nope.json; `npx cdk synth` writes templates to cdk.out.',
    ],
    [
      'a function of a stack without a command',
      ['--stack', 'x', '--function', 'Api'],
      '--function needs a command to run: local --stack TEMPLATE --function NAME -- npm start',
    ],
    ['a stack with a blank command', ['--stack', 'x', '--', ''], 'The command after -- is blank.'],
    [
      'a command without a stack',
      ['npm', 'start'],
      'A command ("npm start") needs --stack TEMPLATE. Or start the server alone,',
    ],
    ['a function without a stack', ['--function', 'x'], '--function needs --stack TEMPLATE.'],
  ])('%s', async (_what, args, message) => {
    const { by, stdout, stderr } = await refused(...args);

    expect({ by, stdout }).toEqual({ by: 1, stdout: '' });
    expect(stderr).toMatch(/^(warning: .*\n)?error: /);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
  });
});
