import { parseFilterPattern } from '../filter-pattern/filter-pattern.js';
import { limitExceeded } from '../service-error.js';
import type { Filter } from '../store/group-filters.js';
import type { GroupSettings } from '../store/group-settings.js';

/** Filters of a log group whose pattern has a regular expression (documented). That both kinds count together is assumed. */
const MAX_REGEX_FILTERS = 5;

/**
 * The filters with one more. It replaces that of its name, and keeps its creation time (reported).
 *
 * @throws ServiceError if there are too many
 */
export function withFilter<Kind extends Filter>(
  filters: readonly Kind[],
  filter: Kind,
  most: number,
): Kind[] {
  const others = filters.filter(({ filterName }) => filterName !== filter.filterName);
  if (others.length >= most) throw limitExceeded();
  const { creationTime } = filters.find(({ filterName }) => filterName === filter.filterName) ?? filter;
  return [...others, { ...filter, creationTime }];
}

/** @throws ServiceError if a log group has too many filters with a regular expression */
export function checkRegexFilters({ metricFilters = [], subscriptionFilters = [] }: GroupSettings): void {
  const count = [...metricFilters, ...subscriptionFilters].filter(hasRegex).length;
  if (count > MAX_REGEX_FILTERS) throw limitExceeded();
}

function hasRegex({ filterPattern }: Filter): boolean {
  return parseFilterPattern(filterPattern).regexes > 0;
}
