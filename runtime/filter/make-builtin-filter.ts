import type { FilterName } from '../../contract/built-in.js';
import type { Settings } from '../settings/settings.js';
import type { Filter, FilterContext } from './filter.js';
import { FirstOccurrenceFilter } from './first-occurrence.js';
import { LevelFilter } from './level.js';
import { RateLimitFilter } from './rate-limit.js';
import { SamplingFilter } from './sampling.js';
import { SizeGuardFilter } from './size-guard.js';

type FilterSettings = Settings['filterConfig'];
type Make = (settings: FilterSettings, context: FilterContext) => Filter;

const makers: Readonly<Record<FilterName, Make>> = {
  level: ({ level }) => new LevelFilter(level),
  rate_limit: ({ rateLimit }, context) => new RateLimitFilter(rateLimit, context),
  sampling: ({ sampling }, context) => new SamplingFilter(sampling, context),
  first_occurrence: ({ firstOccurrence }, context) => new FirstOccurrenceFilter(firstOccurrence, context),
  size_guard: ({ sizeGuard }, context) => new SizeGuardFilter(sizeGuard, context),
};

/** Makes a filter that comes with the package, with its own settings. */
export function makeBuiltinFilter(
  name: FilterName,
  settings: Pick<Settings, 'filterConfig'>,
  context: FilterContext,
): Filter {
  return makers[name](settings.filterConfig, context);
}
