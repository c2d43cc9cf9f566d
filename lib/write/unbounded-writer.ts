import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';

/** AWS managed policies that allow writing to every log group of the account, by the end of their ARN. */
const UNBOUNDED_WRITERS = [
  'service-role/AWSLambdaBasicExecutionRole',
  'service-role/AWSLambdaBasicDurableExecutionRolePolicy',
  'service-role/AWSLambdaVPCAccessExecutionRole',
  'CloudWatchAgentServerPolicy',
  'CloudWatchFullAccess',
  'CloudWatchFullAccessV2',
  'CloudWatchLogsFullAccess',
];

/** The managed policy that lets a role write to any log group; `undefined` if none is visible, as on imported roles. */
export function unboundedWriterPolicy(role: object): string | undefined {
  const resource = (role as { readonly node?: IConstruct['node'] }).node?.defaultChild;
  if (!resource || !iam.CfnRole.isCfnRole(resource)) return undefined;
  const attached: unknown[] = Stack.of(resource).resolve(resource.managedPolicyArns) ?? [];
  const arns = attached.map((arn) => JSON.stringify(arn));
  const found = UNBOUNDED_WRITERS.find((policy) => arns.some((arn) => arn.includes(`policy/${policy}"`)));
  return found?.replace('service-role/', '');
}
