import {
  EVENT_OVERHEAD_BYTES,
  MAX_CALL_BYTES,
  MAX_CALL_EVENTS,
  MAX_CALL_SPAN_MS,
  MAX_EVENT_BYTES,
} from '../../contract/limits.js';

/** The parts of a PutLogEvents body that are judged. */
export interface PutBody {
  readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
}

export interface Verdict {
  readonly calls: number;
  /** Fewest calls that these events need. */
  readonly idealCalls: number;
  readonly delivered: number;
  readonly lost: number;
  /** Number of times that an event arrived again. */
  readonly duplicated: number;
  /** Events in calls that the service would have refused. */
  readonly refused: number;
  /** Events that arrived in a later call than one that was logged after them, or behind it in the same call. */
  readonly outOfOrder: number;
  /** Reasons for which calls would have been refused, each once. */
  readonly reasons: readonly string[];
}

/** Judges the fate of the events 0 to `expected` - 1 by the bodies that arrived, in their order. */
export function judge(bodies: Iterable<PutBody>, expected: number): Verdict {
  const seen = new Uint8Array(expected);
  const reasons = new Set<string>();
  const count = { calls: 0, events: 0, bytes: 0, delivered: 0, duplicated: 0, refused: 0, outOfOrder: 0 };
  let latest = -1;
  for (const { logEvents } of bodies) {
    count.calls++;
    count.events += logEvents.length;
    count.bytes += bytesOf(logEvents);
    const broken = brokenRules(logEvents);
    for (const reason of broken) reasons.add(reason);
    if (broken.length > 0) {
      count.refused += logEvents.length;
      continue;
    }
    for (const { message } of logEvents) {
      const id = idOf(message);
      if (id === undefined || id >= expected) {
        reasons.add('a message without the id of an event');
        count.refused++;
        continue;
      }
      if (id < latest) count.outOfOrder++;
      latest = Math.max(latest, id);
      if (seen[id] === 1) count.duplicated++;
      else count.delivered++;
      seen[id] = 1;
    }
  }
  const { calls, events, bytes, delivered, duplicated, refused, outOfOrder } = count;
  const idealCalls = Math.max(Math.ceil(events / MAX_CALL_EVENTS), Math.ceil(bytes / MAX_CALL_BYTES));
  const lost = expected - delivered;
  return { calls, idealCalls, delivered, lost, duplicated, refused, outOfOrder, reasons: [...reasons] };
}

/** Returns the rules of PutLogEvents that a call breaks. The service refuses a whole call for any of them. */
export function brokenRules(logEvents: PutBody['logEvents']): string[] {
  const broken: string[] = [];
  const times = logEvents.map(({ timestamp }) => timestamp);
  const span = logEvents.length > 0 ? times.at(-1)! - times[0]! : 0;
  if (logEvents.length === 0) broken.push('a call without events');
  if (logEvents.length > MAX_CALL_EVENTS) broken.push(`more than ${MAX_CALL_EVENTS} events in a call`);
  if (bytesOf(logEvents) > MAX_CALL_BYTES) broken.push(`more than ${MAX_CALL_BYTES} bytes in a call`);
  if (times.some((time, index) => index > 0 && time < times[index - 1]!))
    broken.push('events of a call not in chronological order');
  if (span > MAX_CALL_SPAN_MS) broken.push('events of a call more than 24 hours apart');
  if (logEvents.some((event) => bytesOf([event]) > MAX_EVENT_BYTES))
    broken.push(`an event of more than ${MAX_EVENT_BYTES} bytes`);
  if (logEvents.some(({ message }) => message === '')) broken.push('an event without a message');
  if (times.some((time) => !Number.isInteger(time) || time < 0))
    broken.push('a timestamp that is not a whole number of milliseconds');
  return broken;
}

function bytesOf(logEvents: PutBody['logEvents']): number {
  return logEvents.reduce((sum, { message }) => sum + Buffer.byteLength(message) + EVENT_OVERHEAD_BYTES, 0);
}

/** Looks for the id anywhere in the line, because contestants put the fields in different places. */
function idOf(message: string): number | undefined {
  const found = /"eventId":\s*(\d+)/.exec(message)?.[1];
  return found === undefined ? undefined : Number(found);
}
