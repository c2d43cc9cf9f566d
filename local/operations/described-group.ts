import { logGroupArn } from '../arns.js';
import type { LogGroup } from '../store/log-group.js';

/** A log group as DescribeLogGroups returns it. That an unprotected one has `deletionProtectionEnabled`, too, is assumed. */
export function describedGroup(group: LogGroup): object {
  const { name, place, creationTime, logGroupClass } = group.identity;
  return {
    logGroupName: name,
    creationTime,
    retentionInDays: group.settings.retentionInDays,
    metricFilterCount: group.settings.metricFilters?.length ?? 0,
    arn: `${logGroupArn(place, name)}:*`,
    storedBytes: group.storedBytes,
    kmsKeyId: group.settings.kmsKeyId,
    logGroupClass,
    logGroupArn: logGroupArn(place, name),
    deletionProtectionEnabled: group.settings.isProtected ?? false,
  };
}

/** A log group as ListLogGroups returns it. */
export function listedGroup({ identity }: LogGroup): object {
  const { name, place, logGroupClass } = identity;
  return { logGroupName: name, logGroupArn: logGroupArn(place, name), logGroupClass };
}
