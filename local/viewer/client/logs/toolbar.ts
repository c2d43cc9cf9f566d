import type { VNode } from 'preact';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import { selectionQuery } from '../state/selection.js';
import { urlOf } from '../state/server.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { ColumnPicker } from './column-picker.js';
import { FilterBox } from './filter-box.js';
import { RangePicker } from './range-picker.js';
import type { SourceColours } from './source-colours.js';
import { SourcePicker } from './source-picker.js';

export interface ToolbarProps {
  readonly session: Session;
  readonly colours: SourceColours;
  readonly severalGroups: boolean;
}

/** Where one chooses what the list shows. */
export function Toolbar({ session, colours, severalGroups }: ToolbarProps): VNode {
  useChanges(session, session.preferences);
  const { preferences, page } = session;
  const { isFacetPanelOpen } = preferences.values;
  return html`<div class="toolbar">
    <button
      type="button"
      class="button facet-switch"
      aria-pressed=${isFacetPanelOpen}
      aria-label="Values to filter by"
      title="Values to filter by"
      onClick=${() => preferences.set({ isFacetPanelOpen: !isFacetPanelOpen })}
    >
      <${Icon} name="panel" />
    </button>
    <${SourcePicker} ...${{ session, colours, severalGroups }} />
    <${FilterBox} session=${session} />
    <${RangePicker} session=${session} />
    <${ColumnPicker} session=${session} />
    <a
      class="button"
      href=${urlOf('download', selectionQuery(page.state.selection, Date.now()))}
      download
      title="Download what is selected, as JSON lines"
      aria-label="Download as JSON lines"
      ><${Icon} name="download"
    /></a>
  </div>`;
}
