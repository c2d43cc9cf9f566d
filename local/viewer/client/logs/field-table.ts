import type { VNode } from 'preact';
import { CopyButton } from '../copy-button.js';
import { classes, html } from '../html.js';
import { visible } from '../visible.js';
import {
  isExcluded,
  isIncluded,
  isSelectable,
  toggleExcluded,
  toggleIncluded,
  type Value,
} from '../state/filter-writing.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { fieldList, isComparable, pathText, type Field } from './field-list.js';
import { FoldedText } from './json-view.js';
import type { Fields } from '../../../lines/fields.js';
import { cellText } from './line.js';
import { Text } from './text.js';

/** Members of a line, each with what can be done with it. */
export function FieldTable({
  session,
  fields,
}: {
  readonly session: Session;
  readonly fields: Fields;
}): VNode {
  useChanges(session, session.preferences);
  return html`<table class="fields">
    <tbody>
      ${fieldList(fields).map((field) => row(session, field))}
    </tbody>
  </table>`;
}

function row(session: Session, { path, value }: Field): VNode {
  const name = pathText(path);
  const label = visible(name, 'shown');
  const canFilter = isComparable(value) && isSelectable(path);
  return html`<tr key=${name}>
    <th scope="row"><bdi>${label}</bdi></th>
    <td class=${`field-value field-${value === null ? 'null' : typeof value}`}>
      ${
        canFilter
          ? valueButton(session, { path, value }, label)
          : html`<${FoldedText} value=${cellText(value)} />`
      }
    </td>
    <td class="field-actions">
      <span>
        ${canFilter && excludeButton(session, { path, value }, label)} ${columnButton(session, name, label)}
        <${CopyButton}
          class="mini"
          label="Copy"
          title=${`Copy the value of ${label}`}
          text=${() => cellText(value)}
        />
      </span>
    </td>
  </tr>`;
}

interface Comparable extends Field {
  readonly value: Value;
}

/** The value itself filters: a second click takes that back. */
function valueButton({ page }: Session, { path, value }: Comparable, label: string): VNode {
  const { filter } = page.state.selection;
  const isIn = isIncluded(filter, path, value);
  return html`<button
    type="button"
    class=${classes('value', isIn && 'is-in')}
    aria-pressed=${isIn}
    title=${`Only events with this value of ${label}`}
    onClick=${() => showLogs(page, toggleIncluded(filter, path, value))}
  >
    <${Text} value=${cellText(value)} />
  </button>`;
}

function showLogs(page: Session['page'], filter: string): void {
  page.go({ tab: 'logs', selection: { ...page.state.selection, filter } });
}

function excludeButton({ page }: Session, { path, value }: Comparable, label: string): VNode | false {
  const { filter } = page.state.selection;
  const isOut = isExcluded(filter, path, value);
  return (
    value !== null &&
    html`<button
      type="button"
      class=${classes('mini', isOut && 'is-out')}
      aria-pressed=${isOut}
      aria-label=${`Exclude events with this value of ${label}`}
      title=${`Exclude events with this value of ${label}`}
      onClick=${() => showLogs(page, toggleExcluded(filter, path, value))}
    >
      Exclude
    </button>`
  );
}

function columnButton({ preferences }: Session, name: string, label: string): VNode {
  const isColumn = preferences.values.columns.includes(name);
  return html`<button
    type="button"
    class=${classes('mini', isColumn && 'is-in')}
    aria-pressed=${isColumn}
    aria-label=${`Column ${label}`}
    title=${isColumn ? 'Take the column out of the list' : 'Show it as a column of the list'}
    onClick=${() => preferences.toggleColumn(name)}
  >
    Column
  </button>`;
}
