import type { VNode } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import type { TextPlace } from '../../answers.js';
import { html } from '../html.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import type { Run } from './query-picker.js';
import { queryPieces } from './query-pieces.js';

/** What the API allows a query to have. */
const MOST_CHARACTERS = 10_000;
const PLACEHOLDER = 'fields @timestamp, @message | sort @timestamp desc | limit 100';

/** Takes a query. Its colours are drawn by a copy below the text, which is transparent. */
export function QueryEditor({ session, run }: { readonly session: Session; readonly run: Run }): VNode {
  useChanges(session.insights);
  const [text, setText] = useDraft(session);
  const place = wrongPlace(session, text);
  // What is typed last may not be drawn yet.
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    run((event.currentTarget as HTMLTextAreaElement).value);
  };
  const submit = (event: Event): void => {
    event.preventDefault();
    run((event.currentTarget as HTMLElement).querySelector('textarea')!.value);
  };
  return html`<form class="query" onSubmit=${submit}>
    <div class="query-field">
      <pre class="query-copy" aria-hidden="true">${copyOf(text, place)}</pre>
      <textarea
        class="query-text"
        spellcheck=${false}
        autocomplete="off"
        autocapitalize="off"
        aria-label="Query"
        aria-invalid=${session.insights.state.kind === 'refused'}
        aria-describedby="query-refusal"
        maxlength=${MOST_CHARACTERS}
        placeholder=${PLACEHOLDER}
        value=${text}
        onInput=${(event: Event) => setText((event.target as HTMLTextAreaElement).value)}
        onKeyDown=${onKeyDown}
      ></textarea>
    </div>
    ${runButton(session, text)}
  </form>`;
}

function runButton({ insights }: Session, text: string): VNode {
  if (insights.state.kind === 'running')
    return html`<button key="stop" type="button" class="button query-run" onClick=${() => insights.stop()}>
      Stop
    </button>`;
  return html`<button
    key="run"
    class="button query-run primary"
    title="Run the query (Ctrl+Enter)"
    disabled=${text.trim() === ''}
  >
    Run
  </button>`;
}

/** The text in the editor: that of the page's URL, until one types. */
function useDraft({ page, insights }: Session): [string, (text: string) => void] {
  const { query = '' } = page.state;
  const [text, setText] = useState(insights.draft ?? query);
  useEffect(() => {
    if (insights.draft === undefined) setText(query);
  }, [query, insights.draft]);
  const type = (typed: string): void => {
    insights.draft = typed;
    setText(typed);
  };
  return [text, type];
}

/** Where the text is wrong, if it is the one that was refused. */
function wrongPlace({ insights: { state } }: Session, text: string): TextPlace | undefined {
  return state.kind === 'refused' && state.query === text ? state.refusal.place : undefined;
}

/** Has a last line that a textarea has, too. */
function copyOf(text: string, place: TextPlace | undefined): readonly (VNode | string)[] {
  const pieces = queryPieces(text, place).map(({ text: piece, kind, isWrong }) => {
    const coloured = kind === 'plain' ? piece : html`<span class=${`query-${kind}`}>${piece}</span>`;
    return isWrong ? html`<mark class="query-wrong">${coloured}</mark>` : coloured;
  });
  return [...pieces, '\n'];
}
