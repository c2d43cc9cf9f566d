import { App, Stack } from 'aws-cdk-lib';
import * as logs from 'aws-cdk-lib/aws-logs';
import { RETENTION_DAYS } from '../../../contract/limits.js';
import { CloudWatchLogging, SettingsError, type CloudWatchLoggingProps } from '../../../lib/index.js';
import { flagSets, loggingIn, newStack } from '../stacks.js';

const GROUP_RULE = '1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"';
const RETENTION_RULE =
  'RetentionDays.INFINITE, or one of 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, ' +
  '2192, 2557, 2922, 3288, 3653 days';
const LEVEL_RULE =
  'one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case';

describe.each(flagSets)('props %s', (_, context) => {
  /** What the constructor throws; props as JavaScript may pass them. */
  function refusal(props: object): unknown {
    try {
      loggingIn(newStack(context), props);
    } catch (error) {
      return error;
    }
    return undefined;
  }

  test.each<[string, object, string]>([
    ['retention', { retention: 42 }, `retention is 42; allowed: ${RETENTION_RULE}`],
    ['retention of no days', { retention: 0 }, `retention is 0; allowed: ${RETENTION_RULE}`],
    [
      'group in the reserved space',
      { logGroupName: 'aws/x' },
      `logGroupName is "aws/x"; allowed: ${GROUP_RULE}`,
    ],
    [
      'group characters',
      { logGroupName: 'bad group!' },
      `logGroupName is "bad group!"; allowed: ${GROUP_RULE}`,
    ],
    ['empty group name', { logGroupName: '' }, `logGroupName is ""; allowed: ${GROUP_RULE}`],
    ['level', { logLevel: 'loud' }, `logLevel is "loud"; allowed: ${LEVEL_RULE}`],
    [
      'batch of nothing',
      { settings: { batchSize: 0 } },
      'settings.batchSize is 0; allowed: an integer from 1 to 10000',
    ],
    [
      'batch beyond the service',
      { settings: { batchSize: 20_000 } },
      'settings.batchSize is 20000; allowed: an integer from 1 to 10000',
    ],
    [
      'stream with a colon',
      { settings: { logStreamName: '2026-11-22T08:00' } },
      'settings.logStreamName is "2026-11-22T08:00"; allowed: 1 to 512 characters, without ":" and "*"',
    ],
    [
      'mistyped setting',
      { settings: { batchsize: 50 } },
      'settings.batchsize is 50: no such setting; did you mean "batchSize"?',
    ],
    [
      'level of the logger among the settings',
      { settings: { logLevel: 'DEBUG' } },
      'settings.logLevel is "DEBUG": no such setting; logLevel stands beside settings',
    ],
    [
      'group among the settings',
      { settings: { logGroupName: '/myapp/production' } },
      'settings.logGroupName is "/myapp/production"; allowed: nothing; ' +
        "the construct sets it to its log group's name",
    ],
    [
      'Region among the settings',
      { settings: { region: 'us-west-2' } },
      `settings.region is "us-west-2"; allowed: nothing; the construct sets it to its log group's Region`,
    ],
    [
      'group creation among the settings',
      { settings: { createLogGroup: true } },
      'settings.createLogGroup is true; allowed: nothing; ' +
        'the construct sets it to false, because it defines the log group',
    ],
  ])('refuse a wrong %s', (__, props, problem) => {
    const error = refusal(props);

    expect(error).toBeInstanceOf(SettingsError);
    expect(String(error)).toBe(`SettingsError: invalid setting: Stack/Logging: props.${problem}`);
  });

  test('are refused all at once', () => {
    const error = refusal({
      logGroupName: 'bad group!',
      retention: 42,
      logLevel: 'loud',
      settings: { region: 'us-west-2', batchSize: 0, logStreamName: 'a:b' },
    });

    expect(String(error).split('\n')).toEqual([
      'SettingsError: invalid settings:',
      `  - Stack/Logging: props.logGroupName is "bad group!"; allowed: ${GROUP_RULE}`,
      `  - Stack/Logging: props.retention is 42; allowed: ${RETENTION_RULE}`,
      `  - Stack/Logging: props.logLevel is "loud"; allowed: ${LEVEL_RULE}`,
      `  - Stack/Logging: props.settings.region is "us-west-2"; allowed: nothing; the construct sets it to its log group's Region`,
      '  - Stack/Logging: props.settings.batchSize is 0; allowed: an integer from 1 to 10000',
      '  - Stack/Logging: props.settings.logStreamName is "a:b"; allowed: 1 to 512 characters, without ":" and "*"',
    ]);
  });

  test.each<[string, CloudWatchLoggingProps]>([
    ['every retention of the service', { retention: logs.RetentionDays.TEN_YEARS }],
    ['endless retention', { retention: logs.RetentionDays.INFINITE }],
    ['the smallest batch', { settings: { batchSize: 1 } }],
    ['the largest batch', { settings: { batchSize: 10_000 } }],
    ['a group name of 512 characters', { logGroupName: 'g'.repeat(512) }],
    ["Python's names of levels", { logLevel: 'CRITICAL' }],
    ['no level at all', { logLevel: 'SILENT', settings: { level: 'silent' } }],
    [
      'undefined for what is optional',
      { logGroupName: undefined, retention: undefined, settings: undefined },
    ],
  ])('may have %s', (__, props) => {
    expect(refusal(props)).toBeUndefined();
  });
});

test.each([
  ['eu-west-1a', '; did you mean eu-west-1?'],
  ['Frankfurt', ''],
])('a log group in the Region %s is refused, for the sink would not start', (region, hint) => {
  const stack = new Stack(new App(), 'Stack', { env: { account: '123456789012', region } });
  const arn = `arn:aws:logs:${region}:123456789012:log-group:/app`;
  const there = new Stack(new App(), 'There', { env: { account: '123456789012', region: 'eu-west-1' } });

  expect(() => new CloudWatchLogging(stack, 'Logging', {})).toThrow(
    `invalid setting: Region of the log group Stack/Logging/LogGroup is "${region}"; ` +
      `allowed: the name of an AWS Region, such as us-west-2${hint}`,
  );
  expect(() =>
    CloudWatchLogging.fromLogGroup(there, 'Logging', logs.LogGroup.fromLogGroupArn(there, 'Group', arn)),
  ).toThrow(`Region of the log group There/Group is "${region}"`);
});

test('the days of retention that CDK knows are those of the contract', () => {
  const known = Object.values(logs.RetentionDays).filter((days) => typeof days === 'number');

  expect(known).toEqual([...RETENTION_DAYS, logs.RetentionDays.INFINITE]);
});
