import type { VNode } from 'preact';
import { html } from '../html.js';
import { EVERYTHING } from '../state/selection.js';
import type { Session } from '../state/session.js';
import { ALL_TIME } from '../state/time-range.js';

/** Stands in place of the list if no event is selected, though the server has some. */
export function NoEvents({ session }: { readonly session: Session }): VNode {
  const { page } = session;
  const { groups, streams, filter, range } = page.state.selection;
  const isSince = range.kind === 'between' && range.end === undefined && filter === '';
  const hasEnded = range.kind === 'between' && range.end !== undefined && range.end <= Date.now();
  return html`<div class="no-events">
    <h2>${isSince ? 'Nothing new yet' : 'No event matches'}</h2>
    ${!hasEnded && html`<p class="muted">New ones appear as they come.</p>`}
    <div class="chips">
      ${filter !== '' && way('Without the filter', () => page.choose({ filter: '' }))}
      ${range.kind !== 'all' && way('All time', () => page.choose({ range: ALL_TIME }))}
      ${groups.length + streams.length > 0 && way('All log groups', () => page.choose({ groups: [], streams: [] }))}
      ${way('Everything', () => page.go({ selection: EVERYTHING }))}
    </div>
  </div>`;
}

function way(label: string, go: () => void): VNode {
  return html`<button type="button" class="button" onClick=${go}>${label}</button>`;
}
