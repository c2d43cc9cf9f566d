import type { InputOf } from '../api/shapes.js';
import { malformedQuery } from '../insights/query/malformed-query.js';
import { parseQuery } from '../insights/parse-query.js';
import type { Query } from '../insights/query/query.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { Store } from '../store/store.js';
import { identifiedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';
import { checkQueryLanguage } from './query-language.js';

type Input = InputOf<'StartQuery'>;

/** API: `logGroupNames`. */
const MAX_LOG_GROUPS = 50;

/** API: `limit`. */
const DEFAULT_LIMIT = 10_000;

/** A time in milliseconds since 1970 is at least as great since 1973, one in seconds not before the year 5138. */
const LEAST_MILLISECONDS = 100_000_000_000;

export const startQuery = operation('StartQuery', {
  honours: [
    'queryLanguage',
    'logGroupName',
    'logGroupNames',
    'logGroupIdentifiers',
    'startTime',
    'endTime',
    'queryString',
    'limit',
  ],
  enforces:
    'one to 50 existing log groups by one of three members, class STANDARD or INFREQUENT_ACCESS; the query; times in seconds, the end inclusive to its millisecond; an end before the creation or past the retention of all log groups is refused; events past their retention are not read; 10,000 rows, or `limit`; 100 queries at the same time; 60 minutes',
  assumes:
    'the lower one of `limit` and the `limit` of the query counts; a start after the end, times in milliseconds and other query languages are refused; a log group that is named twice is read once',
  run(input, { store, nowMs, queries }) {
    checkQueryLanguage(input.queryLanguage);
    const groups = groupsOf(store, input);
    const span = spanOf(input);
    const query = limited(parseQuery(input.queryString), input.limit);
    checkReach(input, groups, span.endMs, nowMs);
    const { queryString } = input;
    return { queryId: queries.start({ place: store.place, queryString, query, groups, ...span }).id };
  },
});

/** That one of three members is needed is documented, texts are assumed. So is what a class that has no queries is refused with. */
function groupsOf(store: Store, { logGroupName, logGroupNames, logGroupIdentifiers }: Input): LogGroup[] {
  const given = [logGroupName && [logGroupName], logGroupNames, logGroupIdentifiers];
  const [names, ...others] = given.filter((each) => each !== undefined && each.length > 0);
  if (!names || others.length > 0)
    throw invalidParameter(
      'Specify exactly one of logGroupName, logGroupNames and logGroupIdentifiers. The SOURCE command is not implemented by this local server.',
    );
  if (names.length > MAX_LOG_GROUPS)
    throw invalidParameter(`A query can have up to ${MAX_LOG_GROUPS} log groups: got ${names.length}.`);
  const isArnAllowed = names === logGroupIdentifiers;
  const groups = names.map((name) => (isArnAllowed ? identifiedGroup(store, name) : store.group(name)));
  return [...new Set(groups.map((group) => ofClass(group, 'STANDARD', 'INFREQUENT_ACCESS')))];
}

/**
 * Both ends are inclusive (documented). The end was reported to mean its millisecond, not its whole second:
 * https://github.com/aws/aws-sdk/issues/280.
 */
function spanOf({ startTime, endTime }: Input): { startMs: number; endMs: number } {
  for (const [name, time] of Object.entries({ startTime, endTime }))
    if (time >= LEAST_MILLISECONDS)
      throw invalidParameter(`${name} is in seconds since 1970: got ${time}, which looks like milliseconds.`);
  if (startTime > endTime)
    throw invalidParameter(`startTime must not be after endTime: got ${startTime} and ${endTime}.`);
  return { startMs: startTime * 1_000, endMs: endTime * 1_000 };
}

function limited(query: Query, limit: number | undefined): Query {
  const hasLimit = query.commands.some(({ kind }) => kind === 'limit');
  if (hasLimit && limit === undefined) return query;
  return { commands: [...query.commands, { kind: 'limit', count: limit ?? DEFAULT_LIMIT }] };
}

/**
 * Error and text are reported. Assumed is that it takes all log groups, that a log group may be as young as the second of the end, and
 * that the numbers in parentheses are the length of the query.
 */
function checkReach({ queryString }: Input, groups: readonly LogGroup[], endMs: number, nowMs: number): void {
  const isWithin = (group: LogGroup): boolean =>
    endMs > group.identity.creationTime - 1_000 && endMs >= group.expiresBeforeMs(nowMs);
  if (groups.some(isWithin)) return;
  throw malformedQuery(
    `Query's end date and time is either before the log groups creation time or exceeds the log groups log retention settings ([0,${queryString.length}])`,
    { start: 0, end: queryString.length },
  );
}
