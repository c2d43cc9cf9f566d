import type { QueryResults, ResultRow } from '../insights/query-run.js';
import type { StartedQuery } from '../insights/started-query.js';
import { operation } from './operation.js';
import { decodeIndex, encodeIndex } from './pages.js';
import { QUERY_LANGUAGE } from './query-language.js';

/** API: `maxItems`. */
const MAX_ROWS = 10_000;

/** Characters of values after which a page ends, a limit of this server: an answer of 10,000 lines of a mebibyte each could not be sent. */
const MAX_CHARACTERS = 32 * 1_048_576;

interface ResultField {
  readonly field: string;
  readonly value: string;
}

export const getQueryResults = operation('GetQueryResults', {
  honours: ['queryId', 'nextToken', 'maxItems'],
  enforces:
    'the rows so far while the query runs, unless they are many; `@ptr` of rows that stand for an event; statistics; pages of 10,000 rows, or of 32 MiB',
  assumes:
    'a column without a value is left out; `maxItems` of 0 is as none; a token does not expire; the result of a failed query is empty',
  run({ queryId, nextToken, maxItems }, { store, queries }) {
    const query = queries.find(store.place, queryId);
    const results = query.results();
    const owner = `GetQueryResults ${queryId}`;
    const start = nextToken === undefined ? 0 : decodeIndex(owner, nextToken);
    const page = pageOf(results, start, maxItems || MAX_ROWS);
    const end = start + page.length;
    return {
      queryLanguage: QUERY_LANGUAGE,
      results: page,
      statistics: statisticsOf(query, results),
      status: query.status,
      ...(end < results.rows.length && { nextToken: encodeIndex(owner, end) }),
    };
  },
});

function pageOf({ columns, rows }: QueryResults, start: number, limit: number): ResultField[][] {
  const page: ResultField[][] = [];
  let characters = 0;
  for (const row of rows.slice(start, start + limit)) {
    const fields = fieldsOf(row, columns);
    page.push(fields);
    for (const { value } of fields) characters += value.length;
    if (characters >= MAX_CHARACTERS) break;
  }
  return page;
}

/** The pointer comes last, unless the query has it as a column. */
function fieldsOf(row: ResultRow, columns: readonly string[]): ResultField[] {
  const names = columns.includes('@ptr') ? columns : [...columns, '@ptr'];
  return names.flatMap((field) => {
    const value = row.get(field);
    return value === undefined ? [] : [{ field, value }];
  });
}

/** Nothing is indexed here, and so nothing skipped. */
function statisticsOf({ scanned, question }: StartedQuery, { recordsMatched }: QueryResults): object {
  return {
    recordsMatched,
    recordsScanned: scanned.records,
    estimatedRecordsSkipped: 0,
    bytesScanned: scanned.bytes,
    estimatedBytesSkipped: 0,
    logGroupsScanned: question.groups.length,
  };
}
