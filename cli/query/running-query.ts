import { setTimeout } from 'node:timers/promises';
import type {
  GetQueryResultsCommandOutput,
  QueryStatistics,
  ResultField,
  StartQueryCommandInput,
} from '@aws-sdk/client-cloudwatch-logs';
import { callFailure } from '../aws/call-failure.js';
import type { Connection } from '../aws/connection.js';
import { Failure } from '../failure.js';
import { isMalformed, malformedFailure } from './malformed.js';

export type Question = StartQueryCommandInput & { queryString: string };

/** Milliseconds before a query is asked for its result again: the first time, and at most. It grows by half. */
const FIRST_DELAY_MS = 200;
const MOST_DELAY_MS = 2_000;

/** Who has asked to end waits no longer than this for the query to be stopped. */
const STOP_MS = 3_000;

/** A query that the service runs. */
export class RunningQuery {
  readonly #connection: Connection;
  readonly #queryId: string;
  readonly #signal: AbortSignal;

  private constructor(connection: Connection, queryId: string, signal: AbortSignal) {
    this.#connection = connection;
    this.#queryId = queryId;
    this.#signal = signal;
  }

  /**
   * @param signal ends the calls, too
   * @throws Failure if the service refuses the query
   */
  static async start(connection: Connection, question: Question, signal: AbortSignal): Promise<RunningQuery> {
    try {
      const { queryId = '' } = await connection.client.startQuery(question, { abortSignal: signal });
      return new RunningQuery(connection, queryId, signal);
    } catch (error) {
      if (isMalformed(error)) throw malformedFailure(question.queryString, error);
      throw callFailure(error, { operation: 'StartQuery', connection });
    }
  }

  /**
   * Waits for the end of the query, and returns the first page of its result.
   *
   * @throws Failure if the query came to no result
   */
  async finished(onProgress: (statistics: QueryStatistics) => void): Promise<GetQueryResultsCommandOutput> {
    for (let delayMs = FIRST_DELAY_MS; ; delayMs = Math.min(delayMs * 1.5, MOST_DELAY_MS)) {
      const page = await this.#page();
      if (page.status === 'Complete') return page;
      if (page.status !== 'Scheduled' && page.status !== 'Running') throw new Failure(endText(page.status));
      onProgress(page.statistics ?? {});
      await setTimeout(delayMs, undefined, { signal: this.#signal });
    }
  }

  /** The rows, a page at a time. */
  async *pages(first: GetQueryResultsCommandOutput): AsyncGenerator<readonly ResultField[][]> {
    yield first.results ?? [];
    for (let { nextToken } = first; nextToken !== undefined;) {
      const page: GetQueryResultsCommandOutput = await this.#page(nextToken);
      yield page.results ?? [];
      nextToken = page.nextToken;
    }
  }

  /** Stops it, so that nobody pays for what nobody reads. One that has ended meanwhile is stopped, too. */
  async stop(): Promise<void> {
    const { client } = this.#connection;
    const abortSignal = AbortSignal.timeout(STOP_MS);
    await client.stopQuery({ queryId: this.#queryId }, { abortSignal }).catch(() => undefined);
  }

  async #page(nextToken?: string): Promise<GetQueryResultsCommandOutput> {
    const input = { queryId: this.#queryId, ...(nextToken !== undefined && { nextToken }) };
    try {
      return await this.#connection.client.getQueryResults(input, { abortSignal: this.#signal });
    } catch (error) {
      throw callFailure(error, { operation: 'GetQueryResults', connection: this.#connection });
    }
  }
}

function endText(status: string | undefined): string {
  if (status === 'Timeout')
    return 'The query timed out after 60 minutes. Ask over a shorter time (--since, --until) or fewer log groups.';
  if (status === 'Cancelled') return 'The query was stopped by somebody else.';
  return `The query came to no result: its status is ${status}. Ask over a shorter time (--since, --until), or for fewer rows.`;
}
