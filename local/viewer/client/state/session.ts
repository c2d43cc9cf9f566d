import type { EventPage, ServerStatus } from '../../answers.js';
import { Feed } from './feed.js';
import { InsightsRun } from './insights-run.js';
import { LogGroups } from './log-groups.js';
import { LogView } from './log-view.js';
import { Observable } from './observable.js';
import { PageUrl } from './page-url.js';
import { Preferences } from './preferences.js';
import { sameSelection, selectionQuery, type PageState } from './selection.js';
import { ask, askWith } from './server.js';
import { Summary } from './summary.js';

/** Rows that Firefox can lay out: it takes elements of up to 17 million pixels. */
const MOST_ROWS = 700_000;

/** All that the page knows, and how its parts act on each other. */
export class Session extends Observable {
  readonly page = new PageUrl();
  readonly preferences = new Preferences();
  readonly feed = new Feed();
  readonly groups = new LogGroups();
  readonly summary = new Summary();
  readonly view = new LogView((query, signal) => ask<EventPage>('events', query, signal), MOST_ROWS);
  readonly insights = new InsightsRun((query, body, signal) => askWith('insights', query, body, signal));
  status: ServerStatus | undefined;
  /** `undefined` before the first connection was made or refused. */
  isConnected: boolean | undefined;
  #shown: PageState | undefined;

  start(): void {
    this.page.onChange(() => this.#show());
    this.summary.onChange(() => (this.view.histogram = this.summary.histogram));
    this.#listen();
    void this.groups.load();
    this.feed.followSight();
    this.#show();
  }

  #listen(): void {
    this.feed.on('events', (events) => {
      this.groups.notice(events);
      this.view.arrive(events);
      this.summary.renew();
    });
    this.feed.on('reload', () => {
      void this.view.recover();
      this.summary.renew();
    });
    this.feed.on('status', (status) => {
      this.status = status;
      this.changed();
    });
    this.feed.on('open', (isConnected) => this.#connected(isConnected));
  }

  #connected(isConnected: boolean): void {
    // What was stored between the question and the connection, or between two connections.
    if (isConnected && this.view.isLoaded) void this.view.catchUp();
    if (isConnected && this.view.isUnreachable) this.reload();
    this.isConnected = isConnected;
    this.changed();
  }

  /** Asks for everything again. */
  reload(): void {
    this.#shown = undefined;
    this.#show();
  }

  #show(): void {
    const { selection, focus, tab } = this.page.state;
    const before = this.#shown;
    this.#shown = this.page.state;
    this.changed();
    const isSame = before && sameSelection(before.selection, selection);
    if (isSame && (before.focus?.id === focus?.id || tab !== before.tab)) return;
    const query = selectionQuery(selection, Date.now());
    if (!isSame) this.summary.show(() => selectionQuery(selection, Date.now()));
    void this.#load(this.#shown, query);
  }

  async #load(state: PageState, query: URLSearchParams): Promise<void> {
    await this.view.show(query, state.focus);
    if (this.#shown !== state) return;
    // The feed could not answer a wrong question either, and is needed for more than events. The list takes none until it has an answer.
    if (this.view.refusal) query.delete('filter');
    this.feed.open(query.toString());
  }
}
