import type { VNode } from 'preact';
import { useState } from 'preact/hooks';
import type { GroupRow, StreamRow } from '../../answers.js';
import { classes, html } from '../html.js';
import { Icon } from '../icon.js';
import { PlainText } from '../plain-text.js';
import { visible } from '../visible.js';
import { Popover } from '../popover.js';
import { splitStreamKey, streamKey, toggleGroup, toggleStream, type Selection } from '../state/selection.js';
import type { Session } from '../state/session.js';
import { useChanges } from '../state/use-changes.js';
import type { SourceColours } from './source-colours.js';

export interface SourcePickerProps {
  readonly session: Session;
  readonly colours: SourceColours;
  readonly severalGroups: boolean;
}

/** Streams of a group that are offered before one searches. */
const MOST_STREAMS = 100;

/** Chooses groups and streams, several at once. */
export function SourcePicker({ session, colours, severalGroups }: SourcePickerProps): VNode {
  useChanges(session, session.groups);
  const { selection } = session.page.state;
  const isChosen = selection.groups.length + selection.streams.length > 0;
  return html`<${Popover}
    title="Log groups and streams"
    isActive=${isChosen}
    onOpen=${() => void session.groups.load()}
    label=${html`<${Icon} name="layers" /><span class="clip"><${PlainText} value=${summary(selection, session.groups.rows)} /></span><${Icon} name="caret" />`}
  >
    ${() => html`<${SourceTree} ...${{ session, colours, severalGroups }} />`}
  <//>`;
}

function summary({ groups, streams }: Selection, rows: readonly GroupRow[]): string {
  if (groups.length + streams.length === 0) return rows.length === 1 ? rows[0]!.name : 'All log groups';
  const nameOf = (id: string): string => rows.find((each) => each.id === id)?.name ?? id;
  if (groups.length === 1 && streams.length === 0) return nameOf(groups[0]!);
  if (groups.length === 0 && streams.length === 1) {
    const [group, stream] = splitStreamKey(streams[0]!);
    return `${nameOf(group)} : ${stream}`;
  }
  return [
    groups.length > 0 && count(groups.length, 'group'),
    streams.length > 0 && count(streams.length, 'stream'),
  ]
    .filter(Boolean)
    .join(', ');
}

function count(number: number, noun: string): string {
  return `${number.toLocaleString('en')} ${noun}${number === 1 ? '' : 's'}`;
}

function SourceTree({ session, colours, severalGroups }: SourcePickerProps): VNode {
  useChanges(session, session.groups);
  const [search, setSearch] = useState('');
  const { rows } = session.groups;
  const found = rows.map((row) => matching(row, search.toLowerCase())).filter((row) => row !== undefined);
  return html`<div class="sources">
    <input
      class="panel-search"
      type="search"
      placeholder="Search groups and streams"
      aria-label="Search groups and streams"
      value=${search}
      onInput=${(event: Event) => setSearch((event.target as HTMLInputElement).value)}
    />
    <ul class="tree">
      ${found.map((row) => html`<${GroupItem} key=${row.id} ...${{ session, colours, severalGroups, row, isSearch: search !== '' }} />`)}
    </ul>
    ${found.length === 0 && html`<p class="muted panel-note">${rows.length === 0 ? 'No log group yet.' : 'Nothing has this name.'}</p>`}
    <button type="button" class="button" onClick=${() => session.page.choose({ groups: [], streams: [] })}>
      Show all
    </button>
  </div>`;
}

/** The group with the streams that match; all of them if its own name does. */
function matching(row: GroupRow, search: string): GroupRow | undefined {
  if (row.id.toLowerCase().includes(search)) return row;
  const streams = row.streams.filter(({ name }) => name.toLowerCase().includes(search));
  return streams.length === 0 ? undefined : { ...row, streams };
}

interface GroupItemProps extends SourcePickerProps {
  readonly row: GroupRow;
  readonly isSearch: boolean;
}

function GroupItem({ session, colours, severalGroups, row, isSearch }: GroupItemProps): VNode {
  const { selection } = session.page.state;
  const hasStreams = selection.streams.some((key) => splitStreamKey(key)[0] === row.id);
  const [isOpen, setOpen] = useState(hasStreams);
  const isShown = isOpen || isSearch;
  const group = {
    name: row.name,
    title: row.id,
    note: `${placeOf(row, session.groups.rows)}${count(row.streams.length, 'stream')}`,
    colour: severalGroups && colours.classOf(row.id),
    isChosen: selection.groups.includes(row.id),
    isPartly: hasStreams,
    toggle: () => session.page.choose(toggleGroup(selection, row.id)),
  };
  return html`<li>
    <div class="tree-row">${twist(row, isShown, () => setOpen(!isOpen))} ${check(group)}</div>
    ${isShown && streamList({ session, colours, severalGroups, row, isSearch })}
  </li>`;
}

function twist({ name }: GroupRow, isShown: boolean, turn: () => void): VNode {
  return html`<button
    type="button"
    class=${classes('button', 'quiet', 'small', 'twist', isShown && 'is-open')}
    aria-expanded=${isShown}
    aria-label=${`Streams of ${name}`}
    onClick=${turn}
  >
    <${Icon} name="caret" />
  </button>`;
}

function streamList({ session: { page }, colours, severalGroups, row }: GroupItemProps): VNode {
  const { selection } = page.state;
  const shown = row.streams.slice(0, MOST_STREAMS);
  const rest = row.streams.length - shown.length;
  const stream = ({ name, events }: StreamRow): VNode =>
    check({
      name,
      title: name,
      note: count(events, 'event'),
      colour: !severalGroups && colours.classOf(streamKey(row.id, name)),
      isChosen: selection.streams.includes(streamKey(row.id, name)),
      isPartly: false,
      toggle: () => page.choose(toggleStream(selection, row.id, name)),
    });
  return html`<ul>
    ${shown.map((each) => html`<li class="tree-row" key=${each.name}>${stream(each)}</li>`)}
    ${rest > 0 && html`<li class="muted panel-note">${rest} more: search for their names.</li>`}
  </ul>`;
}

/** A group or a stream that can be chosen. */
interface Choice {
  readonly name: string;
  readonly title: string;
  readonly note: string;
  readonly colour: string | false;
  readonly isChosen: boolean;
  /** Whether only some of its streams are chosen. */
  readonly isPartly: boolean;
  readonly toggle: () => void;
}

function check({ name, title, note, colour, isChosen, isPartly, toggle }: Choice): VNode {
  return html`<label class=${classes('check', colour)}>
    <input type="checkbox" checked=${isChosen} indeterminate=${isPartly} onChange=${toggle} />
    <span class="dot"></span>
    <span class="clip" title=${visible(title, 'shown')}><${PlainText} value=${name} /></span>
    <span class="muted tree-note">${note}</span>
  </label>`;
}

/** Account and Region, where groups are of several. */
function placeOf({ accountId, region }: GroupRow, rows: readonly GroupRow[]): string {
  const places = new Set(rows.map((row) => `${row.accountId} ${row.region}`));
  return places.size > 1 ? `${accountId} ${region} · ` : '';
}
