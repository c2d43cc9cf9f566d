import type { CallRecord } from '../../local/calls.js';
import type { FilterMatches } from '../../local/store/filter-matches.js';

/** What became of the calls to one log stream; of those that name no stream, if its name is empty. */
export interface StreamAccount {
  readonly logStreamName: string;
  /** Whether one of the calls created it. */
  created: boolean;
  calls: number;
  /** Log events that were stored, and that accepted calls had discarded. */
  stored: number;
  rejected: number;
}

export interface GroupAccount {
  readonly logGroupName: string;
  readonly streams: ReadonlyMap<string, StreamAccount>;
  /** Calls without success: `PutLogEvents ThrottlingException`, and how many. Steps of provisioning are none of them. */
  readonly failures: ReadonlyMap<string, number>;
}

/** A stream, and its calls without success by what they are counted as. */
interface OpenStream extends StreamAccount {
  readonly failures: Map<string, number>;
  /** Those that are the way to create what is missing, once a later call succeeds. */
  readonly missing: Map<string, number>;
}

/** How a sink finds out what it has to create, and that another process was first. */
const PROVISIONING = /^(?:ResourceNotFoundException|ResourceAlreadyExistsException)$/;

/** Calls by log group and log stream, as the server saw them. */
export class Account {
  readonly #groups = new Map<string, Map<string, OpenStream>>();

  /** By name. */
  get groups(): readonly GroupAccount[] {
    return [...this.#groups]
      .map(([logGroupName, streams]) => ({ logGroupName, streams, failures: failuresOf(streams) }))
      .toSorted((a, b) => (a.logGroupName < b.logGroupName ? -1 : 1));
  }

  enter(call: CallRecord): void {
    const stream = streamOf(this.#groups, call);
    stream.calls += 1;
    stream.stored += call.stored;
    stream.rejected += call.rejected;
    if (call.status === 200) return succeed(stream, call);
    const isStep = call.fault === undefined && PROVISIONING.test(call.errorName ?? '');
    count(isStep ? stream.missing : stream.failures, `${call.operation} ${nameOf(call)}`);
  }
}

function succeed(stream: OpenStream, { operation }: CallRecord): void {
  stream.missing.clear();
  if (operation === 'CreateLogStream') stream.created = true;
}

function failuresOf(streams: ReadonlyMap<string, OpenStream>): ReadonlyMap<string, number> {
  const together = new Map<string, number>();
  for (const { failures, missing } of streams.values())
    for (const [failure, number] of [...missing, ...failures]) count(together, failure, number);
  return together;
}

function count(counts: Map<string, number>, name: string, by = 1): void {
  counts.set(name, (counts.get(name) ?? 0) + by);
}

/** The name of a refusal; of a call without an answer, why it has none. */
function nameOf({ errorName, status, settledAtMs }: CallRecord): string {
  if (errorName !== undefined) return errorName;
  if (status !== 0) return String(status);
  return Number.isFinite(settledAtMs) ? '(connection closed)' : '(no answer yet)';
}

function streamOf(
  groups: Map<string, Map<string, OpenStream>>,
  { logGroupName, logStreamName }: CallRecord,
): OpenStream {
  const streams = groups.get(logGroupName) ?? new Map<string, OpenStream>();
  groups.set(logGroupName, streams);
  const stream = streams.get(logStreamName) ?? newStream(logStreamName);
  streams.set(logStreamName, stream);
  return stream;
}

function newStream(logStreamName: string): OpenStream {
  const counts = { calls: 0, stored: 0, rejected: 0 };
  return { logStreamName, created: false, ...counts, failures: new Map(), missing: new Map() };
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
    ...[...group.failures].map(([failure, number]) => `  failed: ${failure}, ${times(number)}`),
    ...losses.filter(({ logGroupName }) => logGroupName === group.logGroupName).map(lossLine),
    ...filters.filter(({ logGroupName }) => logGroupName === group.logGroupName).map(filterLine),
  ]);
  const sum = `${counted(total('calls'), 'call')}, ${counted(total('stored'), 'event')} stored, ${total('rejected')} rejected`;
  return [`As the server saw it: ${sum}`, ...lines].join('\n');
}

function streamLine({ logStreamName, created, calls, stored, rejected }: StreamAccount): string {
  if (logStreamName === '') return `  ${counted(calls, 'call')} that names no stream`;
  return `  ${logStreamName}: ${created ? 'created, ' : ''}${counted(stored, 'event')} stored, ${rejected} rejected, ${counted(calls, 'call')}`;
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
