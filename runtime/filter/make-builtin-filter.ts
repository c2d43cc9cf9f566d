import type { FilterName } from '../../contract/built-in.js';
import type { Settings } from '../settings/settings.js';
import type { Filter, FilterContext } from './filter.js';
import { FirstOccurrenceFilter } from './first-occurrence.js';
import { levelFilter } from './level.js';
import { RateLimitFilter } from './rate-limit.js';
import { samplingFilter } from './sampling.js';
import { sizeGuardFilter } from './size-guard.js';

type FilterSettings = Settings['filterConfig'];
type Make = (settings: FilterSettings, context: FilterContext) => Filter;

const makers: Readonly<Record<FilterName, Make>> = {
  level: ({ level }) => levelFilter(level),
  rate_limit: ({ rateLimit }, context) => new RateLimitFilter(rateLimit, context),
  sampling: ({ sampling }, context) => samplingFilter(sampling, context),
  first_occurrence: ({ firstOccurrence }, context) => new FirstOccurrenceFilter(firstOccurrence, context),
  size_guard: ({ sizeGuard }, context) => sizeGuardFilter(sizeGuard, context),
};

/** Makes a filter that comes with the package, with its own settings. */
export function makeBuiltinFilter(
  name: FilterName,
  settings: Pick<Settings, 'filterConfig'>,
  context: FilterContext,
): Filter {
  return makers[name](settings.filterConfig, context);
}
