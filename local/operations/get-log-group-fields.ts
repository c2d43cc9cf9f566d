import type { LogGroup } from '../store/log-group.js';
import { readBackwards, type Span, startOf } from '../store/reading.js';
import { discoveredFields } from '../lines/discovered-fields.js';
import { namedGroup, ofClass } from './named-group.js';
import { operation } from './operation.js';
import { Scan } from './scan.js';

const MINUTE_MS = 60_000;
/** Every event has these. */
const SYSTEM_FIELDS = ['@ingestionTime', '@log', '@logStream', '@message', '@timestamp'];

export const getLogGroupFields = operation('GetLogGroupFields', {
  honours: ['logGroupName', 'logGroupIdentifier', 'time'],
  enforces:
    'the 15 minutes before now, or the 8 before and after `time`, in seconds; each field with its percentage',
  assumes:
    'the last 100,000 events or 16 MiB are looked at, not a sample; order by percentage; a log group without events has no fields',
  run({ time, ...naming }, { store, nowMs }) {
    const group = ofClass(namedGroup(store, naming), 'STANDARD', 'INFREQUENT_ACCESS', 'ESSENTIALS');
    const [fromMs, toMs] =
      time === undefined
        ? [nowMs - 15 * MINUTE_MS, nowMs]
        : [time * 1000 - 8 * MINUTE_MS, time * 1000 + 8 * MINUTE_MS];
    const from = startOf(Math.max(fromMs, group.expiresBeforeMs(nowMs)));
    return { logGroupFields: percentages(lastMessages(group, { from, to: startOf(toMs + 1) })) };
  },
});

/** The service looks at a sample, too (documented). */
function lastMessages(group: LogGroup, span: Span): string[] {
  const messages: string[] = [];
  const scan = new Scan();
  for (const { event } of readBackwards(group.streams, span)) {
    if (!scan.takes(event.message)) break;
    messages.push(event.message);
  }
  return messages;
}

function percentages(messages: readonly string[]): object[] {
  const counts = new Map(messages.length === 0 ? [] : SYSTEM_FIELDS.map((name) => [name, messages.length]));
  for (const message of messages)
    for (const name of discoveredFields(message).keys()) counts.set(name, (counts.get(name) ?? 0) + 1);
  return [...counts]
    .map(([name, count]) => ({ name, percent: Math.round((100 * count) / messages.length) }))
    .toSorted((one, other) => other.percent - one.percent);
}
