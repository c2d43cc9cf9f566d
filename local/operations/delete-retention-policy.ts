import { groupNameMember } from '../api/members.js';
import type { Operation } from './operation.js';

export const deleteRetentionPolicy: Operation = (input, { store }) => {
  store.group(groupNameMember(input)).retentionInDays = undefined;
  return {};
};
