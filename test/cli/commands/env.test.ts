import { join } from 'node:path';
import { type Ended, RunningCommand } from '../../support/command-line.js';
import { folderWith } from '../../support/folder.js';

const Variables = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/orders', GREETING: 'good day' };
const template = {
  Resources: { Api: { Type: 'AWS::Lambda::Function', Properties: { Environment: { Variables } } } },
};

let cdkOut: string;

beforeAll(() => {
  cdkOut = folderWith({ 'Orders.template.json': template });
});

const run = (args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<Ended> =>
  new RunningCommand(['env', ...args], env).ended();

test.each([
  [[], "FAPILOG_CLOUDWATCH__LOG_GROUP_NAME='/orders'\nGREETING='good day'\n"],
  [['--export'], "export FAPILOG_CLOUDWATCH__LOG_GROUP_NAME='/orders'\nexport GREETING='good day'\n"],
  [['--docker'], 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME=/orders\nGREETING=good day\n'],
  [['--json'], `${JSON.stringify(Variables, undefined, 2)}\n`],
])('a template with %j', async (format, stdout) => {
  expect(await run(['--template', cdkOut, ...format])).toEqual({ by: 0, stdout, stderr: '' });
});

test.each([
  [[], /^error: Give one of --stack NAME, --parameter NAME and --template cdk\.out\.\n$/],
  [['--template', 'a', '--stack', 'b'], /^error: Give one of --stack NAME/],
  [
    ['--template', '/nonexistent/cdk.out'],
    /^error: There is no \/nonexistent\/cdk\.out; `npx cdk synth` writes templates to cdk\.out\.\n$/,
  ],
  [['--stack', 'Orders', '--json', '--export'], /^error: Give one of --json and --export, not both\.\n$/],
  [
    ['--stack', 'Orders', '--with-secrets'],
    /^error: --with-secrets needs --parameter, and --stack is given\.\n$/,
  ],
  [
    ['--parameter', '/a', '--known-only'],
    /^error: --known-only needs --template, and --parameter is given\.\n$/,
  ],
  [['--stack', 'Orders'], /^error: There is no Region\. Give --region us-east-1, or set AWS_REGION\.\n$/],
  [
    ['--parameter', '/a', '--region', 'us-west-2a'],
    /^error: "us-west-2a" is no Region; allowed: .*us-west-2\?\n$/,
  ],
  [
    ['--stack', 'a', '--region', 'us-west-2', '--endpoint-url', 'here'],
    /^error: --endpoint-url here: allowed: a URL/,
  ],
  [['--stack', ' '], /It is blank\.\n$/],
  [['--template', 'cdk.out', '--profile', 'ghost'], /^error: There is no profile ghost in the files/],
])('%j is refused in a line', async (args, stderr) => {
  const ended = await run(args);

  expect(ended).toMatchObject({ by: 1, stdout: '' });
  expect(ended.stderr).toMatch(stderr);
});

test.each(['--stack', '--parameter'])('%s: an endpoint at which nothing listens is named', async (source) => {
  const keys = { AWS_ACCESS_KEY_ID: 'test', AWS_SECRET_ACCESS_KEY: 'test', AWS_MAX_ATTEMPTS: '1' };
  const place = ['--region', 'us-east-1', '--endpoint-url', 'http://127.0.0.1:1'];
  const { by, stdout, stderr } = await run([source, '/orders', ...place], keys);

  expect({ by, stdout }).toEqual({ by: 1, stdout: '' });
  expect(stderr).toMatch(
    /^error: (?:DescribeStacks|GetParameter) of \/orders in us-east-1: ECONNREFUSED: .*Mend: nothing answers there: .*\n$/,
  );
});

test('what is left out is said on stderr', async () => {
  const Environment = { Variables: { ...Variables, QUEUE: { Ref: 'Queue' } } };
  const Queue = { Type: 'AWS::SQS::Queue', Properties: {} };
  const Api = { Type: 'AWS::Lambda::Function', Properties: { Environment } };
  const path = join(
    folderWith({ 'Orders.template.json': { Resources: { Api, Queue } } }),
    'Orders.template.json',
  );
  const ended = await run(['--template', path, '--known-only', '--docker']);

  expect(ended).toMatchObject({
    by: 0,
    stdout: 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME=/orders\nGREETING=good day\n',
  });
  expect(ended.stderr).toMatch(/^fapilog-cloudwatch: left out QUEUE: .+\n$/);
});

test('--profile gives a template its Region', async () => {
  const Environment = { Variables: { FAPILOG_CLOUDWATCH__REGION: { Ref: 'AWS::Region' } } };
  const Api = { Type: 'AWS::Lambda::Function', Properties: { Environment } };
  const folder = folderWith({
    'Orders.template.json': { Resources: { Api } },
    config: '[profile dublin]\nregion = eu-west-1\n',
  });

  const ended = await run(['--template', join(folder, 'Orders.template.json'), '--profile', 'dublin'], {
    AWS_CONFIG_FILE: join(folder, 'config'),
  });

  expect(ended).toEqual({ by: 0, stdout: "FAPILOG_CLOUDWATCH__REGION='eu-west-1'\n", stderr: '' });
});
