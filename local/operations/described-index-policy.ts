import type { LogGroup } from '../store/log-group.js';

/** The policy of a log group, as the service returns it; `undefined` if it has none. A policy of one log group has no name. */
export function describedIndexPolicy({ arn, settings }: LogGroup): object | undefined {
  const { indexPolicy } = settings;
  if (indexPolicy === undefined) return undefined;
  const { policyDocument, lastUpdateTime } = indexPolicy;
  return { logGroupIdentifier: arn, lastUpdateTime, policyDocument, source: 'LOG_GROUP' };
}
