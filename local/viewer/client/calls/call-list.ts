import type { CallPage, CallRow } from '../../answers.js';
import type { Feed } from '../state/feed.js';
import { Observable } from '../state/observable.js';
import { ask } from '../state/server.js';

/** Calls of one question, and the most that are shown: the page stays small however many there are. */
const PAGE = 100;
const MOST = 300;

/** The calls that are shown: the newest, until one stays at others. */
export class CallList extends Observable {
  readonly #feed: Feed;
  #rows: readonly CallRow[] = [];
  #hasEarlier = false;
  #isStaying = false;
  #hasOnlyProblems = false;
  readonly #waiting = new Set<number>();

  constructor(feed: Feed) {
    super();
    this.#feed = feed;
  }

  /** The newest first. */
  get rows(): readonly CallRow[] {
    return this.#rows.toReversed();
  }

  get hasEarlier(): boolean {
    return this.#hasEarlier;
  }

  /** Whether only those are shown that did not go as they should. */
  get hasOnlyProblems(): boolean {
    return this.#hasOnlyProblems;
  }

  /** Calls that have come since the list stays. */
  get waiting(): number {
    return this.#waiting.size;
  }

  /** Loads the newest calls, and takes those that come until the returned function is called. */
  start(): () => void {
    const ends = [
      this.#feed.on('calls', (calls) => this.#arrive(calls)),
      this.#feed.on('reload', () => void this.newest()),
      // What came between the answer and the connection.
      this.#feed.on('open', (isOpen) => isOpen && !this.#isStaying && void this.newest()),
    ];
    void this.newest();
    return () => ends.forEach((end) => end());
  }

  /** Leaves what is shown where it is. */
  stay(): void {
    this.#isStaying = true;
  }

  async newest(): Promise<void> {
    this.#isStaying = false;
    this.#waiting.clear();
    this.#take(await this.#load({}));
  }

  async showOnlyProblems(isWanted: boolean): Promise<void> {
    this.#hasOnlyProblems = isWanted;
    await this.newest();
  }

  /** Adds the calls before those that are shown. The newest ones make room. */
  async showEarlier(): Promise<void> {
    const [first] = this.#rows;
    if (first === undefined) return;
    this.stay();
    const { calls, hasEarlier } = await this.#load({ before: String(first.id) });
    this.#take({ calls: [...calls, ...this.#rows].slice(0, MOST), hasEarlier });
  }

  #load(parameters: Readonly<Record<string, string>>): Promise<CallPage> {
    const only = this.#hasOnlyProblems ? { only: 'problems' } : {};
    return ask('calls', new URLSearchParams({ limit: String(PAGE), ...only, ...parameters }));
  }

  #take({ calls, hasEarlier }: CallPage): void {
    [this.#rows, this.#hasEarlier] = [calls, hasEarlier];
    this.changed();
  }

  #arrive(calls: readonly CallRow[]): void {
    const rows = new Map(this.#rows.map((row) => [row.id, row]));
    const last = this.#rows.at(-1)?.id ?? 0;
    for (const call of calls.filter((each) => !this.#hasOnlyProblems || hasProblem(each))) {
      if (this.#isStaying && call.id > last) this.#waiting.add(call.id);
      else if (rows.has(call.id) || call.id > last || this.#hasOnlyProblems) rows.set(call.id, call);
    }
    const inOrder = [...rows.values()].toSorted((left, right) => left.id - right.id);
    if (inOrder.length > MOST) this.#hasEarlier = true;
    this.#rows = inOrder.slice(-MOST);
    this.changed();
  }
}

export function isInFlight({ durationMs }: CallRow): boolean {
  return durationMs === undefined;
}

/** As the server finds them, too. */
function hasProblem(row: CallRow): boolean {
  return row.fault !== undefined || row.rejected > 0 || (row.status !== 200 && !isInFlight(row));
}
