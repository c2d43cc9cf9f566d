import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { PutChange } from '../change.js';
import type { Stores } from '../stores.js';
import { Segment, UNFINISHED } from './segment.js';
import { changeIn, changeLine, linesOf } from './segment-lines.js';

/**
 * Writes segments that follow each other anew, as one, without the events that are not stored any more. It takes the place of the old
 * ones at once; a process that is killed before it has removed them leaves numbers that are within others.
 */
export function rewrite(directory: string, old: readonly Segment[], stores: Stores): Segment {
  const [first, last] = [old[0]!, old.at(-1)!];
  const segment = new Segment(directory, { first: first.numbers.first, last: last.numbers.last });
  const [head] = linesOf(readFileSync(first.path));
  const content = Buffer.concat([head!, ...old.flatMap((each) => keptLines(each, segment, stores))]);
  replace(segment.path, content);
  segment.bytes = content.length;
  segment.headBytes = head!.length;
  segment.startAfter(last.lastArrival);
  for (const each of old.filter(({ path }) => path !== segment.path)) each.remove();
  return segment;
}

/** What could be written of it would be in the way on a disk that is full. */
function replace(path: string, content: Buffer): void {
  const unfinished = path + UNFINISHED;
  try {
    writeFileSync(unfinished, content, { mode: 0o600 });
    renameSync(unfinished, path);
  } catch (error) {
    rmSync(unfinished, { force: true });
    throw error;
  }
}

function keptLines(old: Segment, segment: Segment, stores: Stores): Buffer[] {
  const [, ...lines] = linesOf(readFileSync(old.path));
  return lines.flatMap((line) => {
    const change = changeIn(line);
    if (change?.op !== 'putLogEvents') return change === undefined ? [] : [line];
    const puts = storedOf(change, stores);
    for (const put of puts) segment.count(put);
    return puts.map(changeLine);
  });
}

/** The events of a change that are still stored, as changes whose arrivals are consecutive. */
function storedOf(change: PutChange, stores: Stores): PutChange[] {
  const puts: { arrival: number; events: PutChange['events'][number][] }[] = [];
  for (const [index, event] of change.events.entries()) {
    const arrival = change.arrival + index;
    if (!stores.holds(change, { timestamp: event.timestamp, arrival })) continue;
    const last = puts.at(-1);
    if (last !== undefined && last.arrival + last.events.length === arrival) last.events.push(event);
    else puts.push({ arrival, events: [event] });
  }
  return puts.map((put) => ({ ...change, ...put }));
}
