import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CloudWatchSink, Settings } from '../../../runtime/index.js';
import { getParameterSync } from '../../../runtime/settings/get-parameter-sync.js';
import { getParameter } from '../../../runtime/settings/get-parameter.js';
import { thrownBy, withCleanEnvironment } from '../../support/environment.js';
import { SsmStub, type GetParameterCall } from '../../support/ssm-stub.js';

const ARN = 'arn:aws:ssm:eu-central-1:123456789012:parameter/app/arn';
const document = JSON.stringify({
  core: { log_level: 'debug' },
  sink_config: { cloudwatch: { log_group_name: '/from/ssm', batch_size: 50 }, kafka: { topic: 'logs' } },
});

let stub: SsmStub;

withCleanEnvironment();

beforeAll(async () => {
  stub = await SsmStub.start({
    ...Object.fromEntries(
      ['/once', '/loaded', '/own', '/default', '/cased', '/ranks', ARN].map((name) => [name, document]),
    ),
    '/typo': '{"sink_config":{"cloudwatch":{"batch_size":0,"log_groupname":"/a"}},"sinks":[]}',
    '/plain': '{"sink_config":{"cloudwatch":{"batch_size":0}},"password":"x"}',
    '/text': 'batch_size: 50',
    '/cut': '{"core":{"log_level":"s3cr3t',
    '/list': '[1]',
    '/blank': '{}',
  });
});

afterAll(() => stub.stop());

beforeEach(() => Object.assign(process.env, stub.environment));

async function callsFor(name: string): Promise<GetParameterCall[]> {
  return (await stub.calls()).filter((call) => call.name === name);
}

function settingsFrom(name: string, env: Record<string, string> = {}): Settings {
  return new Settings({}, { env: { FAPILOG_CONFIG_SSM: name, ...env } });
}

function problemWith(name: string): string {
  return String(thrownBy(() => settingsFrom(name)));
}

function isNot(name: string, rule: string): string {
  return (
    `SettingsError: invalid setting: FAPILOG_CONFIG_SSM is "${name}"; allowed: ` +
    `the name or ARN of an SSM parameter ${rule}`
  );
}

test('a parameter is read and decrypted once, however many loggers and sinks there are', async () => {
  process.env['FAPILOG_CONFIG_SSM'] = '/once';

  const [first, second] = [new Settings(), new Settings()];
  const sink = new CloudWatchSink();
  await sink.close({ deadlineMs: 0 });

  for (const { core, sinkConfig, foreign } of [first, second]) {
    expect(core.logLevel).toBe('debug');
    expect(sinkConfig.cloudwatch).toMatchObject({ logGroupName: '/from/ssm', batchSize: 50 });
    expect(foreign.sinkConfig).toEqual({ kafka: { topic: 'logs' } });
  }
  expect(sink.stats().logGroupName).toBe('/from/ssm');
  expect(await callsFor('/once')).toEqual([
    { target: 'AmazonSSM.GetParameter', name: '/once', decrypted: true, region: 'us-east-1' },
  ]);
});

describe('the Region of a parameter', () => {
  test('is that of the sink', async () => {
    settingsFrom('/own', { FAPILOG_SINK_CONFIG__CLOUDWATCH__REGION: 'eu-west-1' });

    expect((await callsFor('/own')).map(({ region }) => region)).toEqual(['eu-west-1']);
  });

  test('is that of its ARN', async () => {
    const { core } = settingsFrom(ARN, { FAPILOG_CLOUDWATCH__REGION: 'eu-west-1' });

    expect(core.logLevel).toBe('debug');
    expect((await callsFor(ARN)).map(({ region }) => region)).toEqual(['eu-central-1']);
  });

  test('is the default of the process', async () => {
    delete process.env['AWS_REGION'];
    process.env['AWS_DEFAULT_REGION'] = 'us-west-2';
    settingsFrom('/default');

    expect((await callsFor('/default')).map(({ region }) => region)).toEqual(['us-west-2']);
  });
});

test.each([
  ['/zone', { FAPILOG_CONFIG_SSM: '/zone', AWS_REGION: 'eu-west-1a' }],
  [ARN.replace('eu-central-1', 'eu-west-1a'), {}],
])('a Region that is none is not asked for %s', async (name, env) => {
  Object.assign(process.env, env);
  expect(problemWith(name)).toBe(
    isNot(name, 'in a Region that exists; eu-west-1a is none; did you mean eu-west-1?'),
  );
  await expect(Settings.load({ env: { FAPILOG_CONFIG_SSM: name } })).rejects.toThrow(
    'did you mean eu-west-1?',
  );
  expect(await callsFor(name)).toEqual([]);
});

test('code wins over the environment, the environment over a parameter, a parameter over a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fapilog-ssm-'));
  const file = join(folder, 'settings.yaml');
  writeFileSync(
    file,
    'core: { log_level: error, enrich: false }\nsink_config: { cloudwatch: { batch_size: 1, ordered: true } }\n',
  );
  const env = {
    FAPILOG_CONFIG_SSM: '/ranks',
    FAPILOG_CONFIG_FILE: file,
    FAPILOG_CORE__LOG_LEVEL: 'WARNING',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/from/environment',
  };
  const { core, sinkConfig } = new Settings({ core: { logLevel: 'fatal' } }, { env });
  rmSync(folder, { recursive: true });

  expect(core).toMatchObject({ logLevel: 'fatal', enrich: false });
  expect(sinkConfig.cloudwatch).toMatchObject({
    logGroupName: '/from/environment',
    batchSize: 50,
    ordered: true,
  });
});

test('the variable may be in any case, and blank is absent', () => {
  expect(new Settings({}, { env: { fapilog_config_ssm: ' /cased ' } }).core.logLevel).toBe('debug');
  expect(new Settings({}, { env: { FAPILOG_CONFIG_SSM: ' ' } }).core.logLevel).toBe('info');
  expect(settingsFrom('/blank').core.logLevel).toBe('info');
});

describe('a problem', () => {
  test('in the document is told with its key, and without the values of a SecureString', () => {
    expect(problemWith('/typo').split('\n')).toEqual([
      'SettingsError: invalid settings:',
      '  - FAPILOG_CONFIG_SSM (/typo): sink_config.cloudwatch.batch_size is <number>; allowed: an integer from 1 to 10000',
      '  - FAPILOG_CONFIG_SSM (/typo): sink_config.cloudwatch.log_groupname is <text of 2 characters>: no such setting; did you mean "log_group_name"?',
      expect.stringMatching(/^ {2}- FAPILOG_CONFIG_SSM \(\/typo\): sinks is <list of 0>: no such setting; /),
    ]);
  });

  test('in the document of another parameter is told with its value, unless the key says secret', () => {
    expect(problemWith('/plain').split('\n')).toEqual([
      'SettingsError: invalid settings:',
      '  - FAPILOG_CONFIG_SSM (/plain): sink_config.cloudwatch.batch_size is 0; allowed: an integer from 1 to 10000',
      expect.stringMatching(
        /^ {2}- FAPILOG_CONFIG_SSM \(\/plain\): password is <text of 1 characters>: no such setting; /,
      ),
    ]);
  });

  test.each([
    ['/text', '; it stops being JSON at line 1, column 1'],
    ['/cut', '; it stops being JSON at line 1, column 22'],
    ['/list', ''],
  ])('is a text that is no JSON object, as in %s, and it is not shown', (name, hint) => {
    expect(problemWith(name)).toBe(
      isNot(
        name,
        `whose text is one JSON object in the shape of a settings file, such as {"core":{"log_level":"info"}}${hint}`,
      ),
    );
  });

  test('is a parameter that is missing', () => {
    expect(problemWith('/nowhere')).toBe(
      isNot(
        '/nowhere',
        'that can be read; there is none of this name in us-east-1: create it, or correct the name or the Region',
      ),
    );
  });

  test('is a parameter that is refused', () => {
    expect(problemWith('/denied')).toBe(
      isNot(
        '/denied',
        'that can be read; allow ssm:GetParameter on it, and kms:Decrypt if it is a SecureString (no)',
      ),
    );
  });

  test('does not last: the parameter is read again', async () => {
    problemWith('/again');
    problemWith('/again');

    expect(await callsFor('/again')).toHaveLength(2);
  });
});

describe('load', () => {
  test('reads a parameter once, for all who ask at the same time or later', async () => {
    process.env['FAPILOG_CONFIG_SSM'] = '/loaded';

    const loaded = await Promise.all([Settings.load(), Settings.load()]);
    const settings = [...loaded, await Settings.load(), new Settings()];

    expect(settings.map(({ sinkConfig }) => sinkConfig.cloudwatch.logGroupName)).toEqual(
      settings.map(() => '/from/ssm'),
    );
    expect(await callsFor('/loaded')).toEqual([
      { target: 'AmazonSSM.GetParameter', name: '/loaded', decrypted: true, region: 'us-east-1' },
    ]);
  });

  test('has the same sources and the same problems as the constructor, and reads again after a failure', async () => {
    const env = { FAPILOG_CONFIG_SSM: '/denied', FAPILOG_CORE__LOG_LEVEL: 'loud' };
    const overrides = { core: { sinks: [] } };
    const before = (await callsFor('/denied')).length;

    const problem = String(thrownBy(() => new Settings(overrides, { env, requireComplete: true })));

    expect(problem).toMatch(/FAPILOG_CORE__LOG_LEVEL is "loud".*allow ssm:GetParameter/s);
    for (const attempt of [1, 2]) {
      await expect(Settings.load({ overrides, env, requireComplete: true })).rejects.toThrow(
        problem.replace('SettingsError: ', ''),
      );
      expect((await callsFor('/denied')).length - before).toBe(1 + attempt);
    }
  });

  test('without a parameter needs nothing of it', async () => {
    const { core } = await Settings.load({ env: {}, overrides: { core: { logLevel: 'warn' } } });

    expect(core.logLevel).toBe('warn');
  });
});

const clients = mkdtempSync(join(tmpdir(), 'fapilog-ssm-'));

afterAll(() => rmSync(clients, { recursive: true }));

/** A client of SSM that sends like this. */
function clientThat(send: string): string {
  const client = join(clients, `${readdirSync(clients).length}.cjs`);
  writeFileSync(
    client,
    `exports.GetParameterCommand = class {}; exports.SSMClient = class { destroy() {} async send() { ${send} } };`,
  );
  return client;
}

describe.each([
  ['in this process', getParameter],
  ['by a child process', getParameterSync],
])('a parameter that is read %s', (place, read) => {
  test('is waited for only so long', async () => {
    expect(await read({ name: '/slow', timeoutMs: 2_000 })).toEqual({
      error: { name: 'Timeout', message: 'no answer within 2000 ms' },
    });
  });

  test('needs a client, which is named', async () => {
    expect(await read({ name: '/once', client: '@acme/not-installed' })).toEqual({
      error: { name: 'MODULE_NOT_FOUND', message: "Cannot find module '@acme/not-installed'" },
    });
  });

  test('is read there', async () => {
    const client = clientThat("return { Parameter: { Value: String(process.pid), Type: 'String' } };");

    const answer = await read({ name: '/once', client });

    expect(answer).toEqual({ text: expect.stringMatching(/^\d+$/), isSecret: false });
    expect('text' in answer && answer.text === String(process.pid)).toBe(place === 'in this process');
  });
});

test('a client that does not heed the time is left behind', async () => {
  expect(
    await getParameter({ name: '/once', timeoutMs: 50, client: clientThat('await new Promise(() => {});') }),
  ).toEqual({
    error: { name: 'Timeout', message: 'no answer within 50 ms' },
  });
});

test('an answer of a child process of which only a part arrives is not quoted', () => {
  const client = clientThat(`require('node:fs').writeSync(3, '{"text":"s3cr3t'); process.exit();`);

  expect(getParameterSync({ name: '/once', client })).toEqual({
    error: { name: 'Error', message: 'its text did not arrive whole' },
  });
});
