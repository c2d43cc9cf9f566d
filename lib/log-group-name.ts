import { aws_logs as logs, Lazy } from 'aws-cdk-lib';
import { resourceReferredTo } from './resource-referred-to.js';
import { isElsewhere } from './stack-environment.js';
import { isUnresolved } from './tokens.js';

/** The name in plain text: the text itself, or the name of the log group that it refers to. */
export function literalName(name: string): string | undefined {
  if (!isUnresolved(name)) return name;
  const resource = resourceReferredTo(name);
  const given = logs.CfnLogGroup.isCfnLogGroup(resource) ? resource.logGroupName : undefined;
  return given === undefined || isUnresolved(given) ? undefined : given;
}

/**
 * The name of a log group for whoever uses it: a reference, or plain text in another account or Region. A stack with
 * `crossRegionReferences` would define custom resources at both ends to carry a reference there.
 */
export function nameOf(logGroup: logs.ILogGroup): string {
  const { logGroupName } = logGroup;
  const literal = literalName(logGroupName);
  if (literal === undefined || literal === logGroupName) return logGroupName;
  return Lazy.uncachedString({
    produce: ({ scope }) => (isElsewhere(scope, logGroup) ? literal : logGroupName),
  });
}
