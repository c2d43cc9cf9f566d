import { randomUUID } from 'node:crypto';
import type { AccountRegion } from '../arns.js';
import { queriedEvent } from './query/queried-event.js';
import { countedBytes } from '../store/log-event.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import { type Found, readBackwards, startOf } from '../store/reading.js';
import { Abandoned, type Turns } from '../turns.js';
import type { Query } from './query/query.js';
import type { Steps } from '../steps.js';
import type { QueriedEvent, QueryResults } from './query-run.js';

/** A query while it reads events: `QueryRun`, or the one of a test. */
export interface Run {
  readonly isOpen: boolean;
  /** Why the query cannot be answered, such as more rows than this server keeps. It is not open then. */
  readonly failure?: string | undefined;
  take(event: QueriedEvent): void;
  /** The result so far, at once: not all of the rows if they are many. */
  resultsSoFar(): QueryResults;
  /** The whole result, once no more event comes. */
  resultsInSteps(): Steps<QueryResults>;
}

/** What a query is asked over. */
export interface Question {
  readonly place: AccountRegion;
  readonly queryString: string;
  /** With the limit of the call. */
  readonly query: Query;
  readonly groups: readonly LogGroup[];
  /** First and last millisecond, both included. */
  readonly startMs: number;
  readonly endMs: number;
}

export type EndedStatus = 'Complete' | 'Failed' | 'Cancelled' | 'Timeout';

interface Reading {
  readonly status: 'Scheduled' | 'Running';
  readonly run: Run;
}

type State =
  Reading | { readonly status: EndedStatus; readonly results: QueryResults; readonly endedMs: number };

/** How much a query has read. */
export interface Scanned {
  readonly records: number;
  readonly bytes: number;
}

/** Queries time out after 60 minutes (documented). */
const TIMEOUT_MS = 3_600_000;

const NO_RESULTS: QueryResults = { columns: [], rows: [], recordsMatched: 0 };

/** What an event is in, as a query sees it. */
interface Origin {
  readonly log: string;
  readonly expiresBeforeMs: number;
}

/** A query of Logs Insights that was started: it waits, reads, or has ended. */
export class StartedQuery {
  readonly id = randomUUID();
  readonly question: Question;
  readonly createdMs: number;
  readonly #clock: () => number;
  #state: State;
  readonly #scanned = { records: 0, bytes: 0 };

  constructor(question: Question, run: Run, clock: () => number) {
    this.question = question;
    this.#clock = clock;
    this.createdMs = clock();
    this.#state = { status: 'Scheduled', run };
  }

  get status(): State['status'] {
    return this.#state.status;
  }

  get hasEnded(): boolean {
    return 'results' in this.#state;
  }

  get scanned(): Scanned {
    return this.#scanned;
  }

  get durationMs(): number {
    return ('endedMs' in this.#state ? this.#state.endedMs : this.#clock()) - this.createdMs;
  }

  /** The result, or that of the events so far, as far as it can be had at once. */
  results(): QueryResults {
    return 'results' in this.#state ? this.#state.results : this.#state.run.resultsSoFar();
  }

  /** Ends a query that has not ended, with the result so far, which is assumed. */
  cancel(): void {
    this.#end('Cancelled');
  }

  /**
   * Reads the events until all are read, the run needs no more, or somebody ends the query.
   *
   * @throws Error if the query has failed
   */
  async read(turns: Turns): Promise<void> {
    try {
      await turns.next();
      const { run } = this.#state as Reading;
      this.#state = { status: 'Running', run };
      await this.#readAll(run, turns);
      if (this.hasEnded) return;
      const results = await turns.finish(run.resultsInSteps());
      if (run.failure !== undefined) throw new Error(run.failure);
      this.#end('Complete', results);
    } catch (error) {
      if (error instanceof Abandoned) return;
      this.#state = { status: 'Failed', results: NO_RESULTS, endedMs: this.#clock() };
      throw error;
    }
  }

  async #readAll(run: Run, turns: Turns): Promise<void> {
    const { groups, startMs, endMs } = this.question;
    const origins = originsIn(groups, this.createdMs);
    const span = { from: startOf(startMs), to: startOf(endMs + 1) };
    for (const found of readBackwards([...origins.keys()], span)) {
      if (!run.isOpen) return;
      this.#take(run, found, origins.get(found.stream)!);
      if (!turns.isOver(found.event.message)) continue;
      if (this.durationMs > TIMEOUT_MS) return this.#end('Timeout');
      await turns.next();
    }
  }

  #take(run: Run, { event, stream }: Found, { log, expiresBeforeMs }: Origin): void {
    if (event.timestamp < expiresBeforeMs) return;
    this.#scanned.records += 1;
    this.#scanned.bytes += countedBytes(event.message);
    run.take(queriedEvent(event, stream.name, log));
  }

  /** One that has ended stays as it is. */
  #end(status: EndedStatus, results?: QueryResults): void {
    if ('results' in this.#state) return;
    this.#state = {
      status,
      results: results ?? this.#state.run.resultsSoFar(),
      endedMs: this.#clock(),
    };
  }
}

function originsIn(groups: readonly LogGroup[], nowMs: number): Map<LogStream, Origin> {
  const origins = new Map<LogStream, Origin>();
  for (const group of groups) {
    const origin = { log: group.log, expiresBeforeMs: group.expiresBeforeMs(nowMs) };
    for (const stream of group.streams) origins.set(stream, origin);
  }
  return origins;
}
