import { booleanMember, groupIdentifierMember, required } from '../api/members.js';
import type { Operation } from './operation.js';

export const putLogGroupDeletionProtection: Operation = (input, { store }) => {
  const member = 'deletionProtectionEnabled';
  required(input['logGroupIdentifier'] ?? undefined, 'logGroupIdentifier');
  store.group(groupIdentifierMember(input)).isProtected = required(booleanMember(input, member), member);
  return {};
};
