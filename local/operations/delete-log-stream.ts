import { groupNameMember, streamNameMember } from '../api/members.js';
import type { Operation } from './operation.js';

export const deleteLogStream: Operation = (input, { store }) => {
  const [groupName, streamName] = [groupNameMember(input), streamNameMember(input)];
  store.group(groupName).deleteStream(streamName);
  return {};
};
