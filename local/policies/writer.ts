import type { Place } from '../stack/resource-names.js';
import type { Grant } from './grants.js';

/** A writer as the proof expects it. */
export interface Writer {
  /** Region, account and partition of its log group. */
  readonly place: Place;
  readonly logGroupName: string;
  /** Prefix of the names of its log streams, or the name of its only one. */
  readonly streams: { readonly prefix: string } | { readonly name: string };
  /** Whether it creates its log streams. */
  readonly createsStreams: boolean;
}

const STREAM_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** Examples of log stream names. The second one is of a Lambda function. */
const STREAM_NAMES = ['host-1', '2026/01/31/[$LATEST]0123456789abcdef'];

/** The ARN of a log group, without the `:*` that most policies need. */
export function logGroupArn({ partition, region, accountId }: Place, name: string): string {
  return `arn:${partition}:logs:${region}:${accountId}:log-group:${name}`;
}

/** The ARN of one of the writer's log streams. */
export function ownStreamArn(writer: Writer): string {
  return streamArn(writer, ownStreams(writer)[0]!);
}

/** The calls that a writer makes. */
export function neededCalls(writer: Writer): Grant[] {
  const resources = ownStreams(writer).map((name) => streamArn(writer, name));
  return resources.flatMap((resource) => calls(neededActions(writer), resource));
}

/** All that a policy of a writer may grant. The bare log group is harmless: neither action acts on it. */
export function neededGrants(writer: Writer): Grant[] {
  const { streams } = writer;
  const group = logGroupArn(writer.place, writer.logGroupName);
  const own = streamArn(writer, 'name' in streams ? streams.name : `${streams.prefix}*`);
  const whole = 'prefix' in streams && streams.prefix === '' ? [`${group}:*`] : [];
  return [own, ...whole, group].flatMap((resource) => calls(neededActions(writer), resource));
}

/**
 * Calls of a writer on resources of others: similarly named log groups, the same names in other places, other log
 * streams.
 */
export function foreignCalls(writer: Writer, otherPlaces: readonly Place[]): Grant[] {
  const { place, logGroupName: name, createsStreams } = writer;
  const otherGroups = [`${name}2`, `${name}/sub`, `${name}-copy`, `x${name}`, name.slice(0, -1), '/other'];
  const foreign: Writer[] = [
    ...otherPlaces.map((other) => ({ ...writer, place: other })),
    ...otherGroups
      .filter((other) => other !== '' && other !== name)
      .map((logGroupName) => ({ ...writer, place, logGroupName })),
  ];
  const resources = [
    ...otherStreams(writer).map((other) => streamArn(writer, other)),
    ...foreign.map((other) => ownStreamArn(other)),
  ];
  const created = createsStreams ? [] : calls(['logs:CreateLogStream'], ownStreamArn(writer));
  return [...resources.flatMap((resource) => calls(STREAM_ACTIONS, resource)), ...created];
}

function ownStreams({ streams }: Writer): string[] {
  if ('name' in streams) return [streams.name];
  return STREAM_NAMES.map((name) => `${streams.prefix}${name}`);
}

/** Names of log streams in the writer's log group that are not the writer's. */
function otherStreams({ streams }: Writer): string[] {
  if ('name' in streams) {
    return [`${streams.name}2`, `x${streams.name}`, 'other'].filter((name) => name !== streams.name);
  }
  const { prefix } = streams;
  return [`x${prefix}`, `${prefix.slice(0, -1)}~`, 'other'].filter((name) => !name.startsWith(prefix));
}

function neededActions({ createsStreams }: Writer): string[] {
  return createsStreams ? STREAM_ACTIONS : STREAM_ACTIONS.slice(1);
}

function streamArn({ place, logGroupName }: Writer, name: string): string {
  return `${logGroupArn(place, logGroupName)}:log-stream:${name}`;
}

function calls(actions: readonly string[], resource: string): Grant[] {
  return actions.map((action) => ({ action, resource }));
}
