import type { EventRow, GroupRow } from '../../answers.js';
import { Observable } from './observable.js';
import { streamKey } from './selection.js';
import { ask } from './server.js';

const PAUSE_MS = 1_000;

/** The log groups of the server, with their streams. */
export class LogGroups extends Observable {
  #rows: readonly GroupRow[] = [];
  #known = new Set<string>();
  #timer: ReturnType<typeof setTimeout> | undefined;

  get rows(): readonly GroupRow[] {
    return this.#rows;
  }

  /** Asks for them, because a new one has an event. */
  notice(events: readonly EventRow[]): void {
    if (events.every(({ group, stream }) => this.#known.has(streamKey(group, stream)))) return;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.load();
    }, PAUSE_MS);
  }

  async load(): Promise<void> {
    try {
      this.#rows = await ask<readonly GroupRow[]>('groups');
    } catch {
      return;
    }
    this.#known = new Set(
      this.#rows.flatMap(({ id, streams }) => streams.map(({ name }) => streamKey(id, name))),
    );
    this.changed();
  }
}
