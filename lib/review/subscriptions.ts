import { Annotations } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import type { FinishedTree } from '../finished-tree.js';
import { subscriptionFindings } from '../operate/subscription-findings.js';
import type { Binding } from '../bind/binder.js';

/**
 * Checks the subscription filters of the log group.
 *
 * @returns errors that stop the deployment: too many filters, and functions that would be sent their own log events
 */
export function reviewSubscriptions(
  owner: IConstruct,
  tree: FinishedTree,
  logGroup: logs.ILogGroup,
  bindings: readonly Binding[],
): string[] {
  const functions = bindings.map(({ construct }) => construct).filter(isFunction);
  const { errors, warnings } = subscriptionFindings(tree, logGroup, functions);
  for (const warning of warnings) {
    Annotations.of(owner).addWarningV2('fapilog-cloudwatch:subscriptionFilters', warning);
  }
  return errors;
}

function isFunction(construct: IConstruct): construct is lambda.IFunction {
  return 'functionArn' in construct;
}
