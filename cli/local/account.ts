import type { CallRecord } from '../../local/calls.js';
import type { FilterMatches } from '../../local/store/filter-matches.js';

/** What became of the calls to one log stream; of those that name no stream, if its name is empty. */
export interface StreamAccount {
  readonly logStreamName: string;
  calls: number;
  /** Log events that were stored, and that accepted calls had discarded. */
  stored: number;
  rejected: number;
}

export interface GroupAccount {
  readonly logGroupName: string;
  readonly streams: Map<string, StreamAccount>;
  /** Calls without success: `PutLogEvents ThrottlingException`, and how many. */
  readonly failures: Map<string, number>;
}

/** Calls by log group and log stream, as the server saw them. */
export class Account {
  readonly #groups = new Map<string, GroupAccount>();

  /** By name. */
  get groups(): readonly GroupAccount[] {
    return [...this.#groups.values()].toSorted((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  }

  enter(call: CallRecord): void {
    const { streams, failures } = groupOf(this.#groups, call);
    const stream = streamOf(streams, call);
    stream.calls += 1;
    stream.stored += call.stored;
    stream.rejected += call.rejected;
    if (call.status === 200) return;
    const failure = `${call.operation} ${nameOf(call)}`;
    failures.set(failure, (failures.get(failure) ?? 0) + 1);
  }
}

/** The name of a refusal; of a call without an answer, why it has none. */
function nameOf({ errorName, status, settledAtMs }: CallRecord): string {
  if (errorName !== undefined) return errorName;
  if (status !== 0) return String(status);
  return Number.isFinite(settledAtMs) ? '(connection closed)' : '(no answer yet)';
}

function groupOf(groups: Map<string, GroupAccount>, { logGroupName }: CallRecord): GroupAccount {
  const group = groups.get(logGroupName) ?? { logGroupName, streams: new Map(), failures: new Map() };
  groups.set(logGroupName, group);
  return group;
}

function streamOf(streams: Map<string, StreamAccount>, { logStreamName }: CallRecord): StreamAccount {
  const stream = streams.get(logStreamName) ?? { logStreamName, calls: 0, stored: 0, rejected: 0 };
  streams.set(logStreamName, stream);
  return stream;
}

/** A line that the sink wrote into a stream, because events are missing there. */
export interface LossLine {
  readonly logGroupName: string;
  /** Empty if the line is about the whole log group. */
  readonly logStreamName: string;
  readonly message: string;
}

/** The account, for people. */
export function accountText(
  groups: readonly GroupAccount[],
  losses: readonly LossLine[],
  filters: readonly FilterMatches[],
): string {
  const streams = groups.flatMap((group) => [...group.streams.values()]);
  const total = (member: 'calls' | 'stored' | 'rejected'): number =>
    streams.reduce((sum, stream) => sum + stream[member], 0);
  const lines = groups.flatMap((group) => [
    group.logGroupName || '(no log group)',
    ...[...group.streams.values()].map(streamLine),
    ...[...group.failures].map(([failure, count]) => `  failed: ${failure}, ${times(count)}`),
    ...losses.filter(({ logGroupName }) => logGroupName === group.logGroupName).map(lossLine),
    ...filters.filter(({ logGroupName }) => logGroupName === group.logGroupName).map(filterLine),
  ]);
  const sum = `${counted(total('calls'), 'call')}, ${counted(total('stored'), 'event')} stored, ${total('rejected')} rejected`;
  return [`As the server saw it: ${sum}`, ...lines].join('\n');
}

function streamLine({ logStreamName, calls, stored, rejected }: StreamAccount): string {
  if (logStreamName === '') return `  ${counted(calls, 'call')} that names no stream`;
  return `  ${logStreamName}: ${counted(stored, 'event')} stored, ${rejected} rejected, ${counted(calls, 'call')}`;
}

function lossLine({ logStreamName, message }: LossLine): string {
  return logStreamName === '' ? `  ${message}` : `  lost on the way to ${logStreamName}: ${message}`;
}

function filterLine({ kind, filterName, matches }: FilterMatches): string {
  return `  ${kind} filter ${filterName}: ${counted(matches, 'match', 'matches')}`;
}

function counted(number: number, noun: string, plural = `${noun}s`): string {
  return `${number} ${number === 1 ? noun : plural}`;
}

function times(number: number): string {
  return number === 1 ? 'once' : `${number} times`;
}
