import { groupNameMember } from '../api/members.js';
import type { Operation } from './operation.js';

export const deleteLogGroup: Operation = (input, { store }) => {
  store.deleteGroup(groupNameMember(input));
  return {};
};
