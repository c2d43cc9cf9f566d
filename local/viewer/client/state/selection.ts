import { ALL_TIME, boundsOf, formatDuration, parseDuration, type TimeRange } from './time-range.js';

/** Which events are shown. */
export interface Selection {
  /** Ids of groups. */
  readonly groups: readonly string[];
  /** `group id:stream name` */
  readonly streams: readonly string[];
  /** A filter pattern of CloudWatch Logs. */
  readonly filter: string;
  readonly range: TimeRange;
}

/** An event to show in the middle of its neighbours. */
export interface Focus {
  readonly id: string;
  readonly timestamp: number;
}

export const TABS = ['logs', 'insights', 'calls'] as const;
export type Tab = (typeof TABS)[number];

/** What the URL of the page keeps. */
export interface PageState {
  readonly tab: Tab;
  readonly selection: Selection;
  /** The query of Logs Insights that was run last; absent if none was. */
  readonly query?: string | undefined;
  readonly focus?: Focus | undefined;
}

export const EVERYTHING: Selection = { groups: [], streams: [], filter: '', range: ALL_TIME };

export function parsePageState(search: string): PageState {
  const query = new URLSearchParams(search);
  const id = query.get('event');
  const insightsQuery = query.get('query') ?? '';
  const timestamp = timeIn(query, 'at');
  return {
    tab: TABS.find((tab) => tab === query.get('tab')) ?? 'logs',
    selection: {
      groups: query.getAll('group'),
      streams: query.getAll('stream'),
      filter: query.get('filter') ?? '',
      range: rangeIn(query),
    },
    ...(insightsQuery !== '' && { query: insightsQuery }),
    ...(id !== null && timestamp !== undefined && { focus: { id, timestamp } }),
  };
}

function rangeIn(query: URLSearchParams): TimeRange {
  const ms = parseDuration(query.get('last') ?? '');
  if (ms !== undefined) return { kind: 'last', ms };
  const [start, end] = [timeIn(query, 'start'), timeIn(query, 'end')];
  return start === undefined && end === undefined ? ALL_TIME : { kind: 'between', start, end };
}

function timeIn(query: URLSearchParams, name: string): number | undefined {
  const text = query.get(name) ?? '';
  return /^\d{1,15}$/.test(text) ? Number(text) : undefined;
}

/** What follows `?` in the URL of the page; empty if nothing is chosen. */
export function formatPageState({ tab, selection, query: insightsQuery, focus }: PageState): string {
  const { range } = selection;
  const query = sourcesOf(selection);
  if (tab !== 'logs') query.set('tab', tab);
  if (range.kind === 'last') query.set('last', formatDuration(range.ms));
  if (range.kind === 'between') setBounds(query, range);
  if (insightsQuery) query.set('query', insightsQuery);
  if (focus) query.set('event', focus.id);
  if (focus) query.set('at', String(focus.timestamp));
  return query.toString();
}

/** The selection as the server is asked for it. */
export function selectionQuery(selection: Selection, nowMs: number): URLSearchParams {
  const query = sourcesOf(selection);
  setBounds(query, boundsOf(selection.range, nowMs));
  return query;
}

function sourcesOf({ groups, streams, filter }: Selection): URLSearchParams {
  const query = new URLSearchParams();
  for (const group of groups) query.append('group', group);
  for (const stream of streams) query.append('stream', stream);
  if (filter.trim() !== '') query.set('filter', filter);
  return query;
}

function setBounds(query: URLSearchParams, { start, end }: ReturnType<typeof boundsOf>): void {
  if (start !== undefined) query.set('start', String(start));
  if (end !== undefined) query.set('end', String(end));
}

export function sameSelection(one: Selection, other: Selection): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}

/** Whether events of more than one log group may be shown, of those that there are. */
export function hasSeveralGroups({ groups, streams }: Selection, all: number): boolean {
  const chosen = new Set([...groups, ...streams.map((key) => splitStreamKey(key)[0])]);
  return chosen.size === 0 ? all > 1 : chosen.size > 1;
}

/** Names a stream in a selection. No name of a group contains a colon, and no name of a stream. */
export function streamKey(group: string, stream: string): string {
  return `${group}:${stream}`;
}

/** Group and stream of such a name. */
export function splitStreamKey(key: string): readonly [group: string, stream: string] {
  const colon = key.indexOf(':');
  return [key.slice(0, colon), key.slice(colon + 1)];
}

/** Adds a group, or takes it and its streams away. */
export function toggleGroup(selection: Selection, group: string): Selection {
  const { groups, streams } = selection;
  const isIn = groups.includes(group);
  return {
    ...selection,
    groups: isIn ? groups.filter((each) => each !== group) : [...groups, group],
    streams: streams.filter((each) => splitStreamKey(each)[0] !== group),
  };
}

/** Adds a stream, or takes it away. A group that was chosen whole is narrowed to the stream. */
export function toggleStream(selection: Selection, group: string, stream: string): Selection {
  const { groups, streams } = selection;
  const key = streamKey(group, stream);
  return {
    ...selection,
    groups: groups.filter((each) => each !== group),
    streams: streams.includes(key) ? streams.filter((each) => each !== key) : [...streams, key],
  };
}
