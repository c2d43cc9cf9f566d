import type { CallRow, EventRow, ServerStatus } from '../../answers.js';

/** What the server sends by itself, by the name of the server-sent event. */
export interface FeedEvents {
  readonly events: readonly EventRow[];
  readonly calls: readonly CallRow[];
  readonly status: ServerStatus;
  /** Something was not sent, to a reader who is slow or was away: ask again for what is shown. */
  readonly reload: null;
  /** Whether the connection stands. */
  readonly open: boolean;
}

type Listener<Name extends keyof FeedEvents> = (data: FeedEvents[Name]) => void;
const SENT = ['events', 'calls', 'status', 'reload'] as const;

/** The page's one connection for server-sent events: browsers allow few to a host. */
export class Feed {
  readonly #listeners = new Map<keyof FeedEvents, Set<Listener<never>>>();
  #source: EventSource | undefined;
  #query: string | undefined;

  /** Calls the listener until the returned function is called. */
  on<Name extends keyof FeedEvents>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Connects, in place of the connection before; as soon as the page is seen. */
  open(query: string): void {
    this.#query = query;
    if (!document.hidden) this.#connect(query);
  }

  /**
   * Connects while the page is seen only: browsers open six connections to a server, so six tabs would leave none for the answers to
   * their questions.
   */
  followSight(): void {
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#source?.close();
      else if (this.#query !== undefined)
        this.#connect(this.#query).addEventListener('open', () => this.#tell('reload', null), { once: true });
    });
  }

  #connect(query: string): EventSource {
    this.#source?.close();
    const source = new EventSource(`/viewer/feed?${query}`);
    this.#source = source;
    source.addEventListener('open', () => this.#tell('open', true));
    source.addEventListener('error', () => this.#tell('open', false));
    for (const name of SENT)
      source.addEventListener(name, ({ data }: MessageEvent<string>) => this.#tell(name, JSON.parse(data)));
    return source;
  }

  #tell<Name extends keyof FeedEvents>(name: Name, data: FeedEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as Listener<Name>)(data);
  }
}
