import { groupNameMember, streamNameMember } from '../api/members.js';
import type { Operation } from './operation.js';

export const createLogStream: Operation = (input, { store, nowMs }) => {
  const [groupName, streamName] = [groupNameMember(input), streamNameMember(input)];
  store.group(groupName).createStream(streamName, nowMs);
  return {};
};
