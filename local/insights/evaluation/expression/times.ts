import type { Expression } from '../../query/query.js';
import { malformedQuery } from '../../query/malformed-query.js';
import type { Reader, Surroundings } from '../values/reader.js';
import { endOfPeriod, type Period, readPeriod, startOfPeriod } from '../values/period.js';
import { instantOf, numberOf } from '../values/value.js';

type Make = (
  parts: readonly Reader[],
  expressions: readonly Expression[],
  surroundings: Surroundings,
) => Reader;

/** Functions of time. */
export const timeFunctions: Readonly<Record<string, Make>> = {
  /** The start of the period in which the event is. */
  bin: (_, [period]) => rounded((row) => row.get('@timestamp'), startOfPeriod, periodOf(period)),
  datefloor: ([time], [, period]) => rounded(time!, startOfPeriod, periodOf(period)),
  dateceil: ([time], [, period]) => rounded(time!, endOfPeriod, periodOf(period)),
  frommillis:
    ([number]) =>
    (row) =>
      instantOf(numberOf(number!(row))),
  tomillis:
    ([time]) =>
    (row) =>
      numberOf(time!(row)),
  /** Seconds since 1970 when the query began (documented). */
  now:
    (_parts, _expressions, { nowMs }) =>
    () =>
      Math.floor(nowMs / 1_000),
};

function rounded(time: Reader, round: (ms: number, period: Period) => number, period: Period): Reader {
  return (row) => {
    const ms = numberOf(time(row));
    return ms === undefined ? undefined : instantOf(round(ms, period));
  };
}

/** @throws ServiceError for what is no period: {@link parseQuery} lets none through */
function periodOf(expression: Expression | undefined): Period {
  const text = expression?.kind === 'literal' ? String(expression.value) : '';
  const period = readPeriod(text);
  if (period === undefined)
    throw malformedQuery(`'${text}' is no period. Write a number and a unit, such as 5m.`);
  return period;
}
