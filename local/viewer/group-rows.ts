import type { LogGroup } from '../store/log-group.js';
import type { LogStream } from '../store/log-stream.js';
import type { Stores } from '../store/stores.js';
import type { GroupRow, StreamRow } from './answers.js';
import { groupIdOf } from './source.js';

export function groupRows({ all }: Stores): GroupRow[] {
  return all
    .flatMap(({ groups }) => groups.map(groupRow))
    .toSorted((left, right) => (left.id < right.id ? -1 : 1));
}

function groupRow({ identity, settings, storedBytes, streams }: LogGroup): GroupRow {
  const { place, name, logGroupClass } = identity;
  return {
    id: groupIdOf(place, name),
    ...place,
    name,
    logGroupClass,
    retentionInDays: settings.retentionInDays,
    storedBytes,
    streams: streams.map(streamRow),
  };
}

function streamRow({ name, size, events }: LogStream): StreamRow {
  return { name, events: size, lastEventTimestamp: events.at(-1)?.timestamp };
}
