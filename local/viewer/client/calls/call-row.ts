import type { VNode } from 'preact';
import type { CallRow } from '../../answers.js';
import { classes, html } from '../html.js';
import { PlainText } from '../plain-text.js';
import { visible } from '../visible.js';
import { clockTime, fullTime, type Zone } from '../state/time-zone.js';
import { isInFlight } from './call-list.js';

/** Cells of a row, for a line of details below it. */
export const COLUMNS = [
  'Time',
  'Operation',
  'Answer',
  'Log group : stream',
  'Events',
  'Bytes',
  'Fill',
  'Took',
];

export interface CallRowProps {
  readonly call: CallRow;
  readonly zone: Zone;
  readonly isOpen: boolean;
  readonly onToggle: () => void;
}

/** A call, and what else there is to say about it when it is open. */
export function CallRows({ call, zone, isOpen, onToggle }: CallRowProps): VNode {
  return html`<tr
      class=${classes('call', isOpen && 'is-open', isFailure(call) && 'is-failure')}
      onClick=${onToggle}
    >
      <td class="call-time" title=${fullTime(call.receivedAtMs, zone)}>
        ${clockTime(call.receivedAtMs, zone).time}
      </td>
      <td>
        <button type="button" class="call-name" aria-expanded=${isOpen}>
          <${PlainText} value=${call.operation || 'no operation'} />
        </button>
      </td>
      <td>${answer(call)}</td>
      <td class="call-target">${target(call)}</td>
      <td class="number">${events(call)}</td>
      <td class="number">${bytes(call)}</td>
      <td>${fill(call)}</td>
      <td class="number">${isInFlight(call) ? '' : `${count(call.durationMs!)} ms`}</td>
    </tr>
    ${isOpen && details(call)}`;
}

function isFailure(call: CallRow): boolean {
  return call.status !== 200 && !isInFlight(call);
}

function answer(call: CallRow): VNode {
  return html`<span class="answer">
    ${status(call)} ${call.errorName && html`<span class="call-error">${call.errorName}</span>`}
    ${call.fault && html`<span class="badge badge-fault" title="Injected by a fault">${call.fault}</span>`}
  </span>`;
}

function status(call: CallRow): VNode {
  if (isInFlight(call)) return html`<span class="muted">in flight</span>`;
  if (call.status === 0) return html`<span class="call-error">no answer</span>`;
  return html`<span class=${isFailure(call) ? 'call-error' : 'call-success'}>${call.status}</span>`;
}

function target({ group, stream }: CallRow): VNode | string {
  if (group === '') return '';
  return html`<span class="clip" title=${visible(stream === '' ? group : `${group} : ${stream}`, 'shown')}>
    <${PlainText}
      value=${group}
    />${stream !== '' && html`<span class="muted"> : <${PlainText} value=${stream} /></span>`}
  </span>`;
}

function events(call: CallRow): VNode | string {
  if (call.operation !== 'PutLogEvents') return '';
  if (call.rejected === 0) return count(call.events);
  return html`${count(call.events)} <span class="call-error">${count(call.rejected)} rejected</span>`;
}

function bytes({ operation, countedBytes, wireBytes, encoding }: CallRow): VNode | string {
  if (operation !== 'PutLogEvents') return '';
  if (encoding === 'identity') return size(countedBytes);
  const title = `${count(countedBytes)} bytes of log events, ${count(wireBytes)} on the wire`;
  return html`<span title=${title}
    >${size(countedBytes)} <span class="muted">gzip ${size(wireBytes)}</span></span
  >`;
}

/** How much of what one call may carry this one did. */
function fill({ operation, fill: share }: CallRow): VNode | string {
  if (operation !== 'PutLogEvents') return '';
  const text = `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
  return html`<span class="fill" title="Share of 10,000 events or 1 MiB, whichever is used more">
    <span class="fill-track"><span style=${{ transform: `scaleX(${Math.min(share, 1)})` }}></span></span
    >${text}
  </span>`;
}

function details(call: CallRow): VNode {
  return html`<tr class="call-details">
    <td colspan=${COLUMNS.length}>
      ${call.errorMessage && html`<p class="call-message"><${PlainText} value=${call.errorMessage} /></p>`}
      <dl class="facts">
        ${fact('Account, Region', `${call.accountId}, ${call.region}`)}
        ${call.operation === 'PutLogEvents' && fact('Log events', `${count(call.stored)} stored of ${count(call.events)} sent`)}
        ${call.rejections && fact('Rejected', reasonsOf(call.rejections))}
        ${call.entity && fact('Entity', Object.values(call.entity).join(', '))}
        ${fact('Body', `${count(call.wireBytes)} bytes${call.encoding === 'gzip' ? ', gzip' : ''}`)}
        ${fact('Caller', call.userAgent || 'has no user agent')}
      </dl>
    </td>
  </tr>`;
}

/** `tooOld` and so on, as the service's answer calls them, in words. */
function reasonsOf({ tooOld, expired, tooNew }: NonNullable<CallRow['rejections']>): string {
  const reasons = [
    [tooOld, 'too old: more than 14 days'],
    [expired, 'past the retention of the log group'],
    [tooNew, 'too new: more than 2 hours ahead'],
  ] as const;
  return reasons
    .filter(([number]) => number > 0)
    .map(([number, reason]) => `${count(number)} ${reason}`)
    .join('; ');
}

function fact(name: string, value: string): VNode {
  return html`<dt>${name}</dt>
    <dd><${PlainText} value=${value} /></dd>`;
}

function count(value: number): string {
  return Math.round(value).toLocaleString('en');
}

function size(value: number): string {
  if (value < 1_000) return `${value} B`;
  if (value < 1_000_000) return `${(value / 1_000).toFixed(1)} kB`;
  return `${(value / 1_000_000).toFixed(2)} MB`;
}
