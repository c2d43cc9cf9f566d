import { Aws } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';

/** Conditions that prevent a confused deputy: a service may act for this account only. */
export function forThisAccount(): iam.Conditions {
  return { StringEquals: { 'aws:SourceAccount': Aws.ACCOUNT_ID } };
}
