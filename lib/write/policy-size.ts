import { Annotations } from 'aws-cdk-lib';
import type * as iam from 'aws-cdk-lib/aws-iam';
import { Construct, type IConstruct } from 'constructs';
import { jsonOf } from '../statement-text.js';
import type { PrincipalPolicies } from '../policies/tree-policies.js';

/** Source: IAM quotas, managed policy size. IAM does not count white space. */
const MANAGED_CHARACTERS = 6_144;

/** Source: IAM quotas, aggregate size of inline policies. */
const INLINE_CHARACTERS = { role: 10_240, user: 2_048, group: 5_120 };

/** Source: IAM quotas, managed policies attached to an identity, without an increase. */
const ATTACHED_POLICIES = 10;

/** The longest that a reference may well become: the ARN of a log group with a long generated name, a Region's name. */
const LONGEST = { reference: 200, pseudoParameter: 14 };

/** The least that a reference becomes, so that an error is never wrong. */
const SHORTEST = { reference: 4, pseudoParameter: 3 };

/** Whether resolved statements fit into one managed policy, however long their references become. */
export function fitManagedPolicy(statements: readonly unknown[]): boolean {
  return characters({ Version: '2012-10-17', Statement: statements }, LONGEST) <= MANAGED_CHARACTERS;
}

/** Characters of a resolved policy document, without white space. */
function characters(document: unknown, { reference, pseudoParameter }: typeof LONGEST): number {
  return jsonOf(document)
    .replaceAll(/\s/g, '')
    .replaceAll(/\$\{AWS::[^}]*\}/g, '-'.repeat(pseudoParameter))
    .replaceAll(/\$\{[^}]*\}/g, '-'.repeat(reference)).length;
}

/**
 * Checks the sizes of a principal's policies in the finished tree.
 *
 * @returns errors for which IAM would refuse the deployment
 */
export function reviewPolicySize(
  owner: IConstruct,
  principal: iam.IPrincipal,
  found: PrincipalPolicies | undefined,
): string[] {
  if (!found) return [];
  const { policies, attached } = found;
  const place = Construct.isConstruct(principal) ? principal : owner;
  const managed = policies.filter((policy) => policy.isManaged);
  if (attached > ATTACHED_POLICIES) warnOfCount(place, attached);
  return [
    ...inlineProblems(place, kindOf(principal), policies),
    ...managed.flatMap(({ name, document }) => {
      const size = characters(document, SHORTEST);
      if (size <= MANAGED_CHARACTERS) return [];
      return [
        `${name}: the managed policy has ${size} characters; allowed: ${MANAGED_CHARACTERS}. ` +
          'Divide its statements among several policies',
      ];
    }),
  ];
}

function inlineProblems(
  place: IConstruct,
  kind: keyof typeof INLINE_CHARACTERS,
  policies: PrincipalPolicies['policies'],
): string[] {
  const allowed = INLINE_CHARACTERS[kind];
  const inline = policies.filter((policy) => !policy.isManaged);
  const size = inline.reduce((sum, { document }) => sum + characters(document, SHORTEST), 0);
  if (size <= allowed) return [];
  const remedy = kind === 'role' ? 'use policyKind: PolicyKind.MANAGED' : 'grant to a role';
  return [
    `${place.node.path}: the inline policies of the ${kind} have ${size} characters; allowed: ${allowed} in all. ` +
      `Grant one stream prefix for several services, or ${remedy}`,
  ];
}

function kindOf(principal: iam.IPrincipal): keyof typeof INLINE_CHARACTERS {
  if ('userName' in principal) return 'user';
  return 'groupName' in principal ? 'group' : 'role';
}

function warnOfCount(place: IConstruct, attached: number): void {
  Annotations.of(place).addWarningV2(
    'fapilog-cloudwatch:managedPolicies',
    `${attached} managed policies are attached to it; an account allows ${ATTACHED_POLICIES} unless its quota is ` +
      'raised; grant one stream prefix for several services, or give each service a role',
  );
}
