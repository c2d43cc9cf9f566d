import { aws_logs as logs } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { isElsewhere } from '../stack-environment.js';

/** A log group as its construct sees it. */
export interface OperatedLogGroup {
  /** The construct that becomes the parent of everything defined for the log group. The ids of its children never change. */
  readonly scope: Construct;
  readonly logGroup: logs.ILogGroup;
  /** `undefined` if the owner of an adopted log group has not named its class. */
  readonly logGroupClass: logs.LogGroupClass | undefined;
}

/** Filters that a log group of class INFREQUENT_ACCESS cannot have. */
export type Filter = 'a metric filter' | 'a subscription filter';

/** Whether metric and subscription filters can be defined for the log group, as far as synthesis knows. */
export function mayHaveFilters(group: OperatedLogGroup): boolean {
  return hasFiltersByClass(group) && !isElsewhere(group.scope, group.logGroup);
}

/**
 * @param method name of the called method, for the message
 * @param fix what to do instead if the class has no filters, for the message
 * @throws Error if the log group cannot have the filter; otherwise only the deployment would find out
 */
export function assertMayHave(group: OperatedLogGroup, filter: Filter, method: string, fix: string): void {
  if (!hasFiltersByClass(group)) {
    throw new Error(
      `${group.scope.node.path}: ${method} needs ${filter}, ` +
        `which a log group of class ${group.logGroupClass} cannot have; ${fix}`,
    );
  }
  assertNotElsewhere(group, filter, method);
}

/** @throws Error if the log group is in another account or Region than the scope, where `what` cannot be defined for it */
export function assertNotElsewhere(
  { scope, logGroup }: OperatedLogGroup,
  what: string,
  method: string,
): void {
  if (!isElsewhere(scope, logGroup)) return;
  const { account, region } = logGroup.env;
  throw new Error(
    `${scope.node.path}: ${method} needs ${what}, which must be in the log group's own account and Region, ` +
      `${account} and ${region}; call it on a construct in a stack of that environment`,
  );
}

function hasFiltersByClass({ logGroupClass }: OperatedLogGroup): boolean {
  return logGroupClass !== logs.LogGroupClass.INFREQUENT_ACCESS;
}
