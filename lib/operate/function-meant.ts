import * as lambda from 'aws-cdk-lib/aws-lambda';
import type { IConstruct } from 'constructs';
import { referred } from './referred.js';

/** The function behind the ARN of a function, a version or an alias: its resource, or the ARN itself if that is not known. */
export function functionMeant(arn: string): IConstruct | string {
  const target = referred(arn);
  if (lambda.CfnAlias.isCfnAlias(target) || lambda.CfnVersion.isCfnVersion(target)) {
    return functionMeant(target.functionName);
  }
  return target ?? arn;
}
