import type { VNode } from 'preact';
import type { EventRow } from '../../answers.js';
import { classes, html } from '../html.js';
import { PlainText } from '../plain-text.js';
import { facetPath } from '../state/filter-writing.js';
import { clockTime, type Zone } from '../state/time-zone.js';
import { withoutAnsi } from './ansi.js';
import { fieldList, pathText } from './field-list.js';
import { cellText, lineOf, sizeInWords, valueAt, type Line } from './line.js';
import { Text } from './text.js';

/** Characters of a message that a row shows: more than the widest screen has room for. */
const WIDEST = 500;

export interface EventRowProps {
  readonly event: EventRow;
  readonly index: number;
  readonly zone: Zone;
  readonly columns: readonly string[];
  readonly colour: string;
  readonly isSelected: boolean;
}

/** One event in one line: time, level, chosen columns, message. */
export function EventRowLine({ event, index, zone, columns, colour, isSelected }: EventRowProps): VNode {
  const line = lineOf(event);
  return html`<div
    id=${`row-${index}`}
    class=${classes('row', colour, line.level && `level-${line.level}`, line.isLoss && 'is-loss', isSelected && 'is-selected')}
    role="row"
    aria-rowindex=${index + 2}
    aria-selected=${isSelected}
    data-index=${index}
  >
    ${timeCell(event.timestamp, zone)}
    <span class="cell level" role="gridcell">${line.level ?? ''}</span>
    ${columns.map((name) => html`<span class="cell" role="gridcell"><${PlainText} value=${columnText(event, line, name)} /></span>`)}
    ${messageCell(line, event.message, columns)}
  </div>`;
}

function timeCell(timestamp: number, zone: Zone): VNode {
  const { date, time } = clockTime(timestamp, zone);
  return html`<span class="cell time" role="gridcell"
    ><span class="date">${date.slice(5)}</span> ${time}</span
  >`;
}

/** The column of a member, or of the group or stream, which are written with an @ as Insights does. */
function columnText({ group, stream }: EventRow, { fields }: Line, name: string): string {
  if (name === '@logStream') return stream;
  if (name === '@log') return group.slice(group.indexOf('/', group.indexOf('/') + 1) + 1);
  return cellText(valueAt(fields, facetPath(name))).slice(0, WIDEST);
}

function messageCell(line: Line, message: string, columns: readonly string[]): VNode {
  const { text, error, isLoss, isFolded } = line;
  const rest = isLoss ? '' : restOf(line, columns);
  return html`<span class="cell message" role="gridcell">
    ${isLoss && html`<span class="badge badge-loss">events lost</span>`}
    ${isFolded && html`<span class="badge">${sizeInWords(message.length)}</span>`}
    <${Text} value=${withoutLongTail(text)} breaks="shown" />
    ${error !== undefined && html`<span class="row-error"><${PlainText} value=${withoutAnsi(error).slice(0, WIDEST)} /></span>`}
    ${rest !== '' && html`<span class="row-rest"><${PlainText} value=${rest} /></span>`}
  </span>`;
}

function withoutLongTail(text: string): string {
  return text.length > WIDEST ? `${text.slice(0, WIDEST)}…` : text;
}

/** Members of which a row shows some. */
const MOST_MEMBERS = 12;

/** Have places of their own, or say what others say. */
const SHOWN_ELSEWHERE = new Set([
  'timestamp',
  'level',
  'message',
  'msg',
  'error',
  'err',
  'traceId',
  'spanId',
]);

/** Further members, as far as a row has room: `service=api user.id=7`. */
function restOf({ fields, text }: Line, columns: readonly string[]): string {
  const room = WIDEST / 2 - text.length;
  if (!fields || room <= 0) return '';
  const members = Object.entries(fields).filter(
    ([name, value]) => !SHOWN_ELSEWHERE.has(name) && value !== text,
  );
  const further = fieldList(Object.fromEntries(members.slice(0, MOST_MEMBERS)));
  const pieces = further
    .map(({ path, value }) => [pathText(path), value] as const)
    .filter(([name]) => !columns.includes(name))
    .map(([name, value]) => `${name}=${cellText(value).slice(0, 80)}`);
  return pieces.join('  ').slice(0, room);
}
