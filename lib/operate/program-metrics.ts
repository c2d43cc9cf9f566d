import { aws_cloudwatch as cloudwatch, aws_logs as logs } from 'aws-cdk-lib';
import type { GivenSettings } from '../../contract/codec.js';
import { SettingsError } from '../../contract/problems.js';
import { isNamespace, NAMESPACE_RULE } from '../../contract/metrics.js';
import { isHere } from '../stack-environment.js';
import { isUnresolved } from '../tokens.js';
import type { OperatedLogGroup } from './log-group-features.js';

/** Options of a metric that programs write into their log. */
export interface ProgramMetricOptions extends cloudwatch.MetricOptions {
  /** Namespace of the metric in CloudWatch. @default - `metricsNamespace` of the construct, else its `service` */
  readonly namespace?: string | undefined;
}

/**
 * A metric that programs write by `logger.metric`, under the namespace and the dimension `service` that the settings of the construct
 * give it.
 *
 * @throws Error if the class of the log group has no metrics
 * @throws SettingsError if nothing says the namespace
 */
export function programMetric(
  { scope, logGroup, logGroupClass }: OperatedLogGroup,
  { core, app }: GivenSettings,
  metricName: string,
  { namespace = core?.metricsNamespace ?? app?.service, dimensionsMap, ...options }: ProgramMetricOptions,
): cloudwatch.Metric {
  const { path } = scope.node;
  if (logGroupClass === logs.LogGroupClass.INFREQUENT_ACCESS)
    throw new Error(`${path}: metric needs a log group of class STANDARD; its class is ${logGroupClass}`);
  if (namespace === undefined || !(isUnresolved(namespace) || isNamespace(namespace))) {
    const allowed = `${NAMESPACE_RULE}; the prop metricsNamespace says it for all`;
    throw new SettingsError([{ where: `${path}.metric: namespace`, value: namespace, allowed }]);
  }
  const { account, region } = logGroup.env;
  const metric = new cloudwatch.Metric({
    namespace,
    metricName,
    dimensionsMap: { ...(app?.service === undefined ? {} : { service: app.service }), ...dimensionsMap },
    ...(isHere(scope, logGroup) ? {} : { account, region }),
    ...options,
  });
  return metric.attachTo(scope);
}
