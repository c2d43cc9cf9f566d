import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { App, Stack } from 'aws-cdk-lib';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CloudWatchLogging } from '../../../lib/index.js';
import { AdoptingStack } from '../../../examples/adopt-existing/stack.js';
import { FargateStack } from '../../../examples/ecs-fargate/stack.js';
import { LoggingStack } from '../../../examples/lambda-function/stack.js';
import { OrdersStack, LogAccountStack } from '../../../examples/cross-account/stacks.js';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { folderWith } from '../../support/folder.js';

const programs = join(__dirname, '../programs');
const logs = join(programs, 'logs.mjs');
const signals = join(programs, 'signals.mjs');

let lambda: string;
let fargate: string;
let adopting: string;
let orders: string;

beforeAll(() => {
  lambda = synthesize((app) => new LoggingStack(app, 'Demo'));
  fargate = synthesize((app) => new FargateStack(app, 'Fargate'));
  adopting = synthesize((app) => new AdoptingStack(app, 'Adopting'));
  const env = { account: '210987654321', region: 'eu-central-1' };
  orders = synthesize((app) => {
    const account = { account: '123456789012', region: env.region };
    const { logging } = new LogAccountStack(app, 'LogAccount', { env: account, writerAccount: env.account });
    return new OrdersStack(app, 'Orders', { env, logging });
  });
});

/** The path of a template in the folder that `cdk synth` would write. The code of functions is not bundled for it. */
function synthesize(define: (app: App) => Stack): string {
  const app = new App({ outdir: folderWith({}), context: { 'aws:cdk:bundling-stacks': [] } });
  const stack = define(app);
  return join(app.synth().directory, stack.templateFile);
}

const running: RunningCommand[] = [];

afterEach(() => {
  for (const command of running.splice(0)) command.kill();
});

const quiet = { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' };

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['local', '--port', '0', ...args], { ...quiet, ...env });
  running.push(command);
  return command;
}

interface Printed {
  readonly report: {
    readonly accepted: number;
    readonly delivered: number;
    readonly diverted: { readonly total: number };
  };
  readonly env: Readonly<Record<string, string>>;
}

function printed({ stdout }: Ended): Printed {
  return JSON.parse(stdout) as Printed;
}

/** What the program of these tests says in an environment, with no command around it. */
async function logged(env: NodeJS.ProcessEnv): Promise<Printed> {
  const { stdout } = await promisify(execFile)(process.execPath, [logs], { env: { ...quiet, ...env } });
  return JSON.parse(stdout) as Printed;
}

describe('a command with a stack', () => {
  test('gets what the template injects, delivers, and has its exit status handed on', async () => {
    const ended = await start(['--stack', lambda, '--', process.execPath, logs, '5', '3']).ended();

    const { report, env } = printed(ended);
    expect(ended.by).toBe(3);
    expect(report).toMatchObject({ accepted: 5, delivered: 5 });
    expect(env).toMatchObject({
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
      FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
      AWS_REGION: 'us-east-1',
      AWS_DISABLE_HOST_PREFIX_INJECTION: 'true',
      AWS_ACCESS_KEY_ID: 'local',
    });
    expect(ended.stderr.replaceAll(/(?<=:)\d+|(?<= {2})\S+(?=: created)/g, '…')).toBe(
      [
        'page: http://127.0.0.1:…/',
        'log groups in us-east-1: /myapp/production',
        'As the server saw it: 3 calls, 5 events stored, 0 rejected',
        '/myapp/production',
        '  …: created, 5 events stored, 0 rejected, 3 calls',
        '',
      ]
        .map((line) => line && `fapilog-cloudwatch: ${line}`)
        .join('\n'),
    );
  });

  test('keeps what the shell has, but for what the template and the server say', async () => {
    const env = {
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/mine',
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'https://logs.example',
      FAPILOG_SERVICE: 'mine',
      AWS_REGION: 'eu-west-1',
      AWS_ACCESS_KEY_ID: '999999999999',
      AWS_SECRET_ACCESS_KEY: 'secret',
    };

    const ended = await start(['--stack', lambda, '--', process.execPath, logs], env).ended();

    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 3 });
    expect(printed(ended).env).toMatchObject({
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
      FAPILOG_CLOUDWATCH__REGION: 'eu-west-1',
      FAPILOG_SERVICE: 'mine',
      AWS_ACCESS_KEY_ID: '999999999999',
    });
    expect(printed(ended).env).not.toHaveProperty('FAPILOG_CLOUDWATCH__ENDPOINT_URL');
    expect(ended.stderr).toContain(
      'left out, because they lead calls to AWS: FAPILOG_CLOUDWATCH__ENDPOINT_URL\n',
    );
  });

  test('whose lines Lambda delivers has them on its standard output, and the account says so', async () => {
    const stdout = synthesize((app) => {
      const stack = new Stack(app, 'Stdout');
      const fn = new Function(stack, 'Api', {
        runtime: Runtime.NODEJS_22_X,
        handler: 'index.handler',
        code: Code.fromInline('exports.handler = async () => {};'),
      });
      new CloudWatchLogging(stack, 'Logging', { logGroupName: '/myapp/stdout' }).bindTo(fn, {
        delivery: 'stdout',
      });
      return stack;
    });

    const ended = await start(['--stack', stdout, '--', process.execPath, logs, '2']).ended();

    const [first, second, last] = ended.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect([first, second]).toMatchObject([
      { level: 'info', message: 'line', id: 0 },
      { level: 'info', message: 'line', id: 1 },
    ]);
    expect(last).toMatchObject({ report: { accepted: 2, delivered: 2 } });
    expect(ended.stderr.replaceAll(/(?<=:)\d+/g, '…')).toBe(
      [
        'page: http://127.0.0.1:…/',
        'log groups in us-east-1: /myapp/stdout',
        'the program writes its lines to standard output, from where Lambda delivers them: none arrives here',
        'As the server saw it: 0 calls, 0 events stored, 0 rejected',
        '',
      ]
        .map((line) => line && `fapilog-cloudwatch: ${line}`)
        .join('\n'),
    );
  });

  test('meets faults, and the account says which', async () => {
    const args = ['--json', '--fault', 'rejectAll', '--stack', lambda, '--', process.execPath, logs];

    const ended = await start(args).ended();

    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 0 });
    const [announcement, account] = ended.stderr
      .trim()
      .split('\n')
      .slice(0, 1)
      .concat(ended.stderr.trim().split('\n').slice(-1));
    expect(JSON.parse(announcement!)).toMatchObject({ logGroupNames: ['/myapp/production'] });
    expect(JSON.parse(account!)).toMatchObject({
      account: [{ logGroupName: '/myapp/production', streams: [{ stored: 0, rejected: 3 }] }],
      losses: [],
    });
  });

  test('of a container gets the variables of that container', async () => {
    const without = await start(['--stack', fargate, '--', process.execPath, logs]).ended();
    const ended = await start([
      '--stack',
      fargate,
      '--container',
      'worker',
      '--',
      process.execPath,
      logs,
    ]).ended();

    expect(without.by).toBe(1);
    expect(without.stderr).toMatch(
      /name one:\n {2}--container apitask\w+\/api\n {2}--container workertask\w+\/worker\n$/,
    );
    expect(printed(ended).env).toMatchObject({
      FAPILOG_SERVICE: 'worker',
      FAPILOG_REDACTION__ENABLED: 'true',
    });
    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 3 });
  });

  test('has what the sink lost on the way in its account', async () => {
    const args = ['--stack', lambda, '--', process.execPath, logs, '500'];

    const ended = await start(args, { FAPILOG_CLOUDWATCH__MAX_QUEUE_EVENTS: '100' }).ended();

    expect(printed(ended).report.delivered).toBeLessThan(500);
    expect(ended.stderr).toMatch(
      /^fapilog-cloudwatch: {3}lost on the way to \S+: \d+ log events were dropped \(queueFull\), from /m,
    );
  });

  test('delivers into a log group of a class that cannot be read event by event', async () => {
    const Resources = {
      Logs: {
        Type: 'AWS::Logs::LogGroup',
        Properties: { LogGroupName: '/rare', LogGroupClass: 'INFREQUENT_ACCESS' },
      },
      Api: {
        Type: 'AWS::Lambda::Function',
        Properties: { Environment: { Variables: { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: { Ref: 'Logs' } } } },
      },
    };
    const path = join(folderWith({ 'Rare.template.json': { Resources } }), 'Rare.template.json');

    const ended = await start(['--stack', path, '--', process.execPath, logs, '3', '5']).ended();

    expect(ended.by).toBe(5);
    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 3 });
    expect(ended.stderr).toMatch(/^fapilog-cloudwatch: {3}what was lost on the way cannot be read: /m);
  });

  test('is told that settings in an SSM parameter are not here', async () => {
    const args = ['--stack', lambda, '--', process.execPath, '-e', ''];

    const { by, stderr } = await start(args, { FAPILOG_CONFIG_SSM: '/myapp/logging' }).ended();

    expect(by).toBe(0);
    expect(stderr).toContain(
      'reads FAPILOG_CONFIG_SSM, the SSM parameter /myapp/logging, from AWS: it is not here\n',
    );
  });

  test('finds the log group that another stack has', async () => {
    const ended = await start(['--stack', adopting, '--', process.execPath, logs]).ended();

    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 3 });
    expect(ended.stderr).toContain(
      '/platform/shared is not in the template: made empty, as if another stack had it\n',
    );
  });

  test('is in the account and the Region of its stack, and assumes no role', async () => {
    const ended = await start(['--stack', orders, '--', process.execPath, logs]).ended();

    expect(printed(ended).env).toMatchObject({
      AWS_ACCESS_KEY_ID: '210987654321',
      AWS_REGION: 'eu-central-1',
    });
    expect(printed(ended).report).toMatchObject({ accepted: 3, delivered: 3 });
    expect(ended.stderr).toContain('FAPILOG_CLOUDWATCH__ROLE_ARN, FAPILOG_CLOUDWATCH__EXTERNAL_ID\n');
  });
});

test('without a command, the server has the log groups of the stack, and serves a program with its variables', async () => {
  const server = start(['--stack', lambda]);
  const [, endpoint] = await server.printed(/^export AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=(\S+)$/m);
  await server.printed(/^# Log groups of the stack: \/myapp\/production\. /m);
  const shell = {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
  };
  const { stdout } = await new RunningCommand(['env', '--template', lambda, '--json'], shell).ended();

  const { report } = await logged({ ...shell, ...(JSON.parse(stdout) as NodeJS.ProcessEnv) });

  expect(JSON.parse(stdout)).toMatchObject({ FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false' });
  expect(report).toMatchObject({ accepted: 3, delivered: 3 });
  server.signal('SIGTERM');
  expect(await server.ended()).toMatchObject({
    by: 0,
    stderr: expect.stringMatching(/^(?:# .*\n)+$/) as string,
  });
});

describe('signals', () => {
  /** The number of the program's process, once it listens. */
  async function ready(command: RunningCommand): Promise<number> {
    const [, pid] = await command.printed(/^ready (\d+)$/m);
    return Number(pid);
  }

  test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    '%s arrives once, and the status is the program’s',
    async (signal) => {
      const command = start(['--stack', lambda, '--', process.execPath, signals, 'ends']);
      await ready(command);

      command.signal(signal);

      const { by, stdout, stderr } = await command.ended();
      expect(by).toBe(7);
      expect(stdout.split('\n').slice(1)).toEqual([signal, '']);
      expect(stderr).toContain('As the server saw it: 0 calls');
    },
  );

  test('Ctrl-C, which every process of the terminal has, arrives once', async () => {
    const command = start(['--stack', lambda, '--', process.execPath, signals, 'ends']);
    await ready(command);

    command.signalGroup('SIGINT');

    expect((await command.ended()).stdout.split('\n').slice(1)).toEqual(['SIGINT', '']);
  });

  test('a program that ignores SIGTERM is killed by the second signal, but not by an echo of the first', async () => {
    const command = start(['--stack', lambda, '--', process.execPath, signals, 'ignores']);
    const pid = await ready(command);

    // Two of the same at once would be one to the system.
    command.signal('SIGTERM');
    command.signal('SIGHUP');
    await command.printed(/^SIG(TERM|HUP)$/m);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(process.kill(pid, 0)).toBe(true);
    command.signal('SIGTERM');

    const { by, stdout, stderr } = await command.ended();
    expect(by).toBe(137);
    expect(stdout.match(/^SIG/gm)).toHaveLength(1);
    expect(stderr).toContain('As the server saw it');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });

  test('a program that does not listen ends by the signal', async () => {
    const command = start([
      '--stack',
      lambda,
      '--',
      process.execPath,
      '-e',
      'console.log(`ready ${process.pid}`); setInterval(() => {}, 1000)',
    ]);
    await ready(command);

    command.signal('SIGTERM');

    expect((await command.ended()).by).toBe(143);
  });

  test('the account waits for a program behind npm, which ends before it does', async () => {
    const script = `"${process.execPath}" "${signals}" ends`;
    const folder = folderWith({
      'package.json': { name: 'x', version: '1.0.0', scripts: { start: script } },
    });
    const command = start(['--stack', lambda, '--', 'npm', '--prefix', folder, 'start']);
    const pid = await ready(command);

    command.signal('SIGTERM');

    const { stdout, stderr } = await command.ended();
    expect(stdout).toMatch(/^SIGTERM$/m);
    expect(stderr).toContain('As the server saw it');
    expect(() => process.kill(pid, 0)).toThrow('ESRCH');
  });
});

test('a command runs to its end, and its status is handed on, where nobody reads any more what is said', async () => {
  const slow = 'process.stdin.on("end", () => process.exit(3)).resume()';
  const command = start(['--stack', lambda, '--', process.execPath, '-e', slow]);
  await command.printed(/log groups in/);
  command.leave();
  command.endInput();

  expect((await command.ended()).by).toBe(3);
});

describe('what cannot be run is said in one line', () => {
  const empty = { Resources: { F: { Type: 'AWS::Lambda::Function', Properties: {} } } };

  test.each([
    ['no-such-command', 127, 'error: There is no command no-such-command.\n'],
    [programs, 126, `error: ${programs} cannot be started: spawn ${programs} EACCES\n`],
  ])('%s: status %i', async (command, status, message) => {
    const { by, stdout, stderr } = await start(['--stack', lambda, '--', command]).ended();

    expect({ by, stdout }).toEqual({ by: status, stdout: '' });
    expect(stderr.endsWith(message)).toBe(true);
  });

  test('a parameter that the template does not have', async () => {
    const args = ['--stack', lambda, '--parameter', 'BootstrapVersoin=1', '--', 'ls'];
    const { by, stderr } = await start(args).ended();

    expect(by).toBe(1);
    expect(stderr).toBe(
      'error: --parameter BootstrapVersoin: the template has no parameter of this name; did you mean BootstrapVersion?\n',
    );
  });

  test('a template without log groups', async () => {
    const path = join(folderWith({ 'Empty.template.json': empty }), 'Empty.template.json');

    const { by, stderr } = await start(['--stack', path, '--function', 'F', '--', 'ls']).ended();

    expect(by).toBe(1);
    expect(stderr).toMatch(
      /^error: The template has no AWS::Logs::LogGroup, and no variable of the program names a log group\./,
    );
  });

  test('a log group that the service would refuse', async () => {
    const Resources = {
      ...empty.Resources,
      Logs: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: 'a b' } },
    };
    const path = join(folderWith({ 'Bad.template.json': { Resources } }), 'Bad.template.json');

    const { by, stderr } = await start(['--stack', path, '--function', 'F', '--', 'ls']).ended();

    expect(by).toBe(1);
    expect(stderr).toMatch(
      /^error: The server refuses a log group, metric filter or saved query of the template: /,
    );
  });
});
