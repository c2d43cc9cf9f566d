import type { CallRow, EventRow, ServerStatus } from '../../answers.js';

/** What the server sends by itself, by the name of the server-sent event. */
export interface FeedEvents {
  readonly events: readonly EventRow[];
  readonly calls: readonly CallRow[];
  readonly status: ServerStatus;
  /** The server could not send everything to a reader this slow: ask again for what is shown. */
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

  /** Calls the listener until the returned function is called. */
  on<Name extends keyof FeedEvents>(name: Name, listener: Listener<Name>): () => void {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners.add(listener));
    return () => listeners.delete(listener);
  }

  /** Connects, in place of the connection before. */
  open(query: string): void {
    this.#source?.close();
    const source = new EventSource(`/viewer/feed?${query}`);
    this.#source = source;
    source.addEventListener('open', () => this.#tell('open', true));
    source.addEventListener('error', () => this.#tell('open', false));
    for (const name of SENT)
      source.addEventListener(name, ({ data }: MessageEvent<string>) => this.#tell(name, JSON.parse(data)));
  }

  #tell<Name extends keyof FeedEvents>(name: Name, data: FeedEvents[Name]): void {
    for (const listener of this.#listeners.get(name) ?? []) (listener as Listener<Name>)(data);
  }
}
