import { aws_lambda as lambda } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { resourceReferredTo } from '../resource-referred-to.js';

/**
 * The resource of the function behind the ARN of a function, a version or an alias; the ARN itself if the resource is
 * not known.
 */
export function functionBehindArn(arn: string): IConstruct | string {
  const target = resourceReferredTo(arn);
  if (lambda.CfnAlias.isCfnAlias(target) || lambda.CfnVersion.isCfnVersion(target)) {
    return functionBehindArn(target.functionName);
  }
  return target ?? arn;
}
