import { aws_iam as iam } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { ExpectedGrants } from './expected-grants.js';
import { composedArn, speltArn } from './writable-streams.js';

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
export function grantRead(
  logGroup: logs.ILogGroup,
  grantee: iam.IGrantable,
  expected: ExpectedGrants,
): iam.Grant {
  const group = {
    actions: GROUP_ACTIONS,
    resourceArns: [composedArn(logGroup), composedArn(logGroup, ':*')],
  };
  const queries = { actions: QUERY_ACTIONS, resourceArns: ['*'] };
  const grant = iam.Grant.addToPrincipal({ grantee, ...group }).combine(
    iam.Grant.addToPrincipal({ grantee, ...queries }),
  );
  const spelt = [speltArn(logGroup), speltArn(logGroup, ':*')];
  expected.add(grantee, grant, { ...group, spelt }, queries);
  return grant;
}
