import { ArnFormat, Lazy, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { literalName, nameOf } from '../log-group-name.js';
import { isHere } from '../stack-environment.js';
import type { Streams } from './streams.js';

/**
 * The ARN of log streams of a group. Both actions of a writer are stream-level, so the bare ARN of the group does not
 * match.
 *
 * The group's own attribute ends in `:*`, which is every stream. If another Region uses it, CDK replaces it by an ARN
 * without that ending (https://github.com/aws/aws-cdk/issues/34619). There the ARN is composed from the name, which
 * must be known.
 */
export function writableStreamsArn(logGroup: logs.ILogGroup, { pattern }: Streams): string {
  if (pattern !== '*') return composedArn(logGroup, `:log-stream:${pattern}`);
  return Lazy.uncachedString({
    produce: ({ scope }) => (isHere(scope, logGroup) ? logGroup.logGroupArn : composedArn(logGroup, ':*')),
  });
}

/** The ARN of a log group as somebody else would write it: with the name in plain text if the app gives it. */
export function speltArn(logGroup: logs.ILogGroup, ending = ''): string {
  return composedArn(logGroup, ending, literalName(logGroup.logGroupName));
}

/** The ARN of a log group, with an ending after its name. */
export function composedArn(logGroup: logs.ILogGroup, ending = '', name: string = nameOf(logGroup)): string {
  return Stack.of(logGroup).formatArn({
    service: 'logs',
    account: logGroup.env.account,
    region: logGroup.env.region,
    resource: 'log-group',
    resourceName: name + ending,
    arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
}
