import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { composedArn } from './writable-streams.js';

/** What a person or a tool needs to read, search and follow a log group. Masked data stays masked: `logs:Unmask` is not among them. */
const GROUP_ACTIONS = [
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetLogGroupFields',
  'logs:StartLiveTail',
  'logs:StartQuery',
];

/** A query has no ARN. */
const QUERY_ACTIONS = ['logs:GetQueryResults', 'logs:StopQuery'];

/**
 * Allows a grantee to read one log group, in both spellings of its ARN: some of the actions are group-level, some
 * stream-level.
 */
export function grantRead(logGroup: logs.ILogGroup, grantee: iam.IGrantable): iam.Grant {
  const grant = iam.Grant.addToPrincipal({
    grantee,
    actions: GROUP_ACTIONS,
    resourceArns: [composedArn(logGroup), composedArn(logGroup, ':*')],
  });
  return grant.combine(iam.Grant.addToPrincipal({ grantee, actions: QUERY_ACTIONS, resourceArns: ['*'] }));
}
