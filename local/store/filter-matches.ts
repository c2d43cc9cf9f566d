import type { Filter } from './group-filters.js';
import type { LogGroup } from './log-group.js';
import type { Stores } from './stores.js';

/** How many events matched a filter. */
export interface FilterMatches {
  /** Account of the log group. */
  readonly accountId: string;
  /** Region of the log group. */
  readonly region: string;
  /** Log group of the filter. */
  readonly logGroupName: string;
  /** Kind of the filter. */
  readonly kind: 'metric' | 'subscription';
  /** Name of the filter. */
  readonly filterName: string;
  /** Pattern of the filter; an empty one matches every event. */
  readonly filterPattern: string;
  /** Events that matched since the filter was put or the server started, whichever was later. */
  readonly matches: number;
}

export function filterMatches(stores: Stores): FilterMatches[] {
  return stores.all.flatMap(({ groups }) => groups).flatMap(matchesOf);
}

function matchesOf(group: LogGroup): FilterMatches[] {
  const { metricFilters = [], subscriptionFilters = [] } = group.settings;
  return [
    ...metricFilters.map((filter) => matchesOfFilter(group, filter, 'metric')),
    ...subscriptionFilters.map((filter) => matchesOfFilter(group, filter, 'subscription')),
  ];
}

function matchesOfFilter(group: LogGroup, filter: Filter, kind: FilterMatches['kind']): FilterMatches {
  const { place, name } = group.identity;
  const { filterName, filterPattern } = filter;
  const matches = group.filters.matchesOf(filter);
  return { ...place, logGroupName: name, kind, filterName, filterPattern, matches };
}
