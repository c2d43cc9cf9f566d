import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import { Popover } from '../popover.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { fieldList, pathText } from './field-list.js';
import { lineOf } from './line.js';

/** Events whose members are offered. */
const SAMPLE = 200;
const ALWAYS = ['@log', '@logStream'];
/** Have columns anyway. */
const NEVER = new Set(['level', 'message', 'msg', 'timestamp']);

/** Chooses columns of the list. */
export function ColumnPicker({ session }: { readonly session: Session }): VNode {
  useChanges(session.preferences);
  return html`<${Popover}
    title="Columns"
    side="right"
    isActive=${session.preferences.values.columns.length > 0}
    label=${html`<${Icon} name="columns" /><span class="wide-only">Columns</span>`}
  >
    ${() => html`<${ColumnPanel} session=${session} />`}
  <//>`;
}

function ColumnPanel({ session }: { readonly session: Session }): VNode {
  useChanges(session.preferences);
  const { preferences, view } = session;
  const { columns } = preferences.values;
  const [offered] = useState(() => membersOf(view.buffer.rows.slice(-SAMPLE).map(lineOf)));
  const [search, setSearch] = useState('');
  const names = [...new Set([...columns, ...ALWAYS, ...offered])].filter((name) =>
    name.toLowerCase().includes(search.toLowerCase()),
  );
  const isNew = search !== '' && !names.includes(search);
  return html`<div class="columns-panel">
    <input
      class="panel-search"
      type="search"
      placeholder="Search, or name a field: user.id"
      aria-label="Search fields"
      value=${search}
      onInput=${(event: Event) => setSearch((event.target as HTMLInputElement).value)}
    />
    <ul class="tree">
      ${[...names, ...(isNew ? [search] : [])].map(
        (name) =>
          html`<li class="tree-row" key=${name}>
            <label class="check">
              <input
                type="checkbox"
                checked=${columns.includes(name)}
                onChange=${() => preferences.toggleColumn(name)}
              />
              <span class="clip"><${PlainText} value=${name} /></span>
            </label>
          </li>`,
      )}
    </ul>
  </div>`;
}

/** Names of members, the most frequent first. */
function membersOf(lines: readonly ReturnType<typeof lineOf>[]): string[] {
  const counts = new Map<string, number>();
  for (const { fields } of lines)
    for (const { path } of fields ? fieldList(fields) : []) {
      const name = pathText(path);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  const names = [...counts.keys()].filter((name) => !NEVER.has(name) && !name.includes('['));
  return names.toSorted((one, other) => counts.get(other)! - counts.get(one)!).slice(0, 60);
}
