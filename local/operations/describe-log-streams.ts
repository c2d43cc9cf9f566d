import { logStreamArn } from '../arns.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import { namedGroup } from './named-group.js';
import { operation } from './operation.js';
import { type Key, listPage, MAX_DESCRIBED } from './pages.js';

type Order = 'LogStreamName' | 'LastEventTime';

export const describeLogStreams = operation('DescribeLogStreams', {
  honours: [
    'logGroupName',
    'logGroupIdentifier',
    'logStreamNamePrefix',
    'orderBy',
    'descending',
    'limit',
    'nextToken',
  ],
  enforces: 'prefix or order by time, not both; pages of 50; `storedBytes` is 0',
  assumes: 'a stream without events is the oldest; times are there at once (they may lag an hour)',
  run(input, { store }) {
    const group = namedGroup(store, input);
    const { logStreamNamePrefix: prefix, orderBy = 'LogStreamName' } = input;
    if (orderBy === 'LastEventTime' && prefix !== undefined)
      throw invalidParameter('Cannot order by LastEventTime with a logStreamNamePrefix.');
    const { items, ...next } = listPage({
      of: `DescribeLogStreams ${orderBy} ${input.descending ?? false} ${group.arn}`,
      items: group.streams.filter(({ name }) => name.startsWith(prefix ?? '')),
      keyOf: (stream) => keyOf(stream, orderBy),
      descending: input.descending,
      limit: input.limit ?? MAX_DESCRIBED,
      token: input.nextToken,
    });
    return { logStreams: items.map((stream) => describe(group, stream)), ...next };
  },
});

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
