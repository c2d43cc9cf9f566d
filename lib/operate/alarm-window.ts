import { Duration } from 'aws-cdk-lib';
import type { Problem } from '../../contract/problems.js';
import { isUnresolved } from '../tokens.js';

const MINUTE_S = 60;
const HOUR_S = 3_600;
const DAY_S = 86_400;
const WEEK_S = 604_800;

/** The periods that an alarm looks at, back to back. */
export interface AlarmWindow {
  readonly period: Duration;
  readonly evaluationPeriods: number;
}

/** Problems for which CloudWatch would refuse the window of an alarm. API: `PutMetricAlarm`, `Period`. Tokens pass. */
export function windowProblems({ period, evaluationPeriods }: AlarmWindow, where: string): Problem[] {
  const countProblems = wholeNumberProblems(evaluationPeriods, `${where}.evaluationPeriods`, 1);
  if (period.isUnresolved()) return countProblems;
  const seconds = period.toMilliseconds() / 1_000;
  if (seconds <= 0 || seconds % MINUTE_S !== 0) {
    const allowed = 'a multiple of 60 seconds, above 0';
    return [{ where: `${where}.period`, value: shownDuration(period), allowed }, ...countProblems];
  }
  if (isUnresolved(evaluationPeriods) || countProblems.length > 0) return countProblems;
  return seconds * evaluationPeriods > longestWindowS(seconds)
    ? [tooLong({ period, evaluationPeriods }, where)]
    : [];
}

/** @param max `undefined` for no bound */
export function wholeNumberProblems(
  value: number | undefined,
  where: string,
  min: number,
  max?: number,
): Problem[] {
  if (value === undefined || isUnresolved(value)) return [];
  const legal = Number.isSafeInteger(value) && value >= min && value <= (max ?? value);
  const bound = max === undefined ? `${min} or more` : `${min} to ${max}`;
  return legal ? [] : [{ where, value, allowed: `a whole number, ${bound}` }];
}

/** Problems of the time without log events after which an alarm is raised. Tokens pass. */
export function silenceProblems(duration: Duration, where: string): Problem[] {
  if (duration.isUnresolved()) return [];
  const seconds = duration.toMilliseconds() / 1_000;
  const step = seconds > DAY_S ? HOUR_S : MINUTE_S;
  if (seconds > 0 && seconds <= WEEK_S && seconds % step === 0) return [];
  const allowed = 'whole minutes, from one minute to one day; or whole hours, to seven days';
  return [{ where, value: shownDuration(duration), allowed }];
}

/**
 * One period for up to a day, periods of one hour for more: an alarm on stored metrics needs no period longer than a
 * day.
 */
export function silenceWindow(duration: Duration): AlarmWindow {
  const isLong = !duration.isUnresolved() && duration.toSeconds() > DAY_S;
  return isLong
    ? { period: Duration.hours(1), evaluationPeriods: duration.toHours() }
    : { period: duration, evaluationPeriods: 1 };
}

/** A duration in words, such as `90 seconds`. */
export function shownDuration(duration: Duration): string {
  return duration.isUnresolved() ? 'some time' : duration.toHumanString();
}

function tooLong({ period, evaluationPeriods }: AlarmWindow, where: string): Problem {
  const value = `${shownDuration(period)} × ${evaluationPeriods}`;
  const allowed = 'one day in all for periods below one hour, seven days in all for longer ones';
  return { where: `${where}.period × evaluationPeriods`, value, allowed };
}

function longestWindowS(periodS: number): number {
  return periodS < HOUR_S ? DAY_S : WEEK_S;
}
