import { rejectedEntity } from './entity.js';
import { groupNameMember, mapMember, streamNameMember, stringMember } from '../api/members.js';
import type { Operation } from './operation.js';
import { keptEvents, rejectionsOf } from './rejections.js';
import { checkBatch, logEventsMember } from './rules.js';
import { checkSequenceToken } from '../store/sequence-token.js';

/** Reads a sequence token only as a legacy endpoint. Otherwise, no call is recognized as a duplicate. */
export const putLogEvents: Operation = (input, { store, nowMs, putOverrides, tally }) => {
  const [groupName, streamName] = [groupNameMember(input), streamNameMember(input)];
  const sequenceToken = stringMember(input, 'sequenceToken');
  const rejectedEntityInfo = rejectedEntity(mapMember(input, 'entity'));
  const events = logEventsMember(input);
  checkBatch(events, nowMs);
  const group = store.group(groupName);
  const stream = group.stream(streamName);
  if (putOverrides.demandsSequenceToken) checkSequenceToken(stream.sequence, sequenceToken, events);
  const rejectedLogEventsInfo =
    putOverrides.rejections?.(events) ?? rejectionsOf(events, nowMs, group.expiresBeforeMs(nowMs));
  const kept = keptEvents(events, rejectedLogEventsInfo ?? {});
  store.put(group, stream, events, kept, nowMs);
  tally(kept.length, events.length - kept.length);
  const nextSequenceToken = putOverrides.demandsSequenceToken ? stream.sequence?.expectedToken : undefined;
  return { nextSequenceToken, rejectedLogEventsInfo, rejectedEntityInfo };
};
