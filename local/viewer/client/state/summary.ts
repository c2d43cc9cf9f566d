import type { Facet, Histogram } from '../../answers.js';
import { Observable } from './observable.js';
import { ask, withParameters } from './server.js';

export const FACETS = ['level', 'service', 'requestId', 'error.type'] as const;
const BUCKETS = 120;

/** Milliseconds between two questions while events arrive; more where the answers take long. */
const PAUSE_MS = 1_500;
const PAUSE_FACTOR = 10;

/** Histogram and facets of the selection. They follow the events that arrive, at some distance. */
export class Summary extends Observable {
  histogram: Histogram | undefined;
  facets: readonly Facet[] = [];
  #query: (() => URLSearchParams) | undefined;
  #load: AbortController | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = PAUSE_MS;

  /** @param query is called for each question, because the last 15 minutes are others then */
  show(query: () => URLSearchParams): void {
    this.#query = query;
    this.#load?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.#ask();
  }

  /** Events have arrived: asks again, soon. */
  renew(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      if (!document.hidden) void this.#ask();
    }, this.#pauseMs);
  }

  async #ask(): Promise<void> {
    const query = this.#query?.();
    if (!query) return;
    const load = new AbortController();
    this.#load = load;
    const startMs = performance.now();
    await Promise.all([this.#askHistogram(query, load), this.#askFacets(query, load)]);
    if (this.#load === load) this.#pauseMs = Math.max(PAUSE_MS, (performance.now() - startMs) * PAUSE_FACTOR);
  }

  async #askHistogram(query: URLSearchParams, load: AbortController): Promise<void> {
    const answer = ask<Histogram>('histogram', withParameters(query, { buckets: BUCKETS }), load.signal);
    await this.#take(answer, load, (histogram) => (this.histogram = histogram));
  }

  async #askFacets(query: URLSearchParams, load: AbortController): Promise<void> {
    const answer = ask<readonly Facet[]>('facets', withParameters(query, { name: FACETS }), load.signal);
    await this.#take(answer, load, (facets) => (this.facets = facets));
  }

  /** Takes an answer, unless the question is another by now. */
  async #take<Answer>(
    answer: Promise<Answer>,
    load: AbortController,
    take: (answer: Answer) => void,
  ): Promise<void> {
    try {
      const taken = await answer;
      if (this.#load !== load) return;
      take(taken);
      this.changed();
    } catch {
      // The list says what is wrong with the question, and the connection whether there is a server.
    }
  }
}
