import type { VNode } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import type { EventRow } from '../../answers.js';
import { html } from '../html.js';
import { PlainText } from '../plain-text.js';
import type { LogView } from '../state/log-view.js';
import type { Session } from '../state/session.js';
import { useAgain, useChanges } from '../state/use-changes.js';
import { EventRowLine } from './event-row.js';
import { madeRows, ROW_HEIGHT, seenRows, topThatShows, type RowWindow } from './row-window.js';
import { sourceOf, type SourceColours } from './source-colours.js';

export interface EventListProps {
  readonly session: Session;
  readonly colours: SourceColours;
  /** Whether rows have the colours of their groups, not of their streams. */
  readonly severalGroups: boolean;
}

/** The rows that are seen of a list in which each event has a row. */
export function EventList({ session, colours, severalGroups }: EventListProps): VNode {
  const { view, preferences } = session;
  useChanges(view, preferences);
  const scroller = useRef<HTMLDivElement>(null);
  const place = useScroll(scroller, session);
  const { buffer, selected } = view;
  const { columns } = preferences.values;
  const { from, to } = madeRows(place, buffer.count);
  const indexes = Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
  const colourOf = ({ group, stream }: EventRow): string =>
    colours.classOf(sourceOf(group, stream, severalGroups));
  const active = selected ? buffer.indexOf(selected.id) : -1;
  return html`<div
    class="list"
    ref=${scroller}
    role="grid"
    tabindex="0"
    aria-label="Log events"
    aria-rowcount=${buffer.count + 1}
    aria-activedescendant=${active < 0 ? undefined : `row-${active}`}
    style=${{ '--columns': columns.map(() => 'minmax(10ch, 18ch)').join(' ') }}
    onClick=${(event: MouseEvent) => selectClicked(event, session)}
  >
    ${header(columns)}
    <div class="spacer" role="rowgroup" style=${{ height: `${buffer.count * ROW_HEIGHT}px` }}>
      <div class="rows" role="presentation" style=${{ transform: `translateY(${from * ROW_HEIGHT}px)` }}>
        ${indexes.map((index) => rowAt(index, session, colourOf))}
      </div>
    </div>
  </div>`;
}

/** The row of an event, or its place while it is not here. */
function rowAt(index: number, { view, preferences }: Session, colourOf: (event: EventRow) => string): VNode {
  const event = view.buffer.at(index);
  if (!event)
    return html`<div
      class="row is-missing"
      key=${`missing-${index}`}
      role="row"
      aria-rowindex=${index + 2}
    ></div>`;
  const { zone, columns } = preferences.values;
  const isSelected = event.id === view.selected?.id;
  return html`<${EventRowLine}
    key=${event.id}
    ...${{ event, index, zone, columns, colour: colourOf(event), isSelected }}
  />`;
}

function header(columns: readonly string[]): VNode {
  return html`<div class="row header" role="row" aria-rowindex="1">
    ${['time', 'level', ...columns, 'message'].map(
      (name) =>
        html`<span class="cell" role="columnheader" key=${name}><${PlainText} value=${name} /></span>`,
    )}
  </div>`;
}

function selectClicked({ target }: MouseEvent, { view }: Session): void {
  // Who marks text to copy it opens nothing.
  if (String(getSelection() ?? '') !== '') return;
  const row = (target as Element).closest<HTMLElement>('[data-index]');
  const event = row && view.buffer.at(Number(row.dataset['index']));
  if (event) view.select(event);
}

/** Rows that are seen, from where the list is scrolled to; follows the end, and stays with what one sees if rows move. */
function useScroll(scroller: { readonly current: HTMLDivElement | null }, { view }: Session): RowWindow {
  const again = useAgain();
  const shift = useRef(0);
  const last = useRef(0);
  const element = scroller.current;
  const height = element ? element.clientHeight - ROW_HEIGHT : 0;
  const { count } = view.buffer;
  shift.current += view.takeShift();
  const end = Math.max(0, count * ROW_HEIGHT - height);
  const top = element ? Math.min(end, Math.max(0, element.scrollTop + shift.current * ROW_HEIGHT)) : 0;
  const seen = seenRows(view.isFollowing ? end : top, height, count);

  useLayoutEffect(() => {
    const list = scroller.current!;
    const reveal = view.takeReveal();
    const index = reveal === undefined ? -1 : view.buffer.indexOf(reveal);
    const shown = index < 0 ? undefined : topThatShows(index, top, height);
    const target = view.isFollowing ? end : (shown ?? (shift.current === 0 ? undefined : top));
    shift.current = 0;
    if (target !== undefined) {
      list.scrollTop = target;
      last.current = list.scrollTop;
    }
    // Other rows are seen now than those that were drawn.
    if (shown !== undefined) again();
    else view.see(seen.from, seen.to);
  });

  useEffect(() => listenToScrolling(scroller.current!, view, last, again), []);
  return seen;
}

/** Follows while one is at the end, and stops when one scrolls up. @param last where the list was scrolled to */
function listenToScrolling(
  list: HTMLDivElement,
  view: LogView,
  last: { current: number },
  again: () => void,
): () => void {
  const onScroll = (): void => {
    const distance = list.scrollHeight - list.clientHeight - list.scrollTop;
    const isAtEnd = distance < 2 && !view.buffer.hasLater;
    if (list.scrollTop < last.current && distance > ROW_HEIGHT) view.pause();
    if (list.scrollTop > last.current && isAtEnd && !view.isFollowing) void view.follow();
    last.current = list.scrollTop;
    again();
  };
  const observer = new ResizeObserver(() => {
    view.keepInSight();
    again();
  });
  list.addEventListener('scroll', onScroll, { passive: true });
  observer.observe(list);
  return () => {
    list.removeEventListener('scroll', onScroll);
    observer.disconnect();
  };
}
