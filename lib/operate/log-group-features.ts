import type * as logs from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { isElsewhere } from '../stack-environment.js';
import { isUnresolved } from '../tokens.js';

/** A log group as its construct sees it. */
export interface OperatedLogGroup {
  /** The construct below which everything is defined. */
  readonly scope: Construct;
  readonly logGroup: logs.ILogGroup;
  /** `undefined` if it is not known, as of an adopted log group. */
  readonly logGroupClass: logs.LogGroupClass | undefined;
}

/**
 * What is defined on a log group, with the classes that have no such thing. They are written out, because DELIVERY is younger
 * than the oldest CDK that we work with: there it would be `undefined`, the very class that is not known.
 */
const withoutFeature = {
  'a metric filter': ['INFREQUENT_ACCESS', 'DELIVERY'],
  'a subscription filter': ['INFREQUENT_ACCESS', 'DELIVERY'],
  'a saved query': ['DELIVERY'],
} as const;

export type Feature = keyof typeof withoutFeature;

/** Whether a log group may have a feature, as far as is known. */
export function offers(group: OperatedLogGroup, feature: Feature): boolean {
  return hasInClass(group, feature) && !isElsewhere(group.scope, group.logGroup);
}

/**
 * @param method what was called, for the message
 * @param fix what to do instead where the class is the reason
 * @throws Error if the log group may not have the feature, which only the deployment would find
 */
export function assertOffers(group: OperatedLogGroup, feature: Feature, method: string, fix: string): void {
  const { scope, logGroup, logGroupClass } = group;
  const refusal = `${scope.node.path}: ${method} needs ${feature}`;
  if (!hasInClass(group, feature)) {
    throw new Error(`${refusal}, which a log group of class ${logGroupClass} cannot have; ${fix}`);
  }
  if (isElsewhere(scope, logGroup)) {
    const { account, region } = logGroup.env;
    throw new Error(
      `${refusal}, which must be in the log group's own account and Region, ${account} and ${region}; ` +
        'call it on a construct in a stack of that environment',
    );
  }
}

/** Whether a log group has a feature by its class, wherever it is. */
export function hasInClass({ logGroupClass }: OperatedLogGroup, feature: Feature): boolean {
  const without: readonly (string | undefined)[] = withoutFeature[feature];
  return isUnresolved(logGroupClass) || !without.includes(logGroupClass);
}
