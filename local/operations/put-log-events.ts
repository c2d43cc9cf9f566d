import { checkSequenceToken } from '../store/sequence-token.js';
import { rejectedEntity } from './entity.js';
import { operation } from './operation.js';
import { keptEvents, rejectionCounts, rejectionsOf } from './rejections.js';
import { checkBatch } from './rules.js';

/** Reads a sequence token only as a legacy endpoint. Otherwise, no call is recognized as a duplicate. */
export const putLogEvents = operation('PutLogEvents', {
  honours: ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken', 'entity'],
  judges: ['entity'],
  enforces:
    'counts, bytes of events and call, order, span, age, retention (`rejectedLogEventsInfo`), a bad entity (`rejectedEntityInfo`), of which nothing is kept',
  assumes:
    'texts for count and empty message; a span of exactly 24 hours is allowed; which broken limit of an entity has which type',
  run(
    { logGroupName, logStreamName, logEvents, sequenceToken, entity },
    { store, nowMs, putOverrides, tally },
  ) {
    const rejectedEntityInfo = rejectedEntity(entity);
    checkBatch(logEvents, nowMs);
    const group = store.group(logGroupName);
    const stream = group.stream(logStreamName);
    if (putOverrides.demandsSequenceToken) checkSequenceToken(stream.sequence, sequenceToken, logEvents);
    const rejectedLogEventsInfo =
      putOverrides.rejections?.(logEvents) ?? rejectionsOf(logEvents, nowMs, group.expiresBeforeMs(nowMs));
    const kept = keptEvents(logEvents, rejectedLogEventsInfo ?? {});
    store.put(group, stream, logEvents, kept, nowMs);
    tally(kept.length, rejectionCounts(rejectedLogEventsInfo ?? {}, logEvents.length));
    const nextSequenceToken = putOverrides.demandsSequenceToken ? stream.sequence?.expectedToken : undefined;
    return { nextSequenceToken, rejectedLogEventsInfo, rejectedEntityInfo };
  },
});
