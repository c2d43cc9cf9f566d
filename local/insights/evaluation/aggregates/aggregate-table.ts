import { malformedQuery } from '../../query/malformed-query.js';
import type { Expression } from '../../query/query.js';
import { naturalOrder } from '../values/natural-order.js';
import type { Aggregate, Hold } from './aggregate.js';
import { ByTime, Extreme, FirstInOrder, reverse } from './chosen.js';
import { DistinctCount, RowCount, ValueCount } from './counts.js';
import { Average, median, percentile, StandardDeviation, Sum } from './numbers.js';

export type AggregateCall = Extract<Expression, { kind: 'aggregate' }>;

type Make = (hold: Hold, call: AggregateCall) => Aggregate;

const aggregates: Readonly<Record<string, Make>> = {
  count: (_, call) => (call.arguments.length === 0 ? new RowCount() : new ValueCount()),
  count_distinct: (hold) => new DistinctCount(hold),
  sum: () => new Sum(),
  avg: () => new Average(),
  min: () => new Extreme('min'),
  max: () => new Extreme('max'),
  median: (hold) => median(hold),
  pct: (hold, call) => percentile(percentOf(call), hold),
  stddev: () => new StandardDeviation(),
  earliest: () => new ByTime('earliest'),
  latest: () => new ByTime('latest'),
  sortsfirst: () => new FirstInOrder(naturalOrder),
  sortslast: () => new FirstInOrder(reverse(naturalOrder)),
};

/** @throws ServiceError for an aggregate that there is not: {@link parseQuery} lets none through */
export function aggregateMaker(call: AggregateCall): (hold: Hold) => Aggregate {
  const make = Object.hasOwn(aggregates, call.name) ? aggregates[call.name] : undefined;
  if (make === undefined) throw malformedQuery(`There is no aggregate ${call.name}.`);
  return (hold) => make(hold, call);
}

function percentOf(call: AggregateCall): number {
  const percent = call.arguments[1];
  return percent?.kind === 'literal' ? Number(percent.value) : Number.NaN;
}
