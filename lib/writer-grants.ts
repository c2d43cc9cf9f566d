import { Token, TokenComparison } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { writableStreamsArn } from './writable-streams.js';

const WRITE_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/**
 * Write access to one log group, one statement for each principal however often it is granted.
 *
 * It goes into identity policies only. The fall-back of CDK's own grant would be a resource policy of CloudWatch Logs,
 * which belongs to the account and Region, of which there may be ten, and which lets no writer of ours in.
 */
export class WriterGrants {
  private readonly granted = new Map<iam.IPrincipal, iam.Grant>();
  private readonly streamsArn: string;

  constructor(private readonly logGroup: logs.ILogGroup) {
    this.streamsArn = writableStreamsArn(logGroup);
  }

  /** @throws Error if the grantee has no identity policy in the log group's account */
  write(grantee: iam.IGrantable): iam.Grant {
    const principal = grantee.grantPrincipal;
    const before = this.granted.get(principal);
    if (before) return before;
    if (isForeign(principal, this.logGroup.env.account))
      throw this.refusal(principal, 'is in another account');
    const grant = iam.Grant.addToPrincipal({
      grantee,
      actions: WRITE_ACTIONS,
      resourceArns: [this.streamsArn],
    });
    if (!grant.success) throw this.refusal(principal, 'has no identity policy');
    this.granted.set(principal, grant);
    return grant;
  }

  private refusal(principal: iam.IPrincipal, reason: string): Error {
    const { node, stack } = this.logGroup;
    const who = JSON.stringify(stack.resolve(principal.policyFragment.principalJson));
    return new Error(
      `${node.path}: cannot grant write access to ${who}, which ${reason}; ` +
        'grant to a role of this account, or pass the principal as assumedBy and let it assume the writer role',
    );
  }
}

function isForeign(principal: iam.IPrincipal, account: string): boolean {
  const theirs = principal.principalAccount;
  return theirs !== undefined && Token.compareStrings(theirs, account) === TokenComparison.DIFFERENT;
}
