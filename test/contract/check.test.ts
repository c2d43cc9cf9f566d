import { checkInput, checkValue } from '../../contract/check.js';
import { LOG_STREAM_NAME_RULE } from '../../contract/names.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { coreSettings } from '../../contract/settings/core.js';

test('a value is converted, or is a problem that says where it stands', () => {
  expect(checkValue(cloudWatchSettings.batchTimeoutSeconds, '500ms', 'X')).toEqual({ value: 0.5 });
  expect(checkValue(cloudWatchSettings.batchSize, 0, 'X')).toEqual({
    problem: { where: 'X', value: 0, allowed: 'an integer from 1 to 10000' },
  });
});

test('settings in code may be text, and undefined is absence', () => {
  const input = { batchSize: '50', maxQueueBytes: '10 MB', createLogGroup: 'no', region: undefined };

  expect(checkInput(cloudWatchSettings, input, 'sink')).toEqual({
    given: { batchSize: 50, maxQueueBytes: 10_485_760, createLogGroup: false },
    problems: [],
  });
});

test('unknown keys are problems, with what was probably meant or everything there is', () => {
  const { given, problems } = checkInput(
    coreSettings,
    { loglevel: 'info', colour: 'red', toString: 1 },
    'core',
  );

  expect(given).toEqual({});
  expect(problems).toEqual([
    { where: 'core.loglevel', value: 'info', allowed: 'no such setting; did you mean "logLevel"?' },
    {
      where: 'core.colour',
      value: 'red',
      allowed:
        'no such setting; there are sinks, logLevel, filters, plugins, worker, enrich, traceFormat, metricsNamespace',
    },
    {
      where: 'core.toString',
      value: 1,
      allowed:
        'no such setting; there are sinks, logLevel, filters, plugins, worker, enrich, traceFormat, metricsNamespace',
    },
  ]);
});

test('null and blank text in code are malformed, not absent', () => {
  const { given, problems } = checkInput(cloudWatchSettings, { batchSize: null, logGroupName: '' }, 'sink');

  expect(given).toEqual({});
  expect(problems.map(({ where, value }) => [where, value])).toEqual([
    ['sink.batchSize', null],
    ['sink.logGroupName', ''],
  ]);
});

test('unresolved values pass as they are, and only they', () => {
  const token = { creationStack: [] };
  const input = { logGroupName: token, batchSize: token, maxRetries: {}, colour: token };

  const { given, problems } = checkInput(cloudWatchSettings, input, 'sink', (value) => value === token);

  expect(given).toEqual({ logGroupName: token, batchSize: token });
  expect(problems.map(({ where }) => where)).toEqual(['sink.maxRetries', 'sink.colour']);
});

test('what is checked is not changed', () => {
  const input = Object.freeze({ batchTimeoutSeconds: '5s' });

  checkInput(cloudWatchSettings, input, 'sink');

  expect(input).toEqual({ batchTimeoutSeconds: '5s' });
});

test('text of white space alone is refused, because its variable would read as absent', () => {
  const { problems } = checkInput(cloudWatchSettings, { logStreamName: ' ' }, 'settings');

  expect(problems).toEqual([{ where: 'settings.logStreamName', value: ' ', allowed: LOG_STREAM_NAME_RULE }]);
});
