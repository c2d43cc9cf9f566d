import { Annotations, Stack } from 'aws-cdk-lib';
import type * as lambda from 'aws-cdk-lib/aws-lambda';
import { names } from '../policies/policy-statement.js';
import type { FinishedTree } from '../finished-tree.js';
import { policiesIn, type PrincipalPolicies } from '../policies/tree-policies.js';
import type { Binding } from '../bind/binder.js';
import { functionResourceOf } from '../bind/lambda-place.js';

/** Source: Lambda developer guide, "Giving Lambda functions access to resources in an Amazon VPC", execution role. */
const ACTIONS = [
  'ec2:CreateNetworkInterface',
  'ec2:DescribeNetworkInterfaces',
  'ec2:DeleteNetworkInterface',
] as const;

/** Policies of AWS with these actions: those for functions in a VPC, and those that allow all of EC2. */
const NETWORK_POLICY =
  /:policy\/.*(AWSLambdaVPCAccessExecutionRole|AWSLambdaENIManagementAccess|AdministratorAccess|PowerUserAccess|(EC2|VPC)FullAccess|NetworkAdministrator|SystemAdministrator)/;

/**
 * Warns of a function in a VPC that may not attach to it, so that its deployment fails: CDK adds the permission to a
 * role that it defines itself, and to no other. Skips roles and policies that the tree does not show.
 */
export function reviewNetwork({ construct, grantee }: Binding, tree: FinishedTree): void {
  const resource = functionResourceOf(construct);
  if (!resource || !isInVpc(resource)) return;
  const policies = tree.read(policiesIn).of(grantee.grantPrincipal);
  if (!policies || mayAttach(policies)) return;
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:networkInterface',
    'it is in a VPC, and nothing shows that its role has the permissions with which Lambda attaches it; ' +
      `add the managed policy service-role/AWSLambdaENIManagementAccess to the role, or allow ${ACTIONS.join(', ')} on *`,
  );
}

function isInVpc(resource: lambda.CfnFunction): boolean {
  const config = Stack.of(resource).resolve(resource.vpcConfig) as
    { readonly subnetIds?: unknown } | undefined;
  const { subnetIds = [] } = config ?? {};
  return !Array.isArray(subnetIds) || subnetIds.length > 0;
}

function mayAttach({ policies, managedArns, hasUnknown }: PrincipalPolicies): boolean {
  if (hasUnknown || managedArns.some((arn) => NETWORK_POLICY.test(arn))) return true;
  const allowed = policies.flatMap(({ statements }) => statements).filter(({ isDeny }) => !isDeny);
  return ACTIONS.every((action) => allowed.some((statement) => names(statement, action)));
}
