import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';

/** One stops typing for this long, and the pattern takes effect. */
const PAUSE_MS = 700;

/** Takes a filter pattern, and shows what the server finds wrong with it. */
export function FilterBox({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.view);
  const { filter } = session.page.state.selection;
  const [text, setText] = useState(filter);
  const input = useRef<HTMLInputElement>(null);
  const { refusal } = session.view;
  useEffect(() => setText(filter), [filter]);
  const apply = (pattern: string): void => session.page.choose({ filter: pattern });
  useEffect(() => {
    if (text === filter) return undefined;
    const timer = setTimeout(() => apply(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filter]);
  const isWrong = refusal !== undefined;
  return html`<form
    class="filter"
    role="search"
    onSubmit=${(event: Event) => {
      event.preventDefault();
      apply(text);
    }}
  >
    <label class="filter-field">
      <${Icon} name="search" />
      <input
        id="filter"
        ref=${input}
        type="text"
        spellcheck="false"
        autocomplete="off"
        autocapitalize="off"
        aria-label="Filter pattern"
        aria-invalid=${isWrong}
        aria-describedby=${isWrong ? 'filter-error' : undefined}
        placeholder='Filter pattern, as in aws logs:  timeout   { $.level = "error" }   %5[0-9]{2}%'
        value=${text}
        onInput=${() => setText(input.current!.value)}
      />
      ${
        text !== '' &&
        clearButton(
          () => apply(''),
          () => setText(''),
        )
      }
      <kbd aria-hidden="true">/</kbd>
    </label>
    ${isWrong && html`<p id="filter-error" class="filter-error" role="alert">${refusal.message}</p>`}
  </form>`;
}

function clearButton(apply: () => void, empty: () => void): VNode {
  const clear = (): void => {
    empty();
    apply();
  };
  return html`<button type="button" class="button quiet small" aria-label="Clear the filter" onClick=${clear}>
    <${Icon} name="close" />
  </button>`;
}
