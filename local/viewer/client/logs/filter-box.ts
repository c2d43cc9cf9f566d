import type { VNode } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import { termsOf } from '../state/filter-writing.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';

/** One stops typing for this long, and the pattern takes effect. */
const PAUSE_MS = 700;

/** Takes a filter pattern, and shows what the server finds wrong with it. */
export function FilterBox({ session }: { readonly session: Session }): VNode {
  useChanges(session, session.view);
  const { page, view } = session;
  const [text, setText] = usePattern(session);
  const replaced = useReplaced(page.state.selection.filter, text);
  const apply = (pattern: string): void => {
    setText(pattern);
    page.choose({ filter: pattern });
  };
  // What is typed last may not be drawn yet.
  const submit = (event: Event): void => {
    event.preventDefault();
    apply((event.currentTarget as HTMLElement).querySelector('input')!.value);
  };
  return html`<form class="filter" role="search" onSubmit=${submit}>
    <label class="filter-field">
      <${Icon} name="search" />
      ${patternInput(text, setText, view.refusal !== undefined)}
      ${text !== '' && clearButton(() => apply(''))}
      <kbd aria-hidden="true">/</kbd>
    </label>
    ${view.refusal && html`<p id="filter-error" class="filter-error" role="alert"><${PlainText} value=${view.refusal.message} /></p>`}
    ${replaced !== undefined && replacedNote(replaced, () => apply(replaced))}
  </form>`;
}

/** The text in the box. What one types takes effect after a pause. */
function usePattern({ page }: Session): [string, (text: string) => void] {
  const { filter } = page.state.selection;
  const [text, setText] = useState(filter);
  useEffect(() => setText(filter), [filter]);
  useEffect(() => {
    if (text === filter) return undefined;
    const timer = setTimeout(() => page.choose({ filter: text }, 'replace'), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, filter]);
  return [text, setText];
}

/** A pattern of words that a click on a value has replaced, because no pattern can have both. */
function useReplaced(filter: string, text: string): string | undefined {
  const before = useRef(filter);
  const [replaced, setReplaced] = useState<string>();
  useEffect(() => {
    const isClicked =
      filter !== text && termsOf(before.current) === undefined && (termsOf(filter) ?? []).length > 0;
    setReplaced(isClicked ? before.current : undefined);
    before.current = filter;
  }, [filter]);
  return replaced;
}

function patternInput(text: string, setText: (text: string) => void, isWrong: boolean): VNode {
  return html`<input
    id="filter"
    type="text"
    spellcheck=${false}
    autocomplete="off"
    autocapitalize="off"
    aria-label="Filter pattern"
    aria-invalid=${isWrong}
    aria-describedby=${isWrong ? 'filter-error' : undefined}
    placeholder='Filter pattern, as in aws logs:  timeout   { $.level = "error" }   %5[0-9]{2}%'
    value=${text}
    onInput=${(event: Event) => setText((event.target as HTMLInputElement).value)}
  />`;
}

function replacedNote(replaced: string, putBack: () => void): VNode {
  return html`<p class="filter-note" role="status">
    No pattern can ask for words and for fields: <code><${PlainText} value=${replaced} /></code> was
    replaced.${' '}
    <button type="button" class="link" onClick=${putBack}>Put it back</button>
  </p>`;
}

function clearButton(clear: () => void): VNode {
  return html`<button type="button" class="button quiet small" aria-label="Clear the filter" onClick=${clear}>
    <${Icon} name="close" />
  </button>`;
}
