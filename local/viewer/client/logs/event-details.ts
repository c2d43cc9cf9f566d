import type { VNode } from 'preact';
import { useMemo, useState } from 'preact/hooks';
import type { EventRow } from '../../answers.js';
import { CopyButton } from '../copy-button.js';
import { classes, html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import { including, patternOf, type Path, type Value } from '../state/filter-writing.js';
import { linkTo } from '../state/page-url.js';
import { EVERYTHING, streamKey } from '../state/selection.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import { fullTime } from '../state/time-zone.js';
import { errorChain, type ErrorStep } from '../../../lines/error-chain.js';
import { FieldTable } from './field-table.js';
import { FoldedText, JsonView } from './json-view.js';
import { parseFields, type Fields } from '../../../lines/fields.js';
import { lineOf, requestPath, tracePath, valueAt } from './line.js';
import { Text } from './text.js';

export interface EventDetailsProps {
  readonly session: Session;
  readonly event: EventRow;
  readonly onClose: () => void;
}

/** All of one event, and where one can go from it: to the tab of logs, whichever tab it is in. */
export function EventDetails({ session, event, onClose }: EventDetailsProps): VNode {
  useChanges(session.preferences);
  const fields = useMemo(() => parseFields(event.message), [event]);
  return html`<aside class="details" aria-label="Details of the event">
    <div class="details-head">
      <span class=${classes('level-chip', `level-${lineOf(event).level ?? 'none'}`)}
        >${lineOf(event).level ?? 'no level'}</span
      >
      <time class="details-time">${fullTime(event.timestamp, session.preferences.values.zone)}</time>
      <button
        type="button"
        class="button quiet"
        aria-label="Close details"
        title="Close (Esc)"
        onClick=${onClose}
      >
        <${Icon} name="close" />
      </button>
    </div>
    <div class="details-actions">${ways(session, event, fields)}</div>
    <div class="details-body" tabindex="0" role="region" aria-label="Content of the event">
      ${lineOf(event).isLoss && lossNote()}
      <div class="details-message"><${MessageText} event=${event} fields=${fields} /></div>
      ${fields && errorChain(fields).map(errorStep)} ${facts(event, session)}
      ${fields && html`<${Content} session=${session} fields=${fields} />`}
    </div>
  </aside>`;
}

function lossNote(): VNode {
  return html`<p class="loss-note">
    <${Icon} name="warning" /> The sink wrote this line itself: events before it were dropped and are in no
    log stream.
  </p>`;
}

function MessageText({
  event,
  fields,
}: {
  readonly event: EventRow;
  readonly fields: Fields | undefined;
}): VNode {
  const { text } = lineOf(event);
  if (!fields) return html`<${LongText} value=${event.message} />`;
  const whole = ['message', 'msg'].map((name) => fields[name]).find((each) => typeof each === 'string');
  return html`<${LongText} value=${whole ?? (text === event.message ? '' : text)} />`;
}

/** Colours of terminals are read in texts of a usual length only. */
function LongText({ value }: { readonly value: string }): VNode {
  return value.length > 20_000 ? html`<${FoldedText} value=${value} />` : html`<${Text} value=${value} />`;
}

function errorStep({ title, frames }: ErrorStep, place: number): VNode {
  return html`<section class="error-step" key=${place}>
    <h3>${place > 0 && html`<span class="caused">Caused by </span>`}<${Text} value=${title} /></h3>
    ${
      frames.length > 0 &&
      html`<ol class="frames">
        ${frames.map((frame, at) => html`<li class=${isForeign(frame) ? 'is-foreign' : ''} key=${at}><${PlainText} value=${frame} /></li>`)}
      </ol>`
    }
  </section>`;
}

/** Whether a call of a stack is in code that is not the program's own. */
function isForeign(frame: string): boolean {
  return /node_modules|\(node:|at node:|<anonymous>/.test(frame);
}

function facts({ group, stream, timestamp, ingestionTime }: EventRow, { groups, page }: Session): VNode {
  const row = groups.rows.find(({ id }) => id === group);
  const selection = { ...page.state.selection, groups: [], streams: [streamKey(group, stream)] };
  const show = (): void => page.go({ tab: 'logs', selection });
  return html`<dl class="facts">
    <dt>Log group</dt>
    <dd>${row?.name ?? group} ${row && html`<span class="muted">${row.accountId} ${row.region}</span>`}</dd>
    <dt>Log stream</dt>
    <dd>
      <button type="button" class="link" onClick=${show}><${PlainText} value=${stream} /></button>
    </dd>
    <dt>Arrived</dt>
    <dd>${delayInWords(ingestionTime - timestamp)}</dd>
  </dl>`;
}

function delayInWords(ms: number): string {
  if (ms < 0) return `${-ms} ms before its time`;
  return ms < 10_000 ? `${ms} ms after its time` : `${Math.round(ms / 1000)} s after its time`;
}

function ways({ page }: Session, event: EventRow, fields: Fields | undefined): VNode[] {
  const { group, stream, id, timestamp } = event;
  const focus = { id, timestamp };
  const context = (): void =>
    page.go({ tab: 'logs', selection: { ...EVERYTHING, streams: [streamKey(group, stream)] }, focus });
  const follow = (path: Path) => (): void =>
    page.go({
      tab: 'logs',
      selection: { ...EVERYTHING, filter: patternOf([including(path, valueAt(fields, path) as Value)]) },
      focus,
    });
  const [request, trace] = [fields && requestPath(fields), fields && tracePath(fields)];
  return [
    way('Context', 'Show what is around this event in its stream, without a filter', context),
    ...(request ? [way('This request', 'Show all events of this request', follow(request))] : []),
    ...(trace ? [way('This trace', 'Show all events of this trace', follow(trace))] : []),
    html`<span class="gap"></span>`,
    html`<${CopyButton}
      label="Copy line"
      title="Copy the line as it was logged"
      text=${() => event.message}
    />`,
    html`<${CopyButton}
      label="Copy link"
      title="Copy a link to this event"
      text=${() => linkTo({ ...page.state, tab: 'logs', query: undefined, focus })}
    />`,
  ];
}

function way(label: string, title: string, go: () => void): VNode {
  return html`<button type="button" class="button" title=${title} onClick=${go}>${label}</button>`;
}

/** Members of the line, one by one or as JSON. */
function Content({ session, fields }: { readonly session: Session; readonly fields: Fields }): VNode {
  const [isJson, setJson] = useState(false);
  const tab = (label: string, json: boolean): VNode =>
    html`<button type="button" role="tab" aria-selected=${isJson === json} onClick=${() => setJson(json)}>
      ${label}
    </button>`;
  return html`<section>
    <div class="tabs" role="tablist" aria-label="Form">${tab('Fields', false)} ${tab('JSON', true)}</div>
    ${isJson ? html`<${JsonView} value=${fields} />` : html`<${FieldTable} session=${session} fields=${fields} />`}
  </section>`;
}
