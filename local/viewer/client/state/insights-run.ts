import type { InsightsAnswer, InsightsQuestion } from '../../answers.js';
import { Observable } from './observable.js';
import { EVERYTHING, selectionQuery, type PageState } from './selection.js';
import { RefusalError } from './server.js';

/** Runs a query at the server. */
export type AskInsights = (
  selection: URLSearchParams,
  question: InsightsQuestion,
  signal: AbortSignal,
) => Promise<InsightsAnswer>;

/** What has become of the query. */
export type RunState =
  | { readonly kind: 'none' }
  | {
      readonly kind: 'running';
      readonly abort: AbortController;
      /** What is shown meanwhile. */
      readonly before: InsightsAnswer | undefined;
    }
  | { readonly kind: 'stopped' }
  | { readonly kind: 'done'; readonly answer: InsightsAnswer }
  | { readonly kind: 'refused'; readonly refusal: RefusalError; readonly query: string }
  | { readonly kind: 'unreachable' };

/** The query of Logs Insights that the page's URL names, and what came of it. */
export class InsightsRun extends Observable {
  readonly #ask: AskInsights;
  #state: RunState = { kind: 'none' };
  #shown: string | undefined;
  /** The text in the editor, if it is another one than that of the page's URL. */
  draft: string | undefined;

  constructor(ask: AskInsights) {
    super();
    this.#ask = ask;
  }

  get state(): RunState {
    return this.#state;
  }

  /** Runs what the page names, unless that has been run. */
  show(page: PageState, nowMs: number): void {
    if (keyOf(page) !== this.#shown) void this.run(page, nowMs);
  }

  /** Runs what the page names, in place of what is running. */
  async run(page: PageState, nowMs: number): Promise<void> {
    const before = this.#answer();
    this.stop();
    this.#shown = keyOf(page);
    const { query = '', selection } = page;
    if (query.trim() === '') return this.#become({ kind: 'none' });
    const { groups, streams, range } = selection;
    const parameters = selectionQuery({ ...EVERYTHING, groups, streams, range }, nowMs);
    const abort = new AbortController();
    this.#become({ kind: 'running', abort, before });
    const next = await this.#outcome(parameters, query, abort.signal);
    if (isRunBy(this.#state, abort)) this.#become(next);
  }

  /** The server stops as well: it sees that nobody waits for the answer. */
  stop(): void {
    if (this.#state.kind !== 'running') return;
    this.#state.abort.abort();
    this.#become({ kind: 'stopped' });
  }

  #answer(): InsightsAnswer | undefined {
    if (this.#state.kind === 'done') return this.#state.answer;
    return this.#state.kind === 'running' ? this.#state.before : undefined;
  }

  async #outcome(parameters: URLSearchParams, query: string, signal: AbortSignal): Promise<RunState> {
    try {
      return { kind: 'done', answer: await this.#ask(parameters, { query }, signal) };
    } catch (error) {
      return error instanceof RefusalError
        ? { kind: 'refused', refusal: error, query }
        : { kind: 'unreachable' };
    }
  }

  #become(state: RunState): void {
    this.#state = state;
    this.changed();
  }
}

function isRunBy(state: RunState, abort: AbortController): boolean {
  return state.kind === 'running' && state.abort === abort;
}

/** Names all that decides about the result. */
function keyOf({ query, selection: { groups, streams, range } }: PageState): string {
  return JSON.stringify([query, groups, streams, range]);
}
