import type { VNode } from 'preact';
import type { InsightsAnswer, ServerStatus } from '../../answers.js';
import { html } from '../html.js';
import type { Session } from '../state/session.js';
import { ALL_TIME } from '../state/time-range.js';
import { ExampleList, type Run } from './query-picker.js';

/** Stands in place of a result while there is no query. */
export function NoQuery({
  status,
  run,
}: {
  readonly status: ServerStatus | undefined;
  readonly run: Run;
}): VNode {
  return html`<section class="empty-state" aria-label="Queries to begin with">
    <h2>Ask the log events</h2>
    <p>
      Queries are those of CloudWatch Logs Insights: commands with a <code>|</code> between them, and comments
      after a <code>#</code>. Ctrl+Enter runs one; a click, one of these:
    </p>
    <${ExampleList} run=${run} />
    ${status?.events === 0 && html`<p class="muted">The server has no log event yet: the tab Logs says how one gets here.</p>`}
  </section>`;
}

/** Stands in place of a result that is empty. */
export function NoRows({
  session,
  answer,
}: {
  readonly session: Session;
  readonly answer: InsightsAnswer;
}): VNode {
  const { page } = session;
  const { groups, streams, range } = page.state.selection;
  return html`<div class="no-events">
    <h2>No rows</h2>
    <p class="muted">${reasonOf(answer)}</p>
    <div class="chips">
      ${range.kind !== 'all' && way('All time', () => page.choose({ range: ALL_TIME }))}
      ${groups.length + streams.length > 0 && way('All log groups', () => page.choose({ groups: [], streams: [] }))}
    </div>
  </div>`;
}

function reasonOf({ statistics: { recordsScanned, recordsMatched } }: InsightsAnswer): string {
  if (recordsScanned === 0) return 'The log groups have no event in this time.';
  return recordsMatched === 0
    ? 'There are events, and none passes the filters of the query.'
    : 'Events passed the filters before the first stats, and no row what follows it.';
}

function way(label: string, go: () => void): VNode {
  return html`<button type="button" class="button" onClick=${go}>${label}</button>`;
}
