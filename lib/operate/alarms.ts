import { aws_cloudwatch as cloudwatch, Duration } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { unknownOptions } from '../option-names.js';
import {
  ALARM_OPTIONS,
  COUNT_ALARM_OPTIONS,
  SILENCE_ALARM_OPTIONS,
  type AlarmOptions,
  type CountAlarmOptions,
} from './alarm-options.js';
import {
  shownDuration,
  silenceProblems,
  silenceWindow,
  windowProblems,
  wholeNumberProblems,
  type AlarmWindow,
} from './alarm-window.js';
import { incomingMetric } from './incoming-metrics.js';
import { ERROR_LEVELS, isOneOf } from '../line-fields.js';
import type { LineMetrics } from './line-metrics.js';
import { assertMayHave, type OperatedLogGroup } from './log-group-features.js';
import { idInTree, type Call } from '../repeatable-call.js';

/** Alarms that {@link ICloudWatchLogging.addAlarms} has defined. */
export interface Alarms {
  /** `undefined` if it was switched off. */
  readonly errors: cloudwatch.Alarm | undefined;
  /** `undefined` if it was switched off. */
  readonly dropped: cloudwatch.Alarm | undefined;
  /** `undefined` unless it was asked for. */
  readonly silence: cloudwatch.Alarm | undefined;
  /** All defined alarms, for a composite alarm or a widget. */
  readonly all: readonly cloudwatch.Alarm[];
}

const WITHOUT_FILTERS =
  'switch the alarms on lines off, with errors: { enabled: false } and dropped: { enabled: false }; ' +
  'the alarm on silence needs no metric filter';

/**
 * @throws SettingsError listing every option that CloudWatch would refuse
 * @throws Error if the log group cannot have the metric filters, or at a second call with the same id
 */
export function defineAlarms(
  group: OperatedLogGroup,
  lines: LineMetrics,
  call: Call<readonly [options?: AlarmOptions | undefined]>,
): Alarms {
  const { method } = call;
  const [options = {}] = call.rest;
  const { errors = {}, dropped = {}, silence, actions = [] } = options;
  assertNoProblems(optionProblems(options, `${group.scope.node.path}: ${method}`));
  if (isOn(errors) || isOn(dropped)) assertMayHave(group, 'a metric filter', method, WITHOUT_FILTERS);
  const scope = new Construct(group.scope, idInTree(group.scope, 'Alarms', call));
  const defined = {
    errors: isOn(errors) ? errorsAlarm(scope, lines, errors) : undefined,
    dropped: isOn(dropped) ? droppedAlarm(scope, lines, dropped) : undefined,
    silence: silence && silenceAlarm(scope, group, silence.duration),
  };
  const all = [defined.errors, defined.dropped, defined.silence].filter((alarm) => alarm !== undefined);
  for (const alarm of all) alarm.addAlarmAction(...actions);
  return { ...defined, all };
}

function isOn({ enabled = true }: CountAlarmOptions): boolean {
  return enabled;
}

function optionProblems(options: AlarmOptions, where: string): Problem[] {
  const { errors = {}, dropped = {}, silence } = options;
  return [
    ...unknownOptions(options, ALARM_OPTIONS, where),
    ...countProblems(errors, `${where}.errors`),
    ...countProblems(dropped, `${where}.dropped`),
    ...(silence
      ? [
          ...unknownOptions(silence, SILENCE_ALARM_OPTIONS, `${where}.silence`),
          ...silenceProblems(silence.duration, `${where}.silence.duration`),
        ]
      : []),
  ];
}

function countProblems(options: CountAlarmOptions, where: string): Problem[] {
  const { evaluationPeriods } = windowOf(options);
  const { threshold, datapointsToAlarm } = options;
  return [
    ...unknownOptions(options, COUNT_ALARM_OPTIONS, where),
    ...wholeNumberProblems(threshold, `${where}.threshold`, 1),
    ...windowProblems(windowOf(options), where),
    ...wholeNumberProblems(datapointsToAlarm, `${where}.datapointsToAlarm`, 1, evaluationPeriods),
  ];
}

function windowOf({ period = Duration.minutes(5), evaluationPeriods = 1 }: CountAlarmOptions): AlarmWindow {
  return { period, evaluationPeriods };
}

function errorsAlarm(scope: Construct, lines: LineMetrics, options: CountAlarmOptions): cloudwatch.Alarm {
  return countAlarm(
    scope,
    'Errors',
    lines.errors('addAlarms', { period: windowOf(options).period }),
    options,
    [
      'The application logged lines of level error or fatal (critical in Python).',
      `Look for them in the log group: filter ${isOneOf('level', ERROR_LEVELS)}.`,
    ],
  );
}

function droppedAlarm(scope: Construct, lines: LineMetrics, options: CountAlarmOptions): cloudwatch.Alarm {
  const metric = lines.droppedEvents('addAlarms', { period: windowOf(options).period });
  return countAlarm(scope, 'Dropped', metric, options, [
    'The sink dropped log events, so that lines are missing from the log group.',
    'Look for the reason: filter droppedEvents > 0.',
    'Log less, or give the sink a larger queue, or ask for a higher quota of PutLogEvents.',
  ]);
}

function countAlarm(
  scope: Construct,
  id: string,
  metric: cloudwatch.Metric,
  { threshold = 1, datapointsToAlarm, ...window }: CountAlarmOptions,
  description: readonly string[],
): cloudwatch.Alarm {
  return new cloudwatch.Alarm(scope, id, {
    metric,
    threshold,
    evaluationPeriods: windowOf(window).evaluationPeriods,
    ...(datapointsToAlarm === undefined ? {} : { datapointsToAlarm }),
    comparisonOperator: cloudwatch.ComparisonOperator.GREATER_THAN_OR_EQUAL_TO_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
    alarmDescription: description.join(' '),
  });
}

/**
 * Fills a period without log events with 0. CloudWatch looks back further than the alarm's own periods and prefers an
 * old datapoint to a missing one, which would delay the alarm. Missing data breaches too, for a log group that has
 * never had an event.
 */
function silenceAlarm(scope: Construct, group: OperatedLogGroup, duration: Duration): cloudwatch.Alarm {
  const { period, evaluationPeriods } = silenceWindow(duration);
  return new cloudwatch.Alarm(scope, 'Silence', {
    metric: new cloudwatch.MathExpression({
      expression: 'FILL(events, 0)',
      label: 'IncomingLogEvents',
      usingMetrics: { events: incomingMetric(group, 'IncomingLogEvents', { period }) },
      period,
    }),
    threshold: 1,
    evaluationPeriods,
    comparisonOperator: cloudwatch.ComparisonOperator.LESS_THAN_THRESHOLD,
    treatMissingData: cloudwatch.TreatMissingData.BREACHING,
    alarmDescription:
      `No log event arrived in the log group for ${shownDuration(duration)}. ` +
      'Look whether the application runs, whether its role may write, and what its sink reports on stderr.',
  });
}
