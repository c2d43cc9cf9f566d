import { setImmediate } from 'node:timers/promises';
import type { AccountRegion } from '../arns.js';
import { ServiceError } from '../service-error.js';
import { Turns } from '../turns.js';
import type { Query } from './query/query.js';
import { QueryRun } from './query-run.js';
import { type Question, type Run, StartedQuery } from './started-query.js';

/** Queries at the same time, in an account's Region. API. */
const MAX_CONCURRENT = 100;

/** How long results can be had (documented). */
const KEPT_MS = 7 * 86_400_000;

/** Queries of a server that have ended, and the characters of all their results. Limits of this server: the oldest one is forgotten. */
const MAX_ENDED = 1_000;
const MAX_CHARACTERS = 64 * 1_048_576;

export interface QueriesOptions {
  readonly clock: () => number;
  /** Called with a line about a query that failed. Default: nobody. */
  readonly onNotice?: ((line: string) => void) | undefined;
  /** Makes what reads the events. Default: a `QueryRun`. */
  readonly runOf?: ((query: Query, nowMs: number) => Run) | undefined;
}

/** The queries of Logs Insights of a server. They read in turns of the event loop, one after the other. */
export class Queries {
  readonly #options: QueriesOptions;
  /** In the order in which they were started. */
  readonly #queries = new Map<string, StartedQuery>();
  readonly #reading = new Set<Promise<void>>();
  /** Characters of the results of those that have ended. */
  readonly #characters = new Map<string, number>();
  #lastTurn: Promise<unknown> = Promise.resolve();

  constructor(options: QueriesOptions) {
    this.#options = options;
  }

  /**
   * Starts a query. It reads after the present turn of the event loop.
   *
   * @throws ServiceError if the account has too many. The text is reported
   */
  start(question: Question): StartedQuery {
    const running = this.all(question.place).filter(({ hasEnded }) => !hasEnded);
    if (running.length >= MAX_CONCURRENT)
      throw new ServiceError(
        'LimitExceededException',
        `Account maximum query concurrency limit of [${MAX_CONCURRENT}] reached.`,
      );
    const { clock, runOf = runOfQuery } = this.#options;
    const started = new StartedQuery(question, runOf(question.query, clock()), clock);
    this.#queries.set(started.id, started);
    const reading = this.#read(started);
    this.#reading.add(reading);
    void reading.finally(() => this.#reading.delete(reading));
    return started;
  }

  /** Those of an account's Region, the last one first. */
  all(place: AccountRegion): readonly StartedQuery[] {
    this.#forgetOld();
    return [...this.#queries.values()].filter((each) => isAt(each, place)).toReversed();
  }

  /** @throws ServiceError if there is none, or it is forgotten. The text is assumed */
  find(place: AccountRegion, id: string): StartedQuery {
    this.#forgetOld();
    const found = this.#queries.get(id);
    if (found !== undefined && isAt(found, place)) return found;
    throw new ServiceError('ResourceNotFoundException', 'The specified query does not exist.');
  }

  /** Ends all. Resolves when none reads any more. */
  async close(): Promise<void> {
    for (const query of this.#queries.values()) query.cancel();
    await Promise.all(this.#reading);
  }

  async #read(query: StartedQuery): Promise<void> {
    const turns = new Turns(
      () => query.hasEnded,
      undefined,
      () => this.#turn(),
    );
    try {
      await query.read(turns);
    } catch (error) {
      this.#options.onNotice?.(
        `The query ${query.id} failed: ${(error as Partial<Error>).message ?? String(error)}`,
      );
    }
    this.#characters.set(query.id, charactersOf(query));
    this.#forgetMost();
  }

  /** Resolves when all that wait have had a turn, and calls that arrived meanwhile are answered. */
  #turn(): Promise<unknown> {
    this.#lastTurn = this.#lastTurn.then(() => setImmediate());
    return this.#lastTurn;
  }

  #forgetOld(): void {
    const nowMs = this.#options.clock();
    for (const [id, query] of this.#queries)
      if (query.hasEnded && nowMs - query.createdMs > KEPT_MS) this.#forget(id);
  }

  #forgetMost(): void {
    let characters = [...this.#characters.values()].reduce((sum, each) => sum + each, 0);
    for (const [id, each] of this.#characters) {
      const isRoom = this.#characters.size <= MAX_ENDED && characters <= MAX_CHARACTERS;
      if (isRoom || this.#characters.size === 1) return;
      characters -= each;
      this.#forget(id);
    }
  }

  #forget(id: string): void {
    this.#queries.delete(id);
    this.#characters.delete(id);
  }
}

function runOfQuery(query: Query, nowMs: number): Run {
  return new QueryRun(query, nowMs);
}

function isAt({ question: { place } }: StartedQuery, { accountId, region }: AccountRegion): boolean {
  return place.accountId === accountId && place.region === region;
}

function charactersOf(query: StartedQuery): number {
  let characters = 0;
  for (const row of query.results().rows) for (const value of row.values()) characters += value.length;
  return characters;
}
