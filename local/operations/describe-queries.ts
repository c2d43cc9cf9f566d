import type { StartedQuery } from '../insights/started-query.js';
import { operation } from './operation.js';
import { listPage } from './pages.js';
import { QUERY_LANGUAGE } from './query-language.js';

/** API: `maxResults`. */
const MAX_QUERIES = 1_000;

export const describeQueries = operation('DescribeQueries', {
  honours: ['logGroupName', 'status', 'maxResults', 'nextToken', 'queryLanguage'],
  enforces: 'an existing log group; a status; pages of 1,000, or as asked',
  assumes:
    'the last query comes first; a query of several log groups is shown with the first one, and found by any; nobody is shown as its user; a query is forgotten after 7 days (documented for its results), after 1,000 others, or when results have more than 64 MiB',
  run({ logGroupName, status, maxResults, nextToken, queryLanguage }, { store, queries }) {
    if (logGroupName !== undefined) store.group(logGroupName);
    const isWanted = (query: StartedQuery): boolean =>
      (status === undefined || query.status === status) &&
      (logGroupName === undefined || groupNames(query).includes(logGroupName));
    const found = queryLanguage === undefined || queryLanguage === QUERY_LANGUAGE;
    const { items, ...next } = listPage({
      of: `DescribeQueries ${store.place.region} ${logGroupName} ${status}`,
      items: found ? queries.all(store.place).filter(isWanted) : [],
      keyOf: ({ createdMs, id }) => [createdMs, id],
      descending: true,
      limit: maxResults ?? MAX_QUERIES,
      token: nextToken,
    });
    return { queries: items.map(describe), ...next };
  },
});

function groupNames({ question }: StartedQuery): string[] {
  return question.groups.map(({ identity }) => identity.name);
}

function describe(query: StartedQuery): object {
  return {
    queryLanguage: QUERY_LANGUAGE,
    queryId: query.id,
    queryString: query.question.queryString,
    status: query.status,
    createTime: query.createdMs,
    logGroupName: groupNames(query)[0],
    queryDuration: query.durationMs,
    bytesScanned: query.scanned.bytes,
  };
}
