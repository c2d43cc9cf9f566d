import type { Duration } from 'aws-cdk-lib';
import type * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';

/** Which alarms {@link ICloudWatchLogging.addAlarms} defines, and whom they tell. */
export interface AlarmOptions {
  /**
   * Alarm on lines of level `error` and `fatal`.
   *
   * @default - one such line within five minutes
   */
  readonly errors?: CountAlarmOptions | undefined;

  /**
   * Alarm on log events that the sink had to drop, as far as it could still tell of them.
   *
   * @default - one such event within five minutes
   */
  readonly dropped?: CountAlarmOptions | undefined;

  /**
   * Alarm on the absence of any log event, for applications that always log something.
   *
   * @default - no such alarm
   */
  readonly silence?: SilenceAlarmOptions | undefined;

  /**
   * What is done when an alarm is raised, for each of them: `new SnsAction(topic)` of `aws-cdk-lib/aws-cloudwatch-actions`.
   *
   * @default - nothing; the alarms only show
   */
  readonly actions?: readonly cloudwatch.IAlarmAction[] | undefined;
}

/** An alarm on the sum of a metric. */
export interface CountAlarmOptions {
  /**
   * Whether there is such an alarm.
   *
   * @default true
   */
  readonly enabled?: boolean | undefined;

  /**
   * The count within a period from which on the period is bad: a whole number, 1 or more.
   *
   * @default 1
   */
  readonly threshold?: number | undefined;

  /**
   * A multiple of one minute. All periods together: one day at most, or seven days if each is one hour or longer.
   *
   * @default Duration.minutes(5)
   */
  readonly period?: Duration | undefined;

  /**
   * Periods that are looked at: a whole number, 1 or more.
   *
   * @default 1
   */
  readonly evaluationPeriods?: number | undefined;

  /**
   * How many of the periods must be bad.
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
