import { aws_cloudwatch as cloudwatch } from 'aws-cdk-lib';
import { nameOf } from '../log-group-name.js';
import { isHere } from '../stack-environment.js';
import type { OperatedLogGroup } from './log-group-features.js';

/** Metrics that CloudWatch Logs publishes for each log group. */
export type IncomingMetric = 'IncomingLogEvents' | 'IncomingBytes';

/**
 * A metric of the service for one log group. CDK's own metrics have no dimension, so that they measure the whole
 * account, and one has a name that does not exist (https://github.com/aws/aws-cdk/issues/36815).
 */
export function incomingMetric(
  { scope, logGroup }: OperatedLogGroup,
  metricName: IncomingMetric,
  options: cloudwatch.MetricOptions = {},
): cloudwatch.Metric {
  const { account, region } = logGroup.env;
  const metric = new cloudwatch.Metric({
    namespace: 'AWS/Logs',
    metricName,
    dimensionsMap: { LogGroupName: nameOf(logGroup) },
    statistic: cloudwatch.Stats.SUM,
    ...(isHere(scope, logGroup) ? {} : { account, region }),
    ...options,
  });
  return metric.attachTo(scope);
}
