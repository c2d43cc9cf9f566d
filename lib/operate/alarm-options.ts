import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import type { OptionNames } from '../option-names.js';

/** Alarms that {@link ICloudWatchLogging.addAlarms} defines, and their actions. */
export interface AlarmOptions {
  /**
   * Alarm on lines of level `error` and `fatal`, and in Python `ERROR` and `CRITICAL`.
   *
   * @default - one such line within five minutes
   */
  readonly errors?: CountAlarmOptions | undefined;

  /**
   * Alarm on log events that the sink dropped and was still able to report.
   *
   * @default - one such event within five minutes
   */
  readonly dropped?: CountAlarmOptions | undefined;

  /**
   * Alarm if no log event arrives, for applications that always log something.
   *
   * @default - no such alarm
   */
  readonly silence?: SilenceAlarmOptions | undefined;

  /**
   * Actions of each alarm when it is raised, such as `new SnsAction(topic)` of `aws-cdk-lib/aws-cloudwatch-actions`.
   *
   * @default - none; the alarms only show
   */
  readonly actions?: readonly cloudwatch.IAlarmAction[] | undefined;
}

/** An alarm on the sum of a metric. */
export interface CountAlarmOptions {
  /**
   * Whether the alarm is defined.
   *
   * @default true
   */
  readonly enabled?: boolean | undefined;

  /**
   * Lowest count that makes a period bad: a whole number, 1 or more.
   *
   * @default 1
   */
  readonly threshold?: number | undefined;

  /**
   * Length of a period: a multiple of one minute. All periods together: one day at most, or seven days if each is one
   * hour or longer.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration | undefined;

  /**
   * Number of periods that the alarm looks at: a whole number, 1 or more.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number | undefined;

  /**
   * Number of these periods that must be bad: a whole number from 1 to `evaluationPeriods`.
   *
   * @default - all of them
   */
  readonly datapointsToAlarm?: number | undefined;
}

/** An alarm on the absence of log events. */
export interface SilenceAlarmOptions {
  /** Time without any log event: whole minutes up to one day, or whole hours up to seven days. */
  readonly duration: Duration;
}

export const ALARM_OPTIONS: OptionNames<AlarmOptions> = {
  errors: true,
  dropped: true,
  silence: true,
  actions: true,
};

export const COUNT_ALARM_OPTIONS: OptionNames<CountAlarmOptions> = {
  enabled: true,
  threshold: true,
  period: true,
  evaluationPeriods: true,
  datapointsToAlarm: true,
};

export const SILENCE_ALARM_OPTIONS: OptionNames<SilenceAlarmOptions> = { duration: true };
