import { logGroupNameProblem } from '../../contract/names.js';
import { invalidParameter } from '../service-error.js';
import type { LogGroupClass } from '../store/group-settings.js';
import type { LogGroup } from '../store/log-group.js';
import type { Store } from '../store/store.js';

/** How a call names its log group. */
interface GroupNaming {
  readonly logGroupName?: string | undefined;
  /** Name or ARN. */
  readonly logGroupIdentifier?: string | undefined;
}

/**
 * The log group that a call names in one of two ways. That both, or none, is refused is documented, the texts are assumed.
 *
 * @throws ServiceError if it does not exist, or none or both are given
 */
export function namedGroup(store: Store, { logGroupName, logGroupIdentifier }: GroupNaming): LogGroup {
  if (logGroupName !== undefined && logGroupIdentifier !== undefined)
    throw invalidParameter('Cannot specify both logGroupName and logGroupIdentifier.');
  if (logGroupIdentifier !== undefined) return identifiedGroup(store, logGroupIdentifier);
  if (logGroupName === undefined)
    throw invalidParameter('Specify either logGroupName or logGroupIdentifier.');
  return store.group(logGroupName);
}

/** The log group with this name or ARN. That an ARN of another account or Region is not found is assumed. */
export function identifiedGroup(store: Store, identifier: string): LogGroup {
  return identifier.startsWith('arn:') ? store.groupByArn(identifier) : store.group(identifier);
}

/**
 * Refuses a log group whose class lacks what the operation does. The classes are documented, the text is assumed.
 */
export function ofClass(group: LogGroup, ...classes: readonly LogGroupClass[]): LogGroup {
  const { logGroupClass } = group.identity;
  if (classes.includes(logGroupClass)) return group;
  throw invalidParameter(`The operation is not supported for log groups of class ${logGroupClass}.`);
}

/** Refuses a name that the service keeps for itself. The prefix is documented, the text is reported. */
export function checkNotReserved(name: string): void {
  if (name.startsWith('aws/') && logGroupNameProblem(name) !== undefined)
    throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
}
