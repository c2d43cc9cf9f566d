import { checkSequenceToken } from '../store/sequence-token.js';
import { rejectedEntity, type Entity } from './entity.js';
import { operation } from './operation.js';
import { keptEvents, rejectionCounts, rejectionsOf } from './rejections.js';
import { checkBatch } from './rules.js';

/** Reads a sequence token only as a legacy endpoint. Otherwise, no call is recognized as a duplicate. */
export const putLogEvents = operation('PutLogEvents', {
  honours: ['logGroupName', 'logStreamName', 'logEvents', 'sequenceToken', 'entity'],
  judges: ['entity'],
  enforces:
    'counts, bytes of events and call, order, span, age, retention (`rejectedLogEventsInfo`), a bad entity (`rejectedEntityInfo`)',
  storesOnly: 'the entity, with the call (`server.calls`)',
  assumes:
    'texts for count and empty message; a span of exactly 24 hours is allowed; which broken limit of an entity has which type, and which log group takes none',
  run(
    { logGroupName, logStreamName, logEvents, sequenceToken, entity },
    { store, nowMs, putOverrides, tally, relate },
  ) {
    checkBatch(logEvents, nowMs);
    const group = store.group(logGroupName);
    const stream = group.stream(logStreamName);
    const rejectedEntityInfo = rejectedEntity(entity, group.identity.logGroupClass);
    if (putOverrides.demandsSequenceToken) checkSequenceToken(stream.sequence, sequenceToken, logEvents);
    const rejectedLogEventsInfo =
      putOverrides.rejections?.(logEvents) ?? rejectionsOf(logEvents, nowMs, group.expiresBeforeMs(nowMs));
    const kept = keptEvents(logEvents, rejectedLogEventsInfo ?? {});
    store.put(group, stream, logEvents, kept, nowMs);
    tally(kept.length, rejectionCounts(rejectedLogEventsInfo ?? {}, logEvents.length));
    if (!rejectedEntityInfo) relate(entity as Entity | undefined);
    const nextSequenceToken = putOverrides.demandsSequenceToken ? stream.sequence?.expectedToken : undefined;
    return { nextSequenceToken, rejectedLogEventsInfo, rejectedEntityInfo };
  },
});
