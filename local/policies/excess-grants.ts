import { covers, type Grant, grantsOf, matches, type PolicyGrant } from './grants.js';
import type { RolePolicies } from './role-policies.js';

/**
 * Finds the grants in the policies of a role that no allowed grant covers.
 *
 * A permissions boundary without excess makes up for identity policies with too much: their excess has no effect then.
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

/** Whether an allowed call reports the grant already. */
export function isReportedBy(grant: PolicyGrant, call: Grant): boolean {
  return !grant.isInverted && matches(grant, call);
}

export function excessSentence({ policy, text }: PolicyGrant): string {
  return `the policy ${policy} allows ${text}, which a writer does not need`;
}
