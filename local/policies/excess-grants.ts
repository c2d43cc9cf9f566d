import { covers, type Grant, grantsOf, matches, type PolicyGrant } from './grants.js';
import type { RolePolicies } from './role-policies.js';

/**
 * What the policies of a role grant and none of the allowed grants covers.
 *
 * Too much in an identity policy has no effect where a permissions boundary is without it.
 */
export function excessGrants(
  { identityPolicies, permissionsBoundary }: RolePolicies,
  allowed: readonly Grant[],
): PolicyGrant[] {
  const excessOf = (grants: readonly PolicyGrant[]): PolicyGrant[] =>
    grants.filter((grant) => grant.isInverted || !allowed.some((each) => covers(each, grant)));
  if (permissionsBoundary && excessOf(grantsOf(permissionsBoundary)).length === 0) return [];
  return excessOf(identityPolicies.flatMap(grantsOf));
}

/** Whether a call that was found to be allowed tells of the grant already. */
export function isReportedBy(grant: PolicyGrant, call: Grant): boolean {
  return !grant.isInverted && matches(grant, call);
}

export function excessSentence({ policy, text }: PolicyGrant): string {
  return `the policy ${policy} allows ${text}, which a writer does not need`;
}
