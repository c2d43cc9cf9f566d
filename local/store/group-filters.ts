import type { InputOf } from '../api/shapes.js';
import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import type { InputLogEvent } from './log-event.js';

/** A filter as it was put; one with the same name replaces it. */
export interface Filter {
  readonly filterName: string;
  readonly filterPattern: string;
  readonly creationTime: number;
}

export interface MetricFilter
  extends Filter, Pick<InputOf<'PutMetricFilter'>, 'metricTransformations' | 'emitSystemFieldDimensions'> {}

export interface SubscriptionFilter
  extends
    Filter,
    Pick<
      InputOf<'PutSubscriptionFilter'>,
      'destinationArn' | 'roleArn' | 'distribution' | 'emitSystemFields'
    > {}

interface Counter {
  readonly isMatch: (message: string) => boolean;
  matches: number;
}

/** Counts the events that match a log group's filters. Nothing else comes of a match: no metric, and no delivery. */
export class GroupFilters {
  readonly #counters = new WeakMap<Filter, Counter>();

  /** Counts events that were just stored. */
  count(filters: readonly Filter[], events: readonly InputLogEvent[]): void {
    if (filters.length === 0) return;
    const counters = filters.map((filter) => this.#counterOf(filter));
    for (const { message } of events)
      for (const counter of counters) counter.matches += Number(counter.isMatch(message));
  }

  /** Events that matched since the filter was put, or the server was started. */
  matchesOf(filter: Filter): number {
    return this.#counterOf(filter).matches;
  }

  #counterOf(filter: Filter): Counter {
    const counter = this.#counters.get(filter) ?? { isMatch: matcherOf(filter), matches: 0 };
    this.#counters.set(filter, counter);
    return counter;
  }
}

/** A filter that another version of the server kept may have a pattern that this one refuses. It matches nothing. */
function matcherOf({ filterPattern }: Filter): (message: string) => boolean {
  try {
    return parseFilterPattern(filterPattern).matches;
  } catch {
    return () => false;
  }
}
