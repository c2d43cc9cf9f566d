import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { SavedQuery } from '../../answers.js';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import { Popover } from '../popover.js';
import { ask } from '../state/server.js';
import { EXAMPLES, type ExampleQuery } from './example-queries.js';

/** Runs a query, over these log groups if it names some. */
export type Run = (query: string, groups?: readonly string[]) => void;

/** Saved queries and examples. A click runs one. */
export function QueryPicker({ run }: { readonly run: Run }): VNode {
  const [saved, setSaved] = useState<readonly SavedQuery[]>();
  const load = async (): Promise<void> => setSaved(await savedQueries());
  return html`<${Popover}
    title="Queries"
    side="right"
    onOpen=${() => void load()}
    label=${html`<${Icon} name="saved" /><span class="wide-only">Queries</span><${Icon} name="caret" />`}
  >
    ${(close: () => void) => {
      const choose: Run = (...chosen) => {
        run(...chosen);
        close();
      };
      return html`<div class="queries-panel">
        <h2>Saved</h2>
        ${savedList(saved, choose)}
        <h2>Examples</h2>
        <${ExampleList} run=${choose} />
      </div>`;
    }}
  <//>`;
}

/** Without them there are the examples. */
async function savedQueries(): Promise<readonly SavedQuery[]> {
  try {
    return await ask<readonly SavedQuery[]>('queries');
  } catch {
    return [];
  }
}

function savedList(saved: readonly SavedQuery[] | undefined, run: Run): VNode {
  if (saved === undefined) return html`<p class="muted panel-note" aria-busy="true">loading…</p>`;
  if (saved.length === 0)
    return html`<p class="muted panel-note">
      None. <code>PutQueryDefinition</code> keeps one here; so does a stack that has
      <code>addQueries()</code>.
    </p>`;
  return html`<ul class="queries" aria-label="Saved queries">
    ${saved.map(({ id, name, query, groups }) => item(id, name, query, () => run(query, groups)))}
  </ul>`;
}

export function ExampleList({ run }: { readonly run: Run }): VNode {
  return html`<ul class="queries" aria-label="Example queries">
    ${EXAMPLES.map(({ name, query }: ExampleQuery) => item(name, name, query, () => run(query)))}
  </ul>`;
}

function item(key: string, name: string, query: string, choose: () => void): VNode {
  return html`<li key=${key}>
    <button type="button" class="query-choice" onClick=${choose}>
      <span class="clip"><${PlainText} value=${name} /></span>
      <code class="clip"><${PlainText} value=${query.replaceAll(/\s+/g, ' ')} /></code>
    </button>
  </li>`;
}
