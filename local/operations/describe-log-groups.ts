import { logGroupArn } from '../arns.js';
import { type Input, limitMember, stringMember } from '../api/members.js';
import type { Operation } from './operation.js';
import { listPage, MAX_DESCRIBED } from './pages.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroup } from '../store/log-group.js';

export const describeLogGroups: Operation = (input, { store }) => {
  const { items, ...next } = listPage({
    items: store.groups.filter(selectionOf(input)),
    keyOf: (group) => [0, group.identity.name],
    limit: limitMember(input, MAX_DESCRIBED),
    token: stringMember(input, 'nextToken'),
  });
  return { logGroups: items.map(describe), ...next };
};

/** Selects by a prefix or by a case-sensitive part of the name (documented). The text of the conflict is assumed. */
function selectionOf(input: Input): (group: LogGroup) => boolean {
  const prefix = stringMember(input, 'logGroupNamePrefix');
  const pattern = stringMember(input, 'logGroupNamePattern');
  const logGroupClass = stringMember(input, 'logGroupClass');
  if (prefix !== undefined && pattern !== undefined) {
    throw invalidParameter('Cannot specify both logGroupNamePrefix and logGroupNamePattern.');
  }
  return ({ identity }) =>
    identity.name.startsWith(prefix ?? '') &&
    identity.name.includes(pattern ?? '') &&
    identity.logGroupClass === (logGroupClass ?? identity.logGroupClass);
}

/** That an unprotected log group has `deletionProtectionEnabled`, too, is assumed. */
function describe({ identity, retentionInDays, storedBytes, isProtected }: LogGroup): object {
  const logGroupArnOnly = logGroupArn(identity.place, identity.name);
  return {
    logGroupName: identity.name,
    creationTime: identity.creationTime,
    retentionInDays,
    metricFilterCount: 0,
    arn: `${logGroupArnOnly}:*`,
    storedBytes,
    kmsKeyId: identity.kmsKeyId,
    logGroupClass: identity.logGroupClass,
    logGroupArn: logGroupArnOnly,
    deletionProtectionEnabled: isProtected,
  };
}
