import { RETENTION_DAYS } from '../../contract/limits.js';
import { constraintBroken, groupNameMember, integerMember, required } from '../api/members.js';
import type { Operation } from './operation.js';

/** The 22 values are from the API, the text is assumed. */
export const putRetentionPolicy: Operation = (input, { store }) => {
  const name = groupNameMember(input);
  const days = required(integerMember(input, 'retentionInDays'), 'retentionInDays');
  if (!RETENTION_DAYS.includes(days)) {
    const rule = `Member must satisfy enum value set: [${RETENTION_DAYS.join(', ')}]`;
    throw constraintBroken(days, 'retentionInDays', rule);
  }
  store.group(name).retentionInDays = days;
  return {};
};
