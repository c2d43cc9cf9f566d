import { Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';

/** Managed policies of AWS for Lambda functions that allow writing to every log group of the account. */
const UNBOUNDED_WRITERS = [
  'AWSLambdaBasicExecutionRole',
  'AWSLambdaBasicDurableExecutionRolePolicy',
  'AWSLambdaVPCAccessExecutionRole',
];

/** The managed policy by which a role may write to any log group; `undefined` if none is seen, as on imported roles. */
export function unboundedWriterPolicy(role: iam.IRole | undefined): string | undefined {
  const resource = role?.node.defaultChild;
  if (!resource || !iam.CfnRole.isCfnRole(resource)) return undefined;
  const attached: unknown[] = Stack.of(resource).resolve(resource.managedPolicyArns) ?? [];
  const arns = attached.map((arn) => JSON.stringify(arn));
  return UNBOUNDED_WRITERS.find((policy) =>
    arns.some((arn) => arn.includes(`policy/service-role/${policy}"`)),
  );
}
