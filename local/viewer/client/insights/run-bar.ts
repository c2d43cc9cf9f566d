import type { VNode } from 'preact';
import type { InsightsAnswer } from '../../answers.js';
import { html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { saveFile } from './save-file.js';
import { csvOf, jsonOf } from './result-files.js';
import { lineAndColumn } from './query-pieces.js';

/** Says what has become of the query, and saves its result. */
export function RunBar({ session }: { readonly session: Session }): VNode {
  useChanges(session.insights);
  const { state } = session.insights;
  return html`<div class="run-bar">
    <div class="run-state" role="status">${stateOf(session)}</div>
    ${state.kind === 'refused' && html`<p id="query-refusal" class="insights-error" role="alert">${refusal(state)}</p>`}
    ${
      state.kind === 'done' &&
      state.answer.rows.length > 0 &&
      html`<span class="gap"></span>${saveButton('CSV', state.answer)} ${saveButton('JSON', state.answer)}`
    }
  </div>`;
}

function stateOf({ insights: { state } }: Session): VNode | string {
  if (state.kind === 'running') return 'Searching…';
  if (state.kind === 'stopped') return 'Stopped.';
  if (state.kind === 'unreachable')
    return html`<span class="notice"><${Icon} name="warning" /> The server does not answer.</span>`;
  return state.kind === 'done' ? statistics(state.answer) : '';
}

function refusal({ query, refusal: { message, place } }: RefusedState): VNode {
  const [line, column] = place ? lineAndColumn(query, place.start) : [];
  return html`<${PlainText} value=${message} />${
      place && html` <span class="muted">Line ${line}, column ${column}.</span>`
    }`;
}

type RefusedState = Extract<Session['insights']['state'], { kind: 'refused' }>;

/** As the service says it below a result. */
function statistics({ rows, rowsLeftOut, statistics: all }: InsightsAnswer): string {
  const { recordsMatched, recordsScanned, bytesScanned, durationMs } = all;
  const count = rows.length + rowsLeftOut;
  const shown = rowsLeftOut > 0 ? `the first ${number(rows.length)} of ${number(count)} rows` : rowsOf(count);
  return `${shown} · ${number(recordsMatched)} of ${number(recordsScanned)} events matched (${size(bytesScanned)}) in ${number(durationMs)} ms · times in UTC`;
}

function rowsOf(count: number): string {
  return count === 1 ? '1 row' : `${number(count)} rows`;
}

function saveButton(kind: 'CSV' | 'JSON', answer: InsightsAnswer): VNode {
  const save = (): void =>
    kind === 'CSV'
      ? saveFile('logs-insights.csv', 'text/csv', csvOf(answer))
      : saveFile('logs-insights.json', 'application/json', jsonOf(answer));
  const title = `Download the rows as ${kind}`;
  return html`<button type="button" class="button" title=${title} aria-label=${title} onClick=${save}>
    <${Icon} name="download" /> ${kind}
  </button>`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function size(bytes: number): string {
  if (bytes < 1_000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1_000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}
