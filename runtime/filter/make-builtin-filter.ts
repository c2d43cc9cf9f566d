import type { Settings } from '../settings/settings.js';
import type { Filter, FilterContext } from './filter.js';
import { FirstOccurrenceFilter } from './first-occurrence.js';
import { LevelFilter } from './level.js';
import { RateLimitFilter } from './rate-limit.js';
import { SamplingFilter } from './sampling.js';
import { SizeGuardFilter } from './size-guard.js';

type FilterSettings = Settings['filterConfig'];
type Make = (settings: FilterSettings, context: FilterContext) => Filter;

const makers = new Map<string, Make>([
  ['level', ({ level }) => new LevelFilter(level)],
  ['rate_limit', ({ rateLimit }, context) => new RateLimitFilter(rateLimit, context)],
  ['sampling', ({ sampling }, context) => new SamplingFilter(sampling, context)],
  ['first_occurrence', ({ firstOccurrence }, context) => new FirstOccurrenceFilter(firstOccurrence, context)],
  ['size_guard', ({ sizeGuard }, context) => new SizeGuardFilter(sizeGuard, context)],
]);

/** The filters that need no plugin, as settings name them. */
export const builtinFilterNames: readonly string[] = [...makers.keys()];

/** Makes the filter of this name with its settings; `undefined` if no built-in filter has the name. */
export function makeBuiltinFilter(
  name: string,
  settings: Pick<Settings, 'filterConfig'>,
  context: FilterContext,
): Filter | undefined {
  return makers.get(name)?.(settings.filterConfig, context);
}
