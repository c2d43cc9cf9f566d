import { Annotations, CfnResource, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { wildcards } from '../../contract/wildcards.js';
import type { Binding } from '../bind/binder.js';
import { functionResourceOf } from '../bind/lambda-place.js';
import { hasSettings } from '../bind/own-settings.js';
import type { FinishedTree } from '../finished-tree.js';
import { unboundedAwsPolicy } from '../policies/aws-managed-policies.js';
import { names } from '../policies/policy-statement.js';
import { policiesIn } from '../policies/tree-policies.js';
import { isElsewhere } from '../stack-environment.js';
import { renderedProperties } from '../rendered.js';

/** Where Lambda writes if a function names no log group. */
const DEFAULT_FOLDER = '/aws/lambda/';
const STREAM = `arn:aws:logs:region:account:log-group:${DEFAULT_FOLDER}function:log-stream:stream`;

/**
 * Warns of a function whose lines of the platform, and those that the sink diverts to stderr, go to the log group that Lambda
 * chooses, where its role shows no permission to write. Skips roles and policies that the tree does not show.
 */
export function reviewPlatformLines(
  { construct, grantee, logging }: Binding,
  tree: FinishedTree,
  logGroup: logs.ILogGroup,
): void {
  const resource = functionResourceOf(construct);
  if (!resource || logging || namesLogGroup(resource)) return;
  const found = tree.read(policiesIn).of(grantee.grantPrincipal);
  if (!found || found.hasUnknown || found.managedArns.some(unboundedAwsPolicy)) return;
  const statements = found.policies.flatMap((policy) => policy.statements);
  const arns = statements
    .filter((each) => !each.isDeny && names(each, 'logs:PutLogEvents'))
    .flatMap(({ resources: { list, isInverted } }) => (isInverted ? ['*'] : list));
  const owned = tree.read(groupsOfFunctions);
  // Lambda@Edge, which has no variables, chooses no log group either.
  if (arns.some((arn) => mayBeOfFunction(arn, owned)) || !hasSettings(construct)) return;
  // Lambda writes to no other account and no other Region.
  const advice = isElsewhere(construct, logGroup)
    ? 'a logGroup of its own account and Region, to which its role may write'
    : 'logGroup: logging.logGroup';
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:noLogGroup',
    `its role may not write to the log group that Lambda chooses (${DEFAULT_FOLDER}…), so that the lines of the platform, and those ` +
      `that the sink diverts to stderr, are lost; define it with ${advice}`,
  );
}

function namesLogGroup(resource: CfnResource): boolean {
  const { LogGroup } = (renderedProperties(resource)['LoggingConfig'] ?? {}) as {
    readonly LogGroup?: unknown;
  };
  return LogGroup !== undefined;
}

/** The ARN, as policies refer to it, of each log group of the app that has the name of one of Lambda's. */
function groupsOfFunctions(constructs: readonly IConstruct[]): readonly string[] {
  return constructs
    .filter((each) => CfnResource.isCfnResource(each) && each.cfnResourceType === 'AWS::Logs::LogGroup')
    .map((each) => each as logs.CfnLogGroup)
    .filter((each) =>
      JSON.stringify(Stack.of(each).resolve(each.logGroupName) ?? '').includes(DEFAULT_FOLDER),
    )
    .map((each) => `<${Stack.of(each).getLogicalId(each)}.Arn>`);
}

/** Whatever the account, the Region and the name of the function are. */
function mayBeOfFunction(arn: string, owned: readonly string[]): boolean {
  if (arn.includes(`:${DEFAULT_FOLDER}`) || owned.some((each) => arn.startsWith(each))) return true;
  const parts = arn.split(':');
  const anywhere = parts.map((part, index) => (index === 3 || index === 4 ? '*' : part)).join(':');
  return wildcards(anywhere).test(STREAM);
}
