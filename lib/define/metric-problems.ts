import { aws_logs as logs } from 'aws-cdk-lib';
import type { Problem } from '../../contract/problems.js';
import type { ApplicationOptions } from './application-options.js';

const NOTHING =
  'nothing for a log group of class INFREQUENT_ACCESS, in whose lines CloudWatch finds no metrics; leave it out, or choose class STANDARD';

/** Options that ask for metrics in the lines of a log group whose class has none. An unknown class may have them. */
export function metricProblems(
  { metricsNamespace, settings }: ApplicationOptions,
  logGroupClass: logs.LogGroupClass | undefined,
  where: string,
): Problem[] {
  if (logGroupClass !== logs.LogGroupClass.INFREQUENT_ACCESS) return [];
  const asked = {
    metricsNamespace,
    'settings.deliveryMetricsSeconds': settings?.deliveryMetricsSeconds,
  };
  return Object.entries(asked)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ({ where: `${where}.${key}`, value, allowed: NOTHING }));
}
