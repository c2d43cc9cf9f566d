import { MAX_QUERY_LENGTH } from '../../contract/limits.js';
import { isMap } from '../api/json.js';
import { parseQuery } from '../insights/parse-query.js';
import { queriedEvent } from '../insights/query/queried-event.js';
import { QueryRun, type QueryResults, type ResultRow } from '../insights/query-run.js';
import { ServiceError } from '../service-error.js';
import { countedBytes } from '../store/log-event.js';
import type { InsightsAnswer, InsightsRow, TextPlace } from './answers.js';
import { BadQuestion } from './question.js';
import { visitBackwards, type Walk } from './walk.js';

/** A query that takes events, the last one in time first. */
export type RunningQuery = Pick<QueryRun, 'isOpen' | 'failure' | 'take' | 'resultsInSteps'>;

/** Reads a query and begins with it. */
export type StartQuery = (text: string, nowMs: number) => RunningQuery;

/** By the server's own Logs Insights. */
export const startQuery: StartQuery = (text, nowMs) => new QueryRun(parseQuery(text), nowMs);

/** Bounds of an answer. */
const MAX_ROWS = 10_000;
const MAX_CHARACTERS = 16 * 1_048_576;

/**
 * Runs a query of Logs Insights over a selection, the body of the question naming it.
 *
 * @throws BadQuestion if the query is malformed, or its result is more than the server holds
 */
export async function insights(walk: Walk, body: unknown, start: StartQuery): Promise<InsightsAnswer> {
  const startedMs = performance.now();
  const run = started(() => start(queryIn(body), walk.nowMs));
  const scanned = { records: 0, bytes: 0 };
  await visitBackwards(walk, ({ source, event }) => {
    scanned.records += 1;
    scanned.bytes += countedBytes(event.message);
    run.take(queriedEvent(event, source.stream.name, source.group.log));
    return run.isOpen;
  });
  const results = await walk.turns.finish(run.resultsInSteps());
  if (run.failure !== undefined) throw new BadQuestion(run.failure, 'query');
  return {
    ...bounded(results),
    statistics: {
      recordsMatched: results.recordsMatched,
      recordsScanned: scanned.records,
      bytesScanned: scanned.bytes,
      durationMs: performance.now() - startedMs,
    },
  };
}

function queryIn(body: unknown): string {
  const query = isMap(body) ? body['query'] : undefined;
  if (typeof query !== 'string') throw new BadQuestion('The body must be {"query": "…"}.', 'query');
  if (query.length > MAX_QUERY_LENGTH)
    throw new BadQuestion(
      `A query has ${MAX_QUERY_LENGTH.toLocaleString('en')} characters at most, not ${query.length.toLocaleString('en')}.`,
      'query',
    );
  return query;
}

/** @throws BadQuestion where the query is refused in the way of the service, with the same message and place */
function started(start: () => RunningQuery): RunningQuery {
  try {
    return start();
  } catch (error) {
    if (error instanceof ServiceError) throw new BadQuestion(error.message, 'query', placeIn(error));
    throw error;
  }
}

function placeIn({ members }: ServiceError): TextPlace | undefined {
  const compileError = members['queryCompileError'];
  const location = isMap(compileError) ? compileError['location'] : undefined;
  if (!isMap(location)) return undefined;
  const { startCharOffset: start, endCharOffset: end } = location;
  return typeof start === 'number' && typeof end === 'number' ? { start, end } : undefined;
}

function bounded({ columns, rows }: QueryResults): Pick<InsightsAnswer, 'columns' | 'rows' | 'rowsLeftOut'> {
  const sent: InsightsRow[] = [];
  let characters = 0;
  for (const row of rows) {
    if (sent.length >= MAX_ROWS || characters >= MAX_CHARACTERS) break;
    const cells = columns.map((column) => row.get(column) ?? null);
    characters += cells.reduce((sum, cell) => sum + (cell?.length ?? 0), 0);
    sent.push({ cells, ...pointerOf(row) });
  }
  return { columns, rows: sent, rowsLeftOut: rows.length - sent.length };
}

function pointerOf(row: ResultRow): Pick<InsightsRow, 'ptr'> {
  const ptr = row.get('@ptr');
  return ptr === undefined ? {} : { ptr };
}
