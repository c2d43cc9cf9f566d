import type { VNode } from 'preact';
import { useEffect, useMemo, useState } from 'preact/hooks';
import type { InsightsAnswer } from '../../answers.js';
import { classes, html } from '../html.js';
import { EventDetails } from '../logs/event-details.js';
import { RangePicker } from '../logs/range-picker.js';
import { SourceColours } from '../logs/source-colours.js';
import { SourcePicker } from '../logs/source-picker.js';
import { hasSeveralGroups } from '../state/selection.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { ChartView } from './chart-view.js';
import { NoQuery, NoRows } from './no-rows.js';
import { QueryEditor } from './query-editor.js';
import { QueryPicker } from './query-picker.js';
import { chartOf } from './chart-choice.js';
import { ResultTable } from './result-table.js';
import { RunBar } from './run-bar.js';
import { useRecord } from './use-record.js';

/** Queries of Logs Insights, and their results. */
export function InsightsTab({ session }: { readonly session: Session }): VNode {
  const { page, insights, groups } = session;
  useChanges(session, page, insights, groups);
  const colours = useMemo(() => new SourceColours(), []);
  const severalGroups = hasSeveralGroups(page.state.selection, groups.rows.length);
  useEffect(() => insights.show(page.state, Date.now()), [page.state]);
  const run = (query: string, chosen: readonly string[] = []): void => runQuery(session, query, chosen);
  return html`<section class="insights" aria-label="Logs Insights">
    <div class="toolbar">
      <${SourcePicker} ...${{ session, colours, severalGroups }} />
      <${RangePicker} session=${session} />
      <span class="gap"></span>
      <${QueryPicker} run=${run} />
    </div>
    <${QueryEditor} session=${session} run=${run} />
    <${RunBar} session=${session} />
    ${results(session, run)}
  </section>`;
}

/** Runs the query even if the page names the same one already. @param chosen log groups to search instead, unless there are none */
function runQuery({ page, insights }: Session, query: string, chosen: readonly string[]): void {
  const { selection } = page.state;
  insights.draft = undefined;
  page.go({
    query,
    selection: chosen.length === 0 ? selection : { ...selection, groups: chosen, streams: [] },
  });
  void insights.run(page.state, Date.now());
}

function results(session: Session, run: (query: string) => void): VNode | null {
  const { state } = session.insights;
  if (state.kind === 'none') return html`<${NoQuery} status=${session.status} run=${run} />`;
  const answer = state.kind === 'done' ? state.answer : state.kind === 'running' ? state.before : undefined;
  if (answer === undefined) return null;
  if (answer.rows.length === 0) return html`<${NoRows} session=${session} answer=${answer} />`;
  return html`<${Results} ...${{ session, answer, isStale: state.kind === 'running' }} />`;
}

interface ResultsProps {
  readonly session: Session;
  readonly answer: InsightsAnswer;
  readonly isStale: boolean;
}

function Results({ session, answer, isStale }: ResultsProps): VNode {
  const chart = useMemo(() => chartOf(answer), [answer]);
  const [ptr, setPtr] = useState<string>();
  useEffect(() => setPtr(undefined), [answer]);
  const record = useRecord(ptr);
  const close = (): void => setPtr(undefined);
  const isOpen = ptr !== undefined && record.event !== undefined;
  return html`<div class=${classes('body', 'insights-results', isOpen && 'has-details')}>
    <div class=${classes('results-frame', isStale && 'is-stale')}>
      ${chart && html`<${ChartView} chart=${chart} />`}
      ${record.refusal !== undefined && html`<p class="insights-error" role="alert">${record.refusal}</p>`}
      <${ResultTable} ...${{ answer, open: setPtr, close }} />
    </div>
    ${isOpen && html`<${EventDetails} session=${session} event=${record.event} onClose=${close} />`}
  </div>`;
}
