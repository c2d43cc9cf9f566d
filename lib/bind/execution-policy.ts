import { CfnResource, Stack } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import type { IConstruct } from 'constructs';
import { isExecutionPolicy } from '../policies/aws-managed-policies.js';
import { renderedProperties } from '../rendered.js';
import { textOf } from '../statement-text.js';

/**
 * Whether a role of this app has a policy of AWS by which Lambda writes the lines of a function. CDK attaches one to the
 * roles that it defines for functions.
 */
export function hasExecutionPolicy(grantee: iam.IGrantable): boolean {
  const resource = roleResourceOf(grantee);
  return resource !== undefined && isAmong(Stack.of(resource).resolve(resource.managedPolicyArns));
}

/** The same in the template, overrides included: for a finished tree. */
export function keepsExecutionPolicy(grantee: iam.IGrantable): boolean {
  const resource = roleResourceOf(grantee);
  return resource !== undefined && isAmong(renderedProperties(resource)['ManagedPolicyArns']);
}

function roleResourceOf({ grantPrincipal }: iam.IGrantable): iam.CfnRole | undefined {
  const resource = (grantPrincipal as Partial<IConstruct>).node?.defaultChild;
  return CfnResource.isCfnResource(resource) ? (resource as iam.CfnRole) : undefined;
}

function isAmong(arns: unknown): boolean {
  return Array.isArray(arns) && arns.some((arn) => isExecutionPolicy(textOf(arn)));
}
