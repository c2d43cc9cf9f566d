import type { SectionIn } from './sections.js';

/** The sinks that come with the package, by the name that `core.sinks` takes, with the section of their settings. */
export const SINKS = {
  cloudwatch: 'cloudwatch',
  stdout_json: 'stdoutJson',
  stdout_pretty: 'stdoutPretty',
  stderr_json: 'stderrJson',
  file: 'file',
} as const satisfies Readonly<Record<string, SectionIn<'sinkConfig'>>>;

/** The filters that come with the package, by the name that `core.filters` takes, with the section of their settings. */
export const FILTERS = {
  level: 'level',
  rate_limit: 'rateLimit',
  sampling: 'sampling',
  first_occurrence: 'firstOccurrence',
  size_guard: 'sizeGuard',
} as const satisfies Readonly<Record<string, SectionIn<'filterConfig'>>>;

export type SinkName = keyof typeof SINKS;
export type FilterName = keyof typeof FILTERS;
