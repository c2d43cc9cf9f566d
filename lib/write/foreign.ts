import { Token, TokenComparison } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Whether a principal is known to belong to another account. */
export function isForeign(principal: iam.IPrincipal, account: string): boolean {
  const theirs = principal.principalAccount;
  return theirs !== undefined && Token.compareStrings(theirs, account) === TokenComparison.DIFFERENT;
}
