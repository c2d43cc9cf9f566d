import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { aws_logs as logs } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import type { FinishedTree } from '../finished-tree.js';
import { Archive } from './archive.js';
import { functionBehindArn } from './function-behind-arn.js';
import { isSameLogGroup } from './same-log-group.js';

/** Most subscription filters of a log group. API: quotas page of the user guide. */
const MAX_SUBSCRIPTION_FILTERS = 2;

/** Problems of the subscription filters of a log group, in sentences. */
export interface SubscriptionFindings {
  readonly errors: string[];
  readonly warnings: string[];
}

/**
 * Checks the subscription filters of a log group. Changes nothing.
 *
 * @param boundFunctions functions that write to the log group: one that is also sent its events would feed itself
 */
export function subscriptionFindings(
  tree: FinishedTree,
  logGroup: logs.ILogGroup,
  boundFunctions: readonly lambda.IFunction[],
): SubscriptionFindings {
  const filters = tree
    .read(filtersIn)
    .filter((filter) => isSameLogGroup(filter.logGroupName, filter, logGroup));
  if (filters.length === 0) return { errors: [], warnings: [] };
  return {
    errors: [...countErrors(filters, logGroup), ...loopErrors(filters, logGroup, boundFunctions)],
    warnings: countWarnings(filters, logGroup),
  };
}

function filtersIn(constructs: readonly IConstruct[]): logs.CfnSubscriptionFilter[] {
  return constructs.filter((each): each is logs.CfnSubscriptionFilter =>
    logs.CfnSubscriptionFilter.isCfnSubscriptionFilter(each),
  );
}

function countErrors(filters: readonly IConstruct[], { node }: logs.ILogGroup): string[] {
  if (filters.length <= MAX_SUBSCRIPTION_FILTERS) return [];
  return [
    `${node.path} has ${filters.length} subscription filters, ${paths(filters)}; ` +
      `a log group may have ${MAX_SUBSCRIPTION_FILTERS}; remove some, or send one to a Kinesis stream that others read`,
  ];
}

function countWarnings(filters: readonly IConstruct[], { node }: logs.ILogGroup): string[] {
  if (filters.length !== MAX_SUBSCRIPTION_FILTERS || areArchivesOfOne(filters)) return [];
  return [
    `${node.path} has ${filters.length} subscription filters, ${paths(filters)}, and may have no more: a deployment that ` +
      'replaces one creates the new one first and fails; then remove the old one in a deployment of its own',
  ];
}

/** Whether one logging construct was asked for both: whoever calls `archiveTo` again knows of the first archive. */
function areArchivesOfOne(filters: readonly IConstruct[]): boolean {
  const askers = filters.map(({ node }) => node.scopes.find((scope) => scope instanceof Archive)?.node.scope);
  return askers[0] !== undefined && new Set(askers).size === 1;
}

function loopErrors(
  filters: readonly logs.CfnSubscriptionFilter[],
  { node }: logs.ILogGroup,
  boundFunctions: readonly lambda.IFunction[],
): string[] {
  const bound = new Map(boundFunctions.map((fn) => [functionBehindArn(fn.functionArn), fn]));
  return filters.flatMap((filter) => {
    const fn = bound.get(functionBehindArn(filter.destinationArn));
    return fn === undefined ? [] : [`${loop(filter, fn)} ${node.path}, ${LOOP_FIX}`];
  });
}

function loop(filter: IConstruct, fn: IConstruct): string {
  return `${filter.node.path} sends log events to ${fn.node.path}, which itself logs to`;
}

const LOOP_FIX =
  'so that each event makes another one, without end; send them to a function that logs to another log group';

function paths(constructs: readonly IConstruct[]): string {
  return constructs.map(({ node }) => node.path).join(', ');
}
