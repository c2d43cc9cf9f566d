import {
  CloudWatchSink,
  getLogger,
  Settings,
  SettingsError,
  type LoggerOptions,
} from '../../../runtime/index.js';
import { thrownBy, withCleanEnvironment } from '../../support/environment.js';
import { MemorySink } from '../../support/memory-sink.js';

withCleanEnvironment();

test('without options there is one logger, made from the environment', async () => {
  process.env['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME'] = '/myapp/production';
  process.env['FAPILOG_CORE__LOG_LEVEL'] = 'WARNING';

  const logger = getLogger();

  expect(getLogger()).toBe(logger);
  expect(logger.level).toBe('warn');
  expect(await logger.close()).toMatchObject({ logGroupName: '/myapp/production', accepted: 0, calls: 0 });
});

test('options behind a name are refused, and what map() passes is not', () => {
  process.env['FAPILOG_CORE__LOG_LEVEL'] = 'silent';
  const call = getLogger as (...args: unknown[]) => unknown;

  expect(() => call('orders', { level: 'debug' })).toThrow(
    /second argument of getLogger.* one argument, a name or options/,
  );
  expect(() => ['orders', 'users'].map(call)).not.toThrow();
});

test('with options every call makes a logger', () => {
  const settings = new Settings({ core: { logLevel: 'error' } }, { env: {} });
  const sinks = [new MemorySink()];

  expect(getLogger({ settings, sinks })).not.toBe(getLogger({ settings, sinks }));
  expect(getLogger({ settings, sinks }).level).toBe('error');
});

test('sinks made by the caller are used in place of those that the settings name, and need no log group', () => {
  const sink = new MemorySink();

  const logger = getLogger({ settings: new Settings({}, { env: {} }), sinks: [sink] });
  logger.info('hi');

  expect(sink.lines).toHaveLength(1);
  expect(() => getLogger({ sinks: [sink] })).not.toThrow();
});

test('a sink made in code reads the environment, too, and code wins over it', async () => {
  const env = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/a', FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 's' };
  const sink = new CloudWatchSink({ env, logGroupName: '/b' });

  expect(await getLogger({ settings: new Settings({}, { env: {} }), sinks: [sink] }).close()).toMatchObject({
    logGroupName: '/b',
    logStreamName: 's',
  });
});

test.each([
  ['cloudwach', '; did you mean "cloudwatch"?'],
  ['stdout_jsn', '; did you mean "stdout_json"?'],
  ['toString', ''],
])('a sink of the name %s is refused', (name, hint) => {
  const settings = new Settings({ core: { sinks: [name] } }, { env: {} });

  expect(String(thrownBy(() => getLogger({ settings })))).toBe(
    `SettingsError: invalid setting: core.sinks is "${name}"; allowed: one of cloudwatch, stdout_json, stdout_pretty, stderr_json, file, or one of a package in core.plugins${hint}`,
  );
});

/** The message that calling it throws, a line for each problem. */
function problemsOf(options: unknown): string[] {
  const error = thrownBy(() => getLogger(options as LoggerOptions));
  expect(error).toBeInstanceOf(SettingsError);
  return String(error)
    .replace(/^SettingsError: invalid settings?:\s+(- )?/, '')
    .split('\n  - ');
}

const settings = new Settings({}, { env: {} });
const sinks = [new MemorySink()];

test('settings may be a plain object, which wins over the environment', () => {
  process.env['FAPILOG_CORE__LOG_LEVEL'] = 'error';
  process.env['FAPILOG_SERVICE'] = 'api';

  const logger = getLogger({ settings: { core: { logLevel: 'debug' } }, sinks });

  expect(logger.level).toBe('debug');
});

test('settings may be those of another copy of the package', () => {
  const copy = Object.assign(Object.create({ placeOf: () => 'x', missing: [] }) as Settings, settings);

  expect(getLogger({ settings: copy, sinks }).level).toBe('info');
});

test.each<[object, string]>([
  [{ logLevel: 'debug' }, 'did you mean settings: { core: { logLevel } }?'],
  [{ loglevel: 'debug' }, 'did you mean settings: { core: { logLevel } }?'],
  [{ service: 'api' }, 'did you mean settings: { app: { service } }?'],
  [{ logGroupName: '/a' }, 'did you mean settings: { sinkConfig: { cloudwatch: { logGroupName } } }?'],
  [{ core: { logLevel: 'debug' } }, 'did you mean settings: { core }?'],
  [{ sinkConfig: {} }, 'did you mean settings: { sinkConfig }?'],
  [{ cloudwatch: {} }, 'did you mean settings: { sinkConfig: { cloudwatch } }?'],
  [{ redaction: {} }, 'did you mean settings: { redaction }?'],
  [{ sink: 1 }, 'did you mean sinks?'],
  [{ setings: settings }, 'did you mean settings?'],
  [{ serializer: {} }, 'did you mean serializers?'],
  [{ transport: {} }, 'there are settings, sinks, level, worker, serializers'],
])('an option that nobody knows is refused: %j', (wrong, hint) => {
  const [problem, ...others] = problemsOf({ settings, sinks, ...wrong });

  expect(others).toEqual([]);
  expect(problem).toMatch(`getLogger: options.${Object.keys(wrong)[0]} is `);
  expect(problem).toMatch(`: no such option; ${hint}`);
});

class Sinks extends MemorySink {}

test.each<[string, object, string]>([
  [
    'sinks',
    { sinks: new MemorySink() },
    'sinks is <MemorySink>; allowed: a list of sinks, such as [new CloudWatchSink()]',
  ],
  ['sinks', { sinks: 'stdout_json' }, 'sinks is "stdout_json"; allowed: a list of sinks'],
  ['sinks', { sinks: null }, 'sinks is null; allowed: a list of sinks'],
  [
    'sinks',
    { sinks: ['stdout_json'] },
    'sinks[0] is "stdout_json"; allowed: a sink; names stand in the settings, as in getLogger({ settings: { core: { sinks: ["stdout_json"] } } })',
  ],
  [
    'sinks',
    { sinks: [...sinks, Sinks] },
    'sinks[1] is [class Sinks extends MemorySink]; allowed: a sink, not its class: make it with new',
  ],
  [
    'sinks',
    { sinks: [Promise.resolve(sinks[0])] },
    'sinks[0] is <Promise>; allowed: a sink, not a promise of one: await it',
  ],
  ['sinks', { sinks: [...sinks, ...sinks] }, 'sinks[1] is <MemorySink>; allowed: each sink once'],
  [
    'sinks',
    { sinks: [null] },
    'sinks[0] is null; allowed: a sink; this lacks name, write, flush, close, stats',
  ],
  [
    'sinks',
    { sinks: [{ name: 'x', write: () => undefined }] },
    'allowed: a sink; this lacks flush, close, stats',
  ],
  [
    'settings',
    { settings: 'settings.yaml' },
    'settings is "settings.yaml"; allowed: new Settings(…), or an object such as { core: { logLevel: "debug" } }',
  ],
  ['settings', { settings: null }, 'settings is null; allowed: new Settings(…)'],
  ['settings', { settings: [] }, 'settings is []; allowed: new Settings(…)'],
  ['settings', { settings: Settings }, 'settings is [class Settings]; allowed: new Settings(…)'],
  [
    'settings',
    { settings: Settings.load() },
    'settings is <Promise>; allowed: settings, not a promise of them: await it',
  ],
  [
    'worker',
    { worker: 'yes' },
    'worker is "yes"; allowed: true, false, or options such as { exitDeadlineMs: 5000 }',
  ],
  ['worker', { worker: null }, 'worker is null; allowed: true, false, or options'],
  [
    'worker',
    { worker: { exitDeadline: 5 } },
    'getLogger: options.worker: options.exitDeadline is 5: no such option; did you mean exitDeadlineMs?',
  ],
  [
    'worker',
    { sinks: [new MemorySink()], worker: true },
    'worker is true; allowed: not beside sinks, which stay in the thread that made them',
  ],
  ['worker', { sinks: [], worker: { exitDeadlineMs: 5 } }, 'allowed: not beside sinks'],
  ['worker', { worker: { file: 7 } }, 'worker.file is 7; allowed: the path or the URL of a file'],
  ['serializers', { serializers: [] }, 'serializers is []; allowed: functions by the name of a field'],
  [
    'serializers',
    { serializers: { user: 'id' } },
    'serializers.user is "id"; allowed: a function of the value',
  ],
])('%s of another shape are refused: %j', (_, wrong, message) => {
  const [problem, ...others] = problemsOf({ settings, sinks, ...wrong });

  expect(others).toEqual([]);
  expect(problem).toContain(message);
});

test.each([null, 7, true, [], () => undefined, Symbol('x')])('%p are no options', (wrong) => {
  process.env['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME'] = '/myapp/production';

  expect(problemsOf(wrong)).toEqual([
    expect.stringContaining('; allowed: the name of a logger, or options such as { settings, sinks }'),
  ]);
});

test('all that is wrong comes in one error, each by its variable or its place', () => {
  process.env['FAPILOG_CORE__SINKS'] = 'cloudwach,stdout_json,file';
  process.env['FAPILOG_CORE__FILTERS'] = 'samplin';
  process.env['FAPILOG_CORE__PLUGINS'] = '@acme/none';
  process.env['FAPILOG_CORE__ENRICH'] = 'maybe';
  process.env['FAPILOG_REDACTION__ENABLE'] = 'true';
  process.env['FAPILOG_REDACTION__PATHS'] = 'a..b';
  process.env['FAPILOG_SINK_ROUTING__ENABLED'] = 'true';
  process.env['FAPILOG_SINK_ROUTING__RULES'] = '[{"levels":["error"],"sinks":["stdout_jsn"]}]';
  process.env['FAPILOG_SINK_ROUTING__FALLBACK_SINKS'] = 'stdout_jso,elsewhere';
  process.env['FAPILOG_FILE_PATH'] = '/tmp/x';
  process.env['FAPILOG_SERVICE_NAME'] = 'api';

  const problems = problemsOf({ level: 'lowd', settings: { core: { logLevel: 'loud' } } });

  expect(problems.map((each) => each.split(' is ', 1)[0])).toEqual([
    'getLogger: options.level',
    'core.logLevel',
    'FAPILOG_CORE__ENRICH',
    'FAPILOG_REDACTION__ENABLE',
    'FAPILOG_FILE__PATH',
    'FAPILOG_FILE_PATH',
    'FAPILOG_SERVICE_NAME',
    'FAPILOG_SINK_ROUTING__RULES',
    'FAPILOG_SINK_ROUTING__FALLBACK_SINKS',
    'FAPILOG_REDACTION__PATHS',
    'FAPILOG_CORE__PLUGINS',
    'FAPILOG_CORE__SINKS',
    'FAPILOG_CORE__FILTERS',
  ]);
});

test('a sink that is missing names the misspelt variable that is set, without its value', () => {
  process.env['FAPILOG_CLOUDWATCH_LOG_GROUP_NAME'] = '/myapp/production';

  const problems = problemsOf({});

  expect(problemsOf({ settings: new Settings() })).toEqual(problems);
  expect(problems).toEqual([
    expect.stringMatching(/^FAPILOG_CLOUDWATCH__LOG_GROUP_NAME is not set; /),
    'FAPILOG_CLOUDWATCH_LOG_GROUP_NAME is <text of 17 characters>: no such variable; did you mean FAPILOG_CLOUDWATCH__LOG_GROUP_NAME?',
  ]);
});

test.each([
  ['AWS_LAMBDA_FUNCTION_NAME', 'api', 'The function api'],
  ['ECS_CONTAINER_METADATA_URI_V4', 'http://169.254.170.2/v4/x', 'This container'],
  ['ECS_CONTAINER_METADATA_URI', 'http://169.254.170.2/v3/x', 'This container'],
])('a program on AWS without any variable is told to be bound (%s)', (name, value, program) => {
  process.env[name] = value;
  const hint = `${program} has no variable of FAPILOG_ at all: bind it in its stack, with logging.bindTo(…)`;

  expect(problemsOf({})).toEqual([expect.stringContaining(hint)]);
  expect(problemsOf({ settings: new Settings() })).toEqual([expect.stringContaining(hint)]);
  expect(String(thrownBy(() => new CloudWatchSink()))).toContain(hint);

  process.env['FAPILOG_SERVICE'] = 'api';
  expect(problemsOf({})).toEqual([expect.not.stringContaining(hint)]);
});
