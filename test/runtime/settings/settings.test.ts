import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { encodeEnvironment } from '../../../contract/codec.js';
import type { Rows } from '../../../contract/settings/setting.js';
import { sections } from '../../../contract/sections.js';
import {
  CloudWatchSink,
  getLogger,
  Settings,
  SettingsError,
  type SettingsInput,
} from '../../../runtime/index.js';
import { thrownBy, withCleanEnvironment } from '../../support/environment.js';
import { givenSettings } from '../../support/setting-values.js';

const GROUP_RULE = '1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"';
const STREAM_RULE = '1 to 512 characters, without ":" and "*"';
const BATCH_RULE = 'an integer from 1 to 10000';

const NO_GROUP =
  `SettingsError: invalid setting: FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is not set; allowed: ${GROUP_RULE}. ` +
  'CloudWatchLogging.bindTo() in the stack sets it; in code it is logGroupName. To log nothing, as in tests, set FAPILOG_CORE__LOG_LEVEL=silent';

withCleanEnvironment();

function settingsOf(input: object, env: Record<string, string> = {}): Settings {
  return new Settings(input, { env });
}

/** Calls with a variable in the environment of the process. */
function withVariable<Result>(name: string, call: () => Result): Result {
  process.env[name] = 'a';
  try {
    return call();
  } finally {
    delete process.env[name];
  }
}

function expected(rows: Rows, code: object, environment: object): object {
  const given = new Map([...Object.entries(environment), ...Object.entries(code)]);
  return Object.fromEntries(
    Object.entries(rows).map(([key, row]) => [key, given.has(key) ? given.get(key) : row.default]),
  );
}

/** Two of these never disagree about what goes together. */
function withoutConflicts(): ReturnType<typeof givenSettings> {
  return givenSettings().map((settings) => {
    const {
      logStreamPrefix: _prefix,
      externalId: _externalId,
      spoolMode: _mode,
      ...cloudwatch
    } = settings.cloudwatch;
    return { ...settings, cloudwatch };
  });
}

describe('precedence', () => {
  test('is code over environment over default, setting by setting', () => {
    fc.assert(
      fc.property(withoutConflicts(), withoutConflicts(), (code, environment) => {
        const input = { core: code.core, sinkConfig: { cloudwatch: code.cloudwatch } };

        const settings = settingsOf(input, encodeEnvironment(environment));

        expect({ core: settings.core, cloudwatch: settings.sinkConfig.cloudwatch }).toEqual({
          core: expected(sections.core.rows, code.core, environment.core),
          cloudwatch: expected(sections.cloudwatch.rows, code.cloudwatch, environment.cloudwatch),
        });
      }),
    );
  });

  test('lets undefined in code leave the setting to the environment', () => {
    const { sinkConfig } = settingsOf(
      { core: undefined, sinkConfig: { cloudwatch: { batchSize: undefined } } },
      { FAPILOG_CLOUDWATCH__BATCH_SIZE: '50' },
    );

    expect(sinkConfig.cloudwatch.batchSize).toBe(50);
  });

  test.each(['stdoutJson', 'stdout_json', 'Stdout-JSON'])('knows a built-in sink in code as %s', (name) => {
    const { sinkConfig, foreign } = settingsOf({ sinkConfig: { [name]: { level: 'warn' } } });

    expect(sinkConfig.stdoutJson.level).toBe('warn');
    expect(foreign.sinkConfig).toEqual({});
  });

  test('lets null in code leave the setting to the environment', () => {
    const { sinkConfig } = settingsOf(
      { sinkConfig: { cloudwatch: { batchSize: null } } },
      { FAPILOG_CLOUDWATCH__BATCH_SIZE: '50' },
    );

    expect(sinkConfig.cloudwatch.batchSize).toBe(50);
  });

  test('lets code win over both spellings of a variable', () => {
    const { sinkConfig } = settingsOf(
      { sinkConfig: { cloudwatch: { batchSize: 1 } } },
      { FAPILOG_CLOUDWATCH__BATCH_SIZE: '50', FAPILOG_SINK_CONFIG__CLOUDWATCH__BATCH_SIZE: '50' },
    );

    expect(sinkConfig.cloudwatch.batchSize).toBe(1);
  });

  test("reads the process's environment where no other is given", () => {
    process.env['FAPILOG_CORE__LOG_LEVEL'] = 'DEBUG';

    expect(new Settings().core.logLevel).toBe('debug');
    expect(new Settings({}, { env: {} }).core.logLevel).toBe('info');
  });

  test('hands on what is strange about the environment', () => {
    expect(settingsOf({}, { FAPILOG_CLOUDWATCH__BATCHSIZE: '50' }).notices).toEqual([
      'unknown variable FAPILOG_CLOUDWATCH__BATCHSIZE is ignored; did you mean FAPILOG_CLOUDWATCH__BATCH_SIZE?',
    ]);
  });
});

describe('a problem', () => {
  test.each<[string, object, string]>([
    [
      'a section',
      { cloudwatch: { batchSize: 1 } },
      'cloudwatch is { batchSize: 1 }: no such setting; there are core, app, sinkConfig, sinkRouting, filterConfig, redaction, plugins',
    ],
    [
      'a setting of the sink',
      { sinkConfig: { cloudwatch: { batchsize: 50 } } },
      'sinkConfig.cloudwatch.batchsize is 50: no such setting; did you mean "batchSize"?',
    ],
    [
      'a core setting',
      { core: { level: 'info' } },
      'core.level is "info": no such setting; there are sinks, logLevel, filters, plugins, worker, enrich, traceFormat, metricsNamespace',
    ],
  ])('is %s that nobody knows', (_, input, problem) => {
    expect(String(thrownBy(() => settingsOf(input)))).toBe(`SettingsError: invalid setting: ${problem}`);
  });

  test('is a section that is no mapping', () => {
    expect(String(thrownBy(() => settingsOf({ core: 7 })))).toBe(
      'SettingsError: invalid setting: core is 7; allowed: a mapping of settings',
    );
  });

  test.each<
    [keyof NonNullable<NonNullable<SettingsInput['sinkConfig']>['cloudwatch']>, string, unknown, string]
  >([
    ['batchSize', 'BATCH_SIZE', 0, BATCH_RULE],
    ['batchSize', 'BATCH_SIZE', 20_000, BATCH_RULE],
    ['logGroupName', 'LOG_GROUP_NAME', 'aws/x', GROUP_RULE],
    ['logGroupName', 'LOG_GROUP_NAME', 'bad group!', GROUP_RULE],
    ['logStreamName', 'LOG_STREAM_NAME', '2026-11-22T08:00', STREAM_RULE],
    [
      'region',
      'REGION',
      'us-west-2a',
      'the name of an AWS Region, such as us-west-2; did you mean us-west-2?',
    ],
    [
      'batchTimeoutSeconds',
      'BATCH_TIMEOUT_SECONDS',
      '1h30m',
      'seconds from 0.001 to 86400, such as 5, "5s" or "500ms"',
    ],
  ])('is a %s or %s of %p, in code and in the environment', (key, field, value, rule) => {
    const code = thrownBy(() => settingsOf({ sinkConfig: { cloudwatch: { [key]: value } } }));
    const variable = thrownBy(() => settingsOf({}, { [`FAPILOG_CLOUDWATCH__${field}`]: String(value) }));
    const sink = thrownBy(() => new CloudWatchSink({ logGroupName: 'g', env: {}, [key]: value }));

    const shown = typeof value === 'string' ? `"${value}"` : String(value);
    const where = `sinkConfig.cloudwatch.${key}`;
    expect(String(code)).toBe(`SettingsError: invalid setting: ${where} is ${shown}; allowed: ${rule}`);
    expect(String(variable)).toBe(
      `SettingsError: invalid setting: FAPILOG_CLOUDWATCH__${field} is "${String(value)}"; allowed: ${rule}`,
    );
    expect(String(sink)).toBe(String(code).replace('sinkConfig.cloudwatch.', 'new CloudWatchSink: options.'));
  });

  test.each([
    [{ AWS_REGION: 'eu-west-1a' }, 'AWS_REGION is "eu-west-1a"'],
    [{ AWS_DEFAULT_REGION: 'EU-WEST-1' }, 'AWS_DEFAULT_REGION is "EU-WEST-1"'],
    [{ AWS_REGION: ' ', AWS_DEFAULT_REGION: 'eu_west_1' }, 'AWS_DEFAULT_REGION is "eu_west_1"'],
  ])('is a Region in %p, where the sink has none of its own', (env, problem) => {
    const options = { logGroupName: 'g', env };

    expect(String(thrownBy(() => new CloudWatchSink(options)))).toBe(
      `SettingsError: invalid setting: ${problem}; allowed: the name of an AWS Region, such as us-west-2; ` +
        'did you mean eu-west-1?',
    );
    expect(() => new CloudWatchSink({ ...options, region: 'eu-west-1' })).not.toThrow();
    expect(() => new Settings({}, { env: { ...env, FAPILOG_CORE__SINKS: 'stdout_json' } })).not.toThrow();
  });

  test('is no Region of the environment where nothing is delivered', () => {
    const env = { AWS_REGION: 'eu-west-1a' };
    const group = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/g' };

    expect(() => new Settings({}, { env })).not.toThrow();
    expect(
      () => new Settings({}, { env: { ...env, ...group, FAPILOG_CORE__LOG_LEVEL: 'silent' } }),
    ).not.toThrow();
    expect(() => new Settings({}, { env: { ...env, ...group } })).toThrow('AWS_REGION');
    expect(() => new Settings({}, { env, requireComplete: true })).toThrow('AWS_REGION');
  });

  test('never comes alone if there are several', () => {
    const error = thrownBy(
      () =>
        new Settings(
          { core: { logLevel: 'loud' }, sinkConfig: { cloudwatch: { batchSize: 0 } }, sink: 1 } as object,
          {
            env: { FAPILOG_CORE__SINKS: '[', FAPILOG_SINK_CONFIG__CLOUDWATCH__MAX_RETRIES: '-1' },
            requireComplete: true,
          },
        ),
    );

    expect(error).toBeInstanceOf(SettingsError);
    expect(String(error).split('\n')).toEqual([
      'SettingsError: invalid settings:',
      '  - core.logLevel is "loud"; allowed: one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case',
      `  - sinkConfig.cloudwatch.batchSize is 0; allowed: ${BATCH_RULE}`,
      '  - sink is 1: no such setting; there are core, app, sinkConfig, sinkRouting, filterConfig, redaction, plugins',
      '  - FAPILOG_CORE__SINKS is "["; allowed: a list of different names, such as ["cloudwatch","stdout_json"] or "cloudwatch,stdout_json", or "none"',
      '  - FAPILOG_SINK_CONFIG__CLOUDWATCH__MAX_RETRIES is "-1"; allowed: an integer of at least 0',
      NO_GROUP.replace('SettingsError: invalid setting: ', '  - '),
    ]);
  });

  test('is a malformed variable even where code gives a good value', () => {
    const error = thrownBy(() =>
      settingsOf({ sinkConfig: { cloudwatch: { batchSize: 50 } } }, { FAPILOG_CLOUDWATCH__BATCH_SIZE: '0' }),
    );

    expect(String(error)).toBe(
      `SettingsError: invalid setting: FAPILOG_CLOUDWATCH__BATCH_SIZE is "0"; allowed: ${BATCH_RULE}`,
    );
  });
});

const ROLE_ARN = 'arn:aws:iam::123456789012:role/log-writer';

test.each([
  ['fil', '"settings.yaml"', 'did you mean file?'],
  ['requireComplte', '"settings.yaml"', 'did you mean requireComplete?'],
  ['overrides', '"settings.yaml"', 'there are env, file, requireComplete'],
])('an option %s that nobody knows is a problem', (key, shown, hint) => {
  const options = { env: {}, [key]: 'settings.yaml' };

  expect(String(thrownBy(() => new Settings({}, options)))).toBe(
    `SettingsError: invalid setting: new Settings: options.${key} is ${shown}: no such option; ${hint}`,
  );
});

test.each([7, 'settings.yaml', []])('%p is no mapping of settings', (input) => {
  expect(String(thrownBy(() => new Settings(input as object, { env: {} })))).toMatch(
    /^SettingsError: invalid setting: settings is .*; allowed: a mapping of settings$/,
  );
});

test.each([
  [null, 'new CloudWatchSink: options is null; allowed: options such as { logGroupName }'],
  ['/myapp', 'new CloudWatchSink: options is "/myapp"; allowed: options such as { logGroupName }'],
  [
    { logGroupName: 'g', env: {}, onRejected: 1 },
    'new CloudWatchSink: options.onRejected is 1; allowed: a function',
  ],
])('a sink refuses options of another shape: %j', (options, problem) => {
  expect(String(thrownBy(() => new CloudWatchSink(options as object)))).toBe(
    `SettingsError: invalid setting: ${problem}`,
  );
});

test('a setting in a file is named by its line', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'fapilog-'));
  const file = join(folder, 'settings.yaml');
  await writeFile(file, 'core:\n  sinks: [cloudwach]\n');

  const error = thrownBy(() => getLogger({ settings: new Settings({}, { env: {}, file }) }));
  await rm(folder, { recursive: true });

  expect(String(error)).toContain(`${file}:2: core.sinks is "cloudwach"; `);
});

describe('settings that do not go together', () => {
  const CODE = 'sinkConfig.cloudwatch.';
  const SHORT = 'FAPILOG_CLOUDWATCH__';
  const FULL = 'FAPILOG_SINK_CONFIG__CLOUDWATCH__';
  const otherStream = (name: string, prefix: string): string =>
    `${name} is "worker-1"; allowed: a name that begins with "api", because ${prefix} says so and the role may write ` +
    'no other streams; begin the name with it, or set only one of the two';
  const noRole = (id: string): string =>
    `${id} is <text of 8 characters>; allowed: nothing without FAPILOG_CLOUDWATCH__ROLE_ARN; set the ` +
    'role that asks for it, or leave it out';

  test.each<[string, object, Record<string, string>, string, string]>([
    [
      'in code',
      { logStreamName: 'worker-1', logStreamPrefix: 'api' },
      {},
      `${CODE}logStreamName`,
      `${CODE}logStreamPrefix`,
    ],
    [
      'in the environment',
      {},
      { [`${SHORT}LOG_STREAM_NAME`]: 'worker-1', [`${FULL}LOG_STREAM_PREFIX`]: 'api' },
      `${SHORT}LOG_STREAM_NAME`,
      `${FULL}LOG_STREAM_PREFIX`,
    ],
    [
      'in both',
      { logStreamName: 'worker-1' },
      { [`${SHORT}LOG_STREAM_PREFIX`]: 'api' },
      `${CODE}logStreamName`,
      `${SHORT}LOG_STREAM_PREFIX`,
    ],
  ])('are a prefix and a name without it, %s', (_, cloudwatch, env, name, prefix) => {
    const problem = `SettingsError: invalid setting: ${otherStream(name, prefix)}`;

    expect(String(thrownBy(() => settingsOf({ sinkConfig: { cloudwatch } }, env)))).toBe(problem);
    const ofSink = problem.replace(CODE, 'new CloudWatchSink: options.').replace(CODE, 'options.');
    expect(String(thrownBy(() => new CloudWatchSink({ logGroupName: 'g', ...cloudwatch, env })))).toBe(
      ofSink,
    );
  });

  test('are an external ID and no role', () => {
    const error = thrownBy(() => settingsOf({}, { FAPILOG_CLOUDWATCH__EXTERNAL_ID: 'tenant-7' }));

    expect(String(error)).toBe(
      `SettingsError: invalid setting: ${noRole('FAPILOG_CLOUDWATCH__EXTERNAL_ID')}`,
    );
  });

  test('are a spool that has everything and no directory', () => {
    const error = thrownBy(() => settingsOf({}, { FAPILOG_CLOUDWATCH__SPOOL_MODE: 'always' }));

    expect(String(error)).toBe(
      'SettingsError: invalid setting: FAPILOG_CLOUDWATCH__SPOOL_MODE is "always"; allowed: overflow without ' +
        'FAPILOG_CLOUDWATCH__SPOOL_DIR; set the directory, or leave the mode out',
    );
  });

  test('come all at once', () => {
    const cloudwatch = { logStreamName: 'worker-1', logStreamPrefix: 'api', externalId: 'tenant-7' };
    const error = thrownBy(() => settingsOf({ sinkConfig: { cloudwatch } }));

    expect(String(error).split('\n')).toEqual([
      'SettingsError: invalid settings:',
      `  - ${otherStream(`${CODE}logStreamName`, `${CODE}logStreamPrefix`)}`,
      `  - ${noRole(`${CODE}externalId`)}`,
    ]);
  });

  test('are not looked for where one of them is malformed', () => {
    const error = thrownBy(() =>
      settingsOf({ sinkConfig: { cloudwatch: { roleArn: 'log-writer', externalId: 'tenant-7' } } }),
    );

    expect(String(error)).toBe(
      'SettingsError: invalid setting: sinkConfig.cloudwatch.roleArn is "log-writer"; allowed: the ARN of an IAM ' +
        'role, such as arn:aws:iam::123456789012:role/log-writer, without wildcards',
    );
  });

  test.each([
    { logStreamName: 'api-1', logStreamPrefix: 'api' },
    { logStreamName: 'api', logStreamPrefix: 'api' },
    { logStreamPrefix: 'api' },
    { roleArn: ROLE_ARN },
    { roleArn: ROLE_ARN, externalId: 'tenant-7' },
    { spoolDir: '/var/spool/app', spoolMode: 'always' },
    { spoolMode: 'overflow' },
  ])('are not %p', (cloudwatch) => {
    expect(settingsOf({ sinkConfig: { cloudwatch } }).sinkConfig.cloudwatch).toMatchObject(cloudwatch);
  });
});

test('a sink with a prefix writes to a stream whose name begins with it', async () => {
  const sink = new CloudWatchSink({ logGroupName: 'g', logStreamPrefix: 'api', env: {} });

  expect(sink.stats().logStreamName).toMatch(new RegExp(`^api-.+-${process.pid}-[0-9a-f]{8}$`));
  await sink.close({ deadlineMs: 0 });
});

describe('a log group', () => {
  const complete = (input: object, env = {}): Settings => new Settings(input, { env, requireComplete: true });

  test('may be missing until it is required', () => {
    expect(settingsOf({}).sinkConfig.cloudwatch.logGroupName).toBeUndefined();
    expect(String(thrownBy(() => new Settings({}, { env: {}, requireComplete: true })))).toBe(NO_GROUP);
  });

  test('is not required where no sink wants it', () => {
    expect(
      () => new Settings({ core: { sinks: ['other'] } }, { env: {}, requireComplete: true }),
    ).not.toThrow();
  });

  test.each<[string, object, Record<string, string>]>([
    ['in code', { sinkConfig: { cloudwatch: { logGroupName: '/myapp/production' } } }, {}],
    ['in the environment', {}, { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production' }],
    ['in the full spelling', {}, { fapilog_sink_config__cloudwatch__log_group_name: '/myapp/production' }],
  ])('may be named %s', (_, input, env) => {
    const settings = new Settings(input, { env, requireComplete: true });

    expect(settings.sinkConfig.cloudwatch.logGroupName).toBe('/myapp/production');
  });

  test.each<[string, object, Record<string, string>, string]>([
    [
      'in code',
      { sinkConfig: { cloudwatch: { logGroupName: 'bad group!' } } },
      {},
      'sinkConfig.cloudwatch.logGroupName',
    ],
    [
      'in the environment',
      {},
      { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: 'bad group!' },
      'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME',
    ],
  ])('that is misnamed %s is not reported as missing, too', (_, input, env, where) => {
    expect(String(thrownBy(() => new Settings(input, { env, requireComplete: true })))).toBe(
      `SettingsError: invalid setting: ${where} is "bad group!"; allowed: ${GROUP_RULE}`,
    );
  });

  test.each<[string, () => unknown]>([
    [
      'getLogger() where another setting is there',
      () => withVariable('FAPILOG_APP__NAME', () => getLogger()),
    ],
    [
      'getLogger() where a misspelt one is',
      () => withVariable('FAPILOG_CLOUDWATCH_GROUP', () => getLogger()),
    ],
    ['getLogger({ settings: new Settings() })', () => getLogger({ settings: new Settings() })],
    ['new CloudWatchSink()', () => new CloudWatchSink()],
    ['new CloudWatchSink({ env: {} })', () => new CloudWatchSink({ env: {} })],
  ])('must be known to %s', (_, call) => {
    const error = thrownBy(call);

    expect(error).toBeInstanceOf(SettingsError);
    expect(String(error)).toBe(NO_GROUP);
  });

  test.each<[string, () => unknown]>([
    ['new Settings()', () => complete({ core: { logLevel: 'silent' } })],
    ['new Settings() by its variable', () => complete({}, { FAPILOG_CORE__LOG_LEVEL: 'SILENT' })],
    ['new CloudWatchSink()', () => new CloudWatchSink({ env: { FAPILOG_CORE__LOG_LEVEL: 'silent' } })],
    ['a CloudWatchSink of that level', () => new CloudWatchSink({ level: 'silent', env: {} })],
  ])('need not be known to %s where nothing is logged', (_, call) => {
    expect(call).not.toThrow();
  });

  test('that is blank is missing', () => {
    process.env['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME'] = ' ';

    expect(String(thrownBy(() => new CloudWatchSink()))).toBe(NO_GROUP);
  });
});
