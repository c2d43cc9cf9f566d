import { logStreamArn } from '../arns.js';
import {
  booleanMember,
  enumMember,
  groupIdentifierMember,
  limitMember,
  stringMember,
} from '../api/members.js';
import type { Operation } from './operation.js';
import { type Key, listPage, MAX_DESCRIBED } from './pages.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';

const ORDERS = ['LogStreamName', 'LastEventTime'] as const;
type Order = (typeof ORDERS)[number];

export const describeLogStreams: Operation = (input, { store }) => {
  const group = store.group(groupIdentifierMember(input));
  const prefix = stringMember(input, 'logStreamNamePrefix');
  const order = enumMember(input, 'orderBy', ORDERS) ?? 'LogStreamName';
  if (order === 'LastEventTime' && prefix !== undefined) {
    throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
  }
  const { items, ...next } = listPage({
    items: group.streams.filter(({ name }) => name.startsWith(prefix ?? '')),
    keyOf: (stream) => keyOf(stream, order),
    descending: booleanMember(input, 'descending'),
    limit: limitMember(input, MAX_DESCRIBED),
    token: stringMember(input, 'nextToken'),
  });
  return { logStreams: items.map((stream) => describe(group, stream)), ...next };
};

/** Sorts a stream without events before all others in time (assumed). */
function keyOf(stream: LogStream, order: Order): Key {
  return [order === 'LastEventTime' ? (stream.events.at(-1)?.timestamp ?? -1) : 0, stream.name];
}

/** `storedBytes` of a stream is always 0 (documented). */
function describe({ identity }: LogGroup, stream: LogStream): object {
  return {
    logStreamName: stream.name,
    creationTime: stream.creationTime,
    firstEventTimestamp: stream.events[0]?.timestamp,
    lastEventTimestamp: stream.events.at(-1)?.timestamp,
    lastIngestionTime: stream.lastIngestionTime,
    uploadSequenceToken: stream.sequence?.expectedToken,
    arn: logStreamArn(identity.place, identity.name, stream.name),
    storedBytes: 0,
  };
}
