import { CloudWatchSink, getLogger, Settings } from '../../../runtime/index.js';
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
