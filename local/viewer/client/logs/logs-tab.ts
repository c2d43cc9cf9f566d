import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import { classes, html } from '../html.js';
import type { Session } from '../state/session.js';
import { hasSeveralGroups } from '../state/selection.js';
import { useChanges } from '../state/use-changes.js';
import { EmptyState } from '../status/empty-state.js';
import { Announcer } from './announcer.js';
import { EventDetails } from './event-details.js';
import { EventList } from './event-list.js';
import { FacetPanel } from './facet-panel.js';
import { FollowBar, NewEvents } from './follow-bar.js';
import { HistogramView } from './histogram-view.js';
import { listenToKeys } from './keys.js';
import { NoEvents } from './no-events.js';
import { SourceColours } from './source-colours.js';
import { Toolbar } from './toolbar.js';

/** The events of the server. */
export function LogsTab({ session }: { readonly session: Session }): VNode {
  const { view, preferences, groups, page } = session;
  useChanges(session, view, preferences, groups);
  const colours = useMemo(() => new SourceColours(), []);
  const [isOpen, setOpen] = useState(false);
  const severalGroups = hasSeveralGroups(page.state.selection, groups.rows.length);
  useEffect(() => listenToKeys(session, setOpen), []);
  useEffect(() => (isOpen ? focusList : undefined), [isOpen]);
  const isEmpty = view.isLoaded && view.buffer.count === 0;
  const isShown = isOpen && view.selected !== undefined;
  return html`<div class="logs">
    <${Toolbar} ...${{ session, colours, severalGroups }} />
    <${HistogramView} session=${session} />
    <div class=${classes('body', isShown && 'has-details')}>
      ${preferences.values.isFacetPanelOpen && html`<${FacetPanel} session=${session} />`}
      <div
        class=${classes('list-frame', !view.isLoaded && 'is-stale')}
        onClick=${() => view.selected && setOpen(true)}
      >
        ${isEmpty ? nothing(session) : html`<${EventList} ...${{ session, colours, severalGroups }} />`}
        <${NewEvents} session=${session} />
      </div>
      ${isShown && html`<${EventDetails} session=${session} event=${view.selected} onClose=${() => setOpen(false)} />`}
    </div>
    <${FollowBar} session=${session} />
    <${Announcer} session=${session} />
  </div>`;
}

/** Details that close take the focus with them, if they had it. */
function focusList(): void {
  if (document.activeElement === document.body) document.querySelector<HTMLElement>('.list')?.focus();
}

function nothing(session: Session): VNode {
  const isNew = session.status === undefined || session.status.events === 0;
  return isNew ? html`<${EmptyState} status=${session.status} />` : html`<${NoEvents} session=${session} />`;
}
