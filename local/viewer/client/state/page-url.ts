import { Observable } from './observable.js';
import { formatPageState, parsePageState, type PageState, type Selection } from './selection.js';

/** What the page shows, kept in its URL: a link shows the same, and so does the browser's way back. */
export class PageUrl extends Observable {
  #state = parsePageState(location.search);

  constructor() {
    super();
    addEventListener('popstate', () => this.#take(parsePageState(location.search)));
  }

  get state(): PageState {
    return this.#state;
  }

  /** Shows something else. The event in focus stays only if it is named again. `replace` leaves no step for the browser's way back. */
  go(change: Partial<PageState>, how: 'push' | 'replace' = 'push'): void {
    const state: PageState = { ...this.#state, focus: undefined, ...change };
    const url = linkTo(state);
    if (url !== linkTo(this.#state)) history[`${how}State`](null, '', url);
    this.#take(state);
  }

  /** Shows other events. */
  choose(change: Partial<Selection>, how: 'push' | 'replace' = 'push'): void {
    this.go({ selection: { ...this.#state.selection, ...change } }, how);
  }

  #take(state: PageState): void {
    this.#state = state;
    this.changed();
  }
}

/** The address of the page that shows it. */
export function linkTo(state: PageState): string {
  const query = formatPageState(state);
  return `${location.origin}${location.pathname}${query === '' ? '' : `?${query}`}`;
}
