import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { CallList } from './call-list.js';
import { CallRows, COLUMNS } from './call-row.js';
import { FaultPanel } from './fault-panel.js';

/** The calls that the server has answered, and the faults that spoil the next ones. */
export function CallsTab({ session }: { readonly session: Session }): VNode {
  const [list] = useState(() => new CallList(session.feed));
  useChanges(list, session.preferences);
  useEffect(() => list.start(), [list]);
  const frame = useRef<HTMLDivElement>(null);
  const toNewest = (): void => {
    frame.current!.scrollTop = 0;
    void list.newest();
  };
  return html`<section class="calls">
    <${FaultPanel} />
    <div class="calls-bar">
      <label class="check">
        <input
          type="checkbox"
          checked=${list.hasOnlyProblems}
          onChange=${() => void list.showOnlyProblems(!list.hasOnlyProblems)}
        />
        Only refusals, rejections and faults
      </label>
      <span class="gap"></span>
      ${list.waiting > 0 && html`<button type="button" class="button is-active" onClick=${toNewest}>${list.waiting} new</button>`}
    </div>
    <div
      class="calls-frame"
      ref=${frame}
      tabindex="0"
      role="region"
      aria-label="Calls, the newest first"
      onScroll=${() => frame.current!.scrollTop > 0 && list.stay()}
    >
      ${list.rows.length === 0 ? html`<p class="calls-none muted">No call here yet.</p>` : table(list, session)}
    </div>
  </section>`;
}

function table(list: CallList, session: Session): VNode {
  return html`<${CallTable} list=${list} zone=${session.preferences.values.zone} />
    ${list.hasEarlier && html`<button type="button" class="button calls-earlier" onClick=${() => void list.showEarlier()}>Earlier calls</button>`}`;
}

interface CallTableProps {
  readonly list: CallList;
  readonly zone: Session['preferences']['values']['zone'];
}

function CallTable({ list, zone }: CallTableProps): VNode {
  const [open, setOpen] = useState<ReadonlySet<number>>(new Set());
  const toggle = (id: number): void => {
    if (!open.has(id)) list.stay();
    setOpen(open.has(id) ? new Set([...open].filter((each) => each !== id)) : new Set([...open, id]));
  };
  return html`<table class="calls-table">
    <thead>
      <tr>
        ${COLUMNS.map((name) => html`<th key=${name} scope="col" class=${`column-${name.split(' ')[0]!.toLowerCase()}`}>${name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${list.rows.map(
        (call) =>
          html`<${CallRows}
            key=${call.id}
            ...${{ call, zone, isOpen: open.has(call.id), onToggle: () => toggle(call.id) }}
          />`,
      )}
    </tbody>
  </table>`;
}
