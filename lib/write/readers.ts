import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { composedArn } from './writable-streams.js';

/** Actions to read, search and tail a log group. Masked data stays masked, since `logs:Unmask` is not among them. */
const GROUP_ACTIONS = [
  'logs:DescribeLogStreams',
  'logs:FilterLogEvents',
  'logs:GetLogEvents',
  'logs:GetLogGroupFields',
  'logs:StartLiveTail',
  'logs:StartQuery',
];

/** Actions on queries, which have no ARN. */
const QUERY_ACTIONS = ['logs:GetQueryResults', 'logs:StopQuery'];

/**
 * Allows a grantee to read one log group. Both spellings of its ARN are needed: some of the actions are group-level,
 * some stream-level.
 */
export function grantRead(logGroup: logs.ILogGroup, grantee: iam.IGrantable): iam.Grant {
  const grant = iam.Grant.addToPrincipal({
    grantee,
    actions: GROUP_ACTIONS,
    resourceArns: [composedArn(logGroup), composedArn(logGroup, ':*')],
  });
  return grant.combine(iam.Grant.addToPrincipal({ grantee, actions: QUERY_ACTIONS, resourceArns: ['*'] }));
}
