import { Duration, type Stack } from 'aws-cdk-lib';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as sns from 'aws-cdk-lib/aws-sns';
import { SettingsError } from '../../../contract/problems.js';
import { flagSets, newStack, resources } from '../stacks.js';
import { deployedName, logGroupRef, operatedIn } from './operated.js';

function alarmsOf(stack: Stack): unknown[] {
  return resources(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties);
}

const errorsAlarm = {
  Namespace: deployedName('FapilogCloudWatch/', '/Logging'),
  MetricName: 'Errors',
  Statistic: 'Sum',
  Period: 300,
  EvaluationPeriods: 1,
  Threshold: 1,
  ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  TreatMissingData: 'notBreaching',
  AlarmDescription:
    'The application logged lines of level error or fatal (critical in Python). ' +
    'Look for them in the log group: filter coalesce(level, log.level) in ["error", "fatal", "ERROR", "CRITICAL"].',
};

const droppedAlarm = {
  ...errorsAlarm,
  MetricName: 'DroppedEvents',
  AlarmDescription:
    'The sink dropped log events, so that lines are missing from the log group. ' +
    'Look for the reason: filter droppedEvents > 0. ' +
    'Log less, or give the sink a larger queue, or ask for a higher quota of PutLogEvents.',
};

function silenceAlarm(logGroupName: object, time: string, period: number, periods: number): object {
  const metric = {
    Namespace: 'AWS/Logs',
    MetricName: 'IncomingLogEvents',
    Dimensions: [{ Name: 'LogGroupName', Value: logGroupName }],
  };
  return {
    Metrics: [
      { Id: 'expr_1', Expression: 'FILL(events, 0)', Label: 'IncomingLogEvents', ReturnData: true },
      { Id: 'events', MetricStat: { Metric: metric, Period: period, Stat: 'Sum' }, ReturnData: false },
    ],
    EvaluationPeriods: periods,
    Threshold: 1,
    ComparisonOperator: 'LessThanThreshold',
    TreatMissingData: 'breaching',
    AlarmDescription:
      `No log event arrived in the log group for ${time}. ` +
      'Look whether the application runs, whether its role may write, and what its sink reports on stderr.',
  };
}

const off = { enabled: false };

describe.each(flagSets)('addAlarms %s', (_, context) => {
  test('defines alarms on errors and on dropped log events', () => {
    const stack = newStack(context);
    const alarms = operatedIn(stack).logging.addAlarms();

    expect(alarmsOf(stack)).toEqual([errorsAlarm, droppedAlarm]);
    expect(alarms).toEqual({
      errors: expect.any(cloudwatch.Alarm),
      dropped: expect.any(cloudwatch.Alarm),
      silence: undefined,
      all: [alarms.errors, alarms.dropped],
    });
    expect(resources(stack, 'AWS::Logs::MetricFilter')).toHaveLength(2);
  });

  test('takes threshold, period and periods', () => {
    const stack = newStack(context);
    operatedIn(stack).logging.addAlarms({
      errors: { threshold: 10, period: Duration.minutes(1), evaluationPeriods: 5, datapointsToAlarm: 3 },
      dropped: off,
    });

    expect(alarmsOf(stack)).toEqual([
      { ...errorsAlarm, Threshold: 10, Period: 60, EvaluationPeriods: 5, DatapointsToAlarm: 3 },
    ]);
    expect(resources(stack, 'AWS::Logs::MetricFilter')).toHaveLength(1);
  });

  test.each([
    ['a minute', Duration.minutes(1), '1 minute', 60, 1],
    ['a day, in one period', Duration.days(1), '1 day', 86_400, 1],
    ['more than a day, in hours', Duration.hours(25), '1 day 1 hour', 3_600, 25],
    ['seven days', Duration.days(7), '7 days', 3_600, 168],
  ])('defines an alarm on silence for %s', (__, duration, time, period, periods) => {
    const stack = newStack(context);
    const operated = operatedIn(stack);
    const alarms = operated.logging.addAlarms({ errors: off, dropped: off, silence: { duration } });

    expect(alarmsOf(stack)).toEqual([silenceAlarm(logGroupRef(operated), time, period, periods)]);
    expect(alarms.all).toEqual([alarms.silence]);
    expect(resources(stack, 'AWS::Logs::MetricFilter')).toEqual([]);
  });

  test('tells each action of each alarm', () => {
    const stack = newStack(context);
    const topics = ['One', 'Two'].map((id) => new sns.Topic(stack, id));
    const operated = operatedIn(stack);
    operated.logging.addAlarms({
      silence: { duration: Duration.hours(1) },
      actions: topics.map((topic) => new SnsAction(topic)),
    });

    const AlarmActions = topics.map((topic) => stack.resolve(topic.topicArn));
    expect(alarmsOf(stack)).toEqual([
      { ...errorsAlarm, AlarmActions },
      { ...droppedAlarm, AlarmActions },
      { ...silenceAlarm(logGroupRef(operated), '1 hour', 3_600, 1), AlarmActions },
    ]);
  });

  test('refuses alarms on lines where there are no metric filters, and says how to go without', () => {
    const stack = newStack(context);
    const operated = operatedIn(stack, { logGroupClass: logs.LogGroupClass.INFREQUENT_ACCESS });
    const silence = { duration: Duration.hours(1) };

    expect(() => operated.logging.addAlarms({ dropped: off, silence })).toThrow(
      new Error(
        'Stack/Logging: addAlarms needs a metric filter, which a log group of class INFREQUENT_ACCESS cannot have; ' +
          'switch the alarms on lines off, with errors: { enabled: false } and dropped: { enabled: false }; ' +
          'the alarm on silence needs no metric filter',
      ),
    );
    operated.logging.addAlarms({ errors: off, dropped: off, silence });

    expect(alarmsOf(stack)).toEqual([silenceAlarm(logGroupRef(operated), '1 hour', 3_600, 1)]);
  });

  test('names every bad option at once, and defines nothing', () => {
    const stack = newStack(context);
    const { logging } = operatedIn(stack);

    expect(() =>
      logging.addAlarms({
        errors: { threshold: 0, period: Duration.seconds(90), datapointsToAlarm: 2 },
        dropped: { period: Duration.minutes(5), evaluationPeriods: 289 },
        silence: { duration: Duration.minutes(0) },
      }),
    ).toThrow(
      new SettingsError([
        {
          where: 'Stack/Logging: addAlarms.errors.threshold',
          value: 0,
          allowed: 'a whole number, 1 or more',
        },
        {
          where: 'Stack/Logging: addAlarms.errors.period',
          value: '1 minute 30 seconds',
          allowed: 'a multiple of 60 seconds, above 0',
        },
        {
          where: 'Stack/Logging: addAlarms.errors.datapointsToAlarm',
          value: 2,
          allowed: 'a whole number, 1 to 1',
        },
        {
          where: 'Stack/Logging: addAlarms.dropped.period × evaluationPeriods',
          value: '5 minutes × 289',
          allowed: 'one day in all for periods below one hour, seven days in all for longer ones',
        },
        {
          where: 'Stack/Logging: addAlarms.silence.duration',
          value: '0 minutes',
          allowed: 'whole minutes, from one minute to one day; or whole hours, to seven days',
        },
      ]),
    );
    expect(alarmsOf(stack)).toEqual([]);
  });
});
