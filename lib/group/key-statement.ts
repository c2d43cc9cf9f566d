import { ArnFormat, aws_iam as iam, region_info as regionInfo, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { isUnresolved } from '../tokens.js';
import type { LogGroupPattern } from './log-group-pattern.js';

/** Policy statement that lets CloudWatch Logs use a key for the log groups of a pattern, in the log group's Region. */
export function keyStatement(logGroup: logs.LogGroup, pattern: LogGroupPattern): iam.PolicyStatement {
  const stack = Stack.of(logGroup);
  return new iam.PolicyStatement({
    principals: [new iam.ServicePrincipal(logsPrincipal(stack))],
    actions: ['kms:Decrypt*', 'kms:Describe*', 'kms:Encrypt*', 'kms:GenerateDataKey*', 'kms:ReEncrypt*'],
    resources: ['*'],
    conditions: {
      [pattern.operator]: { 'kms:EncryptionContext:aws:logs:arn': logGroupArn(stack, pattern.name) },
    },
  });
}

/**
 * Includes the Region, as AWS documents it for keys; CDK's own name of the principal does not. The ending is that of
 * the partition, such as `amazonaws.com.cn` in China.
 */
function logsPrincipal({ region, urlSuffix }: Stack): string {
  const suffix = isUnresolved(region) ? undefined : regionInfo.RegionInfo.get(region).domainSuffix;
  return `logs.${region}.${suffix ?? urlSuffix}`;
}

/** Lacks the `:*` at the end of the log group's own attribute: the encryption context holds the ARN without it. */
function logGroupArn(stack: Stack, resourceName: string): string {
  return stack.formatArn({
    service: 'logs',
    resource: 'log-group',
    resourceName,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
