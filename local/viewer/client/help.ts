import type { VNode } from 'preact';
import { useEffect, useRef } from 'preact/hooks';
import { html } from './html.js';
import { Icon } from './icon.js';

const KEYS = [
  ['/', 'to the filter'],
  ['j  k', 'next, previous event'],
  ['Enter', 'details of the event'],
  ['Esc', 'close them'],
  ['f', 'follow new events, or stop'],
  ['c', 'clear: hide what is here now'],
  ['Ctrl  Enter', 'in Insights: run the query'],
  ['?', 'this help'],
] as const;

const PATTERNS = [
  ['timeout', 'lines with the word'],
  ['"connection reset" -health', 'the phrase, and not the word'],
  ['?error ?warn', 'either'],
  ['%5[0-9]{2}%', 'a regular expression'],
  ['{ $.level = "error" && $.ms > 500 }', 'fields of JSON lines'],
  ['{ $.user.id = "u-*" }', 'a wildcard'],
] as const;

/** Keys and filter patterns. Opens with `?` and with its button. */
export function Help(): VNode {
  const dialog = useRef<HTMLDialogElement>(null);
  const open = (): void => dialog.current!.showModal();
  useEffect(() => {
    const onKey = ({ key, target }: KeyboardEvent): void => {
      if (key === '?' && !(target as HTMLElement).matches('input, textarea, select')) open();
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  return html`<button type="button" class="button quiet" aria-label="Help" title="Help (?)" onClick=${open}>
      ?
    </button>
    <dialog ref=${dialog} class="help" aria-label="Help">
      <form method="dialog" class="help-head">
        <h2>Keys</h2>
        <button class="button quiet" aria-label="Close"><${Icon} name="close" /></button>
      </form>
      ${list(KEYS, (key) => key.split('  ').map((each) => html`<kbd>${each}</kbd> `))}
      <h2>Filter patterns</h2>
      <p class="muted">
        Those of CloudWatch Logs: what works here works in <code>aws logs</code> and in metric filters.
      </p>
      ${list(PATTERNS, (pattern) => html`<code>${pattern}</code>`)}
    </dialog>`;
}

function list(rows: readonly (readonly [string, string])[], term: (text: string) => unknown): VNode {
  return html`<dl class="help-list">
    ${rows.map(
      ([text, meaning]) =>
        html`<div key=${text}>
          <dt>${term(text)}</dt>
          <dd>${meaning}</dd>
        </div>`,
    )}
  </dl>`;
}
