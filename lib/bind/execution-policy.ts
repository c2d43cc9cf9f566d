import { CfnResource, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isExecutionPolicy } from '../policies/aws-managed-policies.js';
import { textOf } from '../statement-text.js';

/**
 * Whether a role of this app has a policy of AWS by which Lambda writes the lines of a function. CDK attaches one to the
 * roles that it defines for functions.
 */
export function hasExecutionPolicy({ grantPrincipal }: iam.IGrantable): boolean {
  const resource = (grantPrincipal as Partial<IConstruct>).node?.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) return false;
  const { managedPolicyArns } = resource as Partial<iam.CfnRole>;
  const arns = (Stack.of(resource).resolve(managedPolicyArns) ?? []) as readonly unknown[];
  return arns.some((arn) => isExecutionPolicy(textOf(arn)));
}
