import { startEmpty, type Stage, stopAll } from '../../local/harness.js';
import { RunningCommand } from '../../support/command-line.js';

let stage: Stage;
const running: RunningCommand[] = [];
const GROUP = '/myapp/production';

beforeAll(async () => {
  stage = await startEmpty({ clock: Date.now });
  const { client } = stage;
  for (const logGroupName of [GROUP, '/myapp/staging']) {
    await client.createLogGroup({ logGroupName });
    await client.createLogStream({ logGroupName, logStreamName: 's' });
    const messages = ['{"level":"info","n":1}', '{"level":"error","n":22}', '{"level":"info","n":3}'];
    const logEvents = messages.map((message) => ({ message, timestamp: Date.now() - 1_000 }));
    await client.putLogEvents({ logGroupName, logStreamName: 's', logEvents });
  }
  const queryString = 'filter level = "{{level}}" | stats count(*) as events';
  const parameters = [{ name: 'level', defaultValue: 'error' }];
  await client.putQueryDefinition({ name: 'shop/By level', queryString, parameters, logGroupNames: [GROUP] });
});
afterEach(() => {
  stage.service.clearFaults();
  for (const command of running.splice(0)) command.kill();
});
afterAll(stopAll);

function start(args: readonly string[], env: NodeJS.ProcessEnv = {}): RunningCommand {
  const command = new RunningCommand(['query', ...args], {
    AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: stage.service.endpoint,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    ...env,
  });
  running.push(command);
  return command;
}

it('prints a table, of several log groups', async () => {
  const query = 'stats count(*) as events, max(n) by level | sort level';
  expect(await start(['-g', '/myapp/*', query]).ended()).toEqual({
    by: 0,
    stdout: 'level  events  max(n)\n-----  ------  ------\nerror       2      22\ninfo        4       3\n',
    stderr: '',
  });
});

it('says where the log group goes if it is given as for tail', async () => {
  const { by, stderr } = await start([GROUP, 'fields n']).ended();

  expect(by).toBe(1);
  expect(stderr).toContain(`as in: query -g ${GROUP} 'fields n'`);
});

it('prints JSON or CSV for scripts, with texts as the service has them', async () => {
  const query = 'fields n, level | sort n desc | limit 2';
  const [json, pointed, csv] = await Promise.all([
    start(['-g', GROUP, '--json', query]).ended(),
    start(['-g', GROUP, '--json', '--ptr', query]).ended(),
    start(['-g', GROUP, '--csv', query]).ended(),
  ]);
  expect(json.stdout).toBe('{"n":"22","level":"error"}\n{"n":"3","level":"info"}\n');
  expect(pointed.stdout).toMatch(/^\{"n":"22","level":"error","@ptr":"\d{56}"\}\n/);
  expect(csv.stdout).toBe('n,level\r\n22,error\r\n3,info\r\n');
});

it('takes the query from standard input, and the time and the limit from options', async () => {
  const command = start(['-g', GROUP, '--json', '--since', '1m', '--limit', '1', '-']);
  command.endInput();
  expect(await command.ended()).toMatchObject({
    by: 1,
    stderr: 'error: The query on standard input is blank.\n',
  });
  const limited = await start(['-g', GROUP, '--json', '--limit', '1', 'fields n | sort n']).ended();
  expect(limited.stdout).toBe('{"n":"1"}\n');
  const old = await start(['-g', GROUP, '--since', '2d', '--until', '1d', 'fields n']).ended();
  expect([old.by, old.stderr]).toEqual([
    1,
    expect.stringContaining("Query's end date and time is either before"),
  ]);
});

it('runs a saved query by its name, with its log groups and its parameters', async () => {
  const [plain, filled] = await Promise.all([
    start(['--saved', 'By level', '--json']).ended(),
    start(['--saved', 'shop/By level', '--json', '--parameter', 'level=info', '-g', '/myapp/*']).ended(),
  ]);
  expect([plain.stdout, filled.stdout]).toEqual(['{"events":"1"}\n', '{"events":"4"}\n']);
});

it('says so where there are no rows', async () => {
  expect(await start(['-g', GROUP, 'filter level = "fatal"']).ended()).toEqual({
    by: 0,
    stdout: '',
    stderr: 'fapilog-cloudwatch: No rows. 3 records (0.0 MB) scanned in this time.\n',
  });
});

it('shows the place of what is malformed', async () => {
  expect(await start(['-g', GROUP, 'fields n | patern @message']).ended()).toMatchObject({
    by: 1,
    stdout: '',
    stderr: expect.stringMatching(
      /^error: The query is malformed: "patern".*\n {2}fields n \| patern @message\n {13}\^{6}\n$/,
    ),
  });
});

it.each<[string, readonly string[], NodeJS.ProcessEnv, RegExp]>([
  [
    'no such group',
    ['-g', '/myapp/prod'],
    {},
    /^error: There is no log group \/myapp\/prod in us-east-1 .*There is \/myapp\/production\.\n$/,
  ],
  [
    'nothing listens',
    ['-g', GROUP, '--endpoint-url', 'http://127.0.0.1:1'],
    {},
    /^error: .*nothing listens at http:\/\/127\.0\.0\.1:1.*\n$/,
  ],
  [
    'no credentials',
    ['-g', GROUP],
    { AWS_ACCESS_KEY_ID: '', AWS_SECRET_ACCESS_KEY: '' },
    /^error: .*Could not load credentials.*\n$/,
  ],
  [
    'a time to come',
    ['-g', GROUP, '--since', '2199-01-01T00:00:00Z'],
    {},
    /^error: --since has to be before now, or --until\.\n$/,
  ],
  [
    'a bad limit',
    ['-g', GROUP, '--limit', '0'],
    {},
    /--limit <rows>.* '0' is invalid\. Allowed: a whole number from 1 to 100000/,
  ],
])('fails with one line that says what to mend: %s', async (_, args, env, message) => {
  const ended = await start([...args, 'limit 1'], env).ended();
  expect([ended.by, ended.stdout, ended.stderr]).toEqual([1, '', expect.stringMatching(message)]);
});

it('does not repeat a query that is too long', async () => {
  expect(await start(['-g', GROUP, `fields a${',a'.repeat(5_000)}`]).ended()).toMatchObject({
    by: 1,
    stderr: 'error: The query has 10,008 characters. Allowed: 10,000.\n',
  });
});

it.each(['GetQueryResults', 'DescribeLogGroups'])(
  'ends at Ctrl-C with 130, even if %s is never answered',
  async (operation) => {
    stage.service.inject({ kind: 'hang', operation });
    const calls = (name: string): number =>
      stage.service.calls.filter((call) => call.operation === name).length;
    const [asked, stopped] = [calls(operation), calls('StopQuery')];
    const command = start(['-g', GROUP, 'stats count(*) by bin(1s)']);
    while (calls(operation) === asked) await new Promise((resolve) => setTimeout(resolve, 10));
    command.signalGroup('SIGINT');

    expect(await command.ended()).toEqual({ by: 130, stdout: '', stderr: '' });
    expect(calls('StopQuery') - stopped).toBe(operation === 'GetQueryResults' ? 1 : 0);
  },
);

it('ends quietly when nobody reads what it prints', async () => {
  const command = start(['-g', GROUP, 'fields n']);
  command.leave();
  expect(await command.ended()).toMatchObject({ by: 0 });
});
