import type { LogGroup } from '../store/log-group.js';

/** A log group as DescribeLogGroups returns it. That an unprotected one has `deletionProtectionEnabled`, too, is assumed. */
export function describedGroup(group: LogGroup): object {
  const { name, creationTime, logGroupClass } = group.identity;
  return {
    logGroupName: name,
    creationTime,
    retentionInDays: group.settings.retentionInDays,
    metricFilterCount: group.settings.metricFilters?.length ?? 0,
    arn: `${group.arn}:*`,
    storedBytes: group.storedBytes,
    kmsKeyId: group.settings.kmsKeyId,
    logGroupClass,
    logGroupArn: group.arn,
    deletionProtectionEnabled: group.settings.isProtected ?? false,
  };
}

/** A log group as ListLogGroups returns it. */
export function listedGroup({ identity, arn }: LogGroup): object {
  const { name, logGroupClass } = identity;
  return { logGroupName: name, logGroupArn: arn, logGroupClass };
}
