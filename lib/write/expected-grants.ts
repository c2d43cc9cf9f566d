import { Annotations, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { statementText } from '../statement-text.js';
import { arnText, covers, names } from '../policies/policy-statement.js';
import { isUnusedRole, type TreePolicies, type TreePolicy } from '../policies/tree-policies.js';

/** A permission that a principal was granted, to be looked for in the finished tree. */
export interface ExpectedGrant {
  readonly actions: readonly string[];
  /** ARNs as the grant has them. */
  readonly resourceArns: readonly string[];
  /** The same ARNs as somebody else would write them. Default: as the grant has them. */
  readonly spelt?: readonly string[];
}

/**
 * Remembers what was granted to whom. CDK reports success for many a grant that reaches no template: to imported roles
 * with `mutable: false`, with `withoutPolicyUpdates()` or `customizeRoles`, and to principals that it does not know.
 */
export class ExpectedGrants {
  private readonly expected = new Map<iam.IPrincipal, ExpectedGrant[]>();
  private readonly refused = new Set<iam.IPrincipal>();

  add({ grantPrincipal }: iam.IGrantable, { success }: iam.Grant, ...grants: readonly ExpectedGrant[]): void {
    if (!success) this.refused.add(grantPrincipal);
    this.expected.set(grantPrincipal, [...(this.expected.get(grantPrincipal) ?? []), ...grants]);
  }

  get principals(): iam.IPrincipal[] {
    return [...this.expected.keys()];
  }

  /** Warns of each principal with grants that no policy in the finished tree holds. */
  review(owner: IConstruct, tree: TreePolicies): void {
    for (const [principal, grants] of this.expected) {
      if (isUnusedRole(principal)) continue;
      const policies =
        tree.of(principal)?.policies ?? (this.mayBeAnywhere(principal) ? policiesBeside(owner, tree) : []);
      const missing = grants.filter((grant) => !isGranted(grant, policies));
      if (missing.length > 0) warnOfMissing(owner, principal, missing);
    }
  }

  /** Whether a principal without a name, such as a policy that is granted to, has taken the statement. */
  private mayBeAnywhere(principal: iam.IPrincipal): boolean {
    return !this.refused.has(principal) && !(principal instanceof iam.UnknownPrincipal);
  }
}

/** Policies of the owner's account and Region. To resolve a name elsewhere could give its resource a fixed one. */
function policiesBeside(owner: IConstruct, tree: TreePolicies): TreePolicy[] {
  const { environment } = Stack.of(owner);
  return tree.all.filter(({ stack }) => stack.environment === environment);
}

function isGranted(grant: ExpectedGrant, policies: readonly TreePolicy[]): boolean {
  return grant.actions.every((action) =>
    grant.resourceArns.every((arn, index) => {
      const spellings = [arn, grant.spelt?.[index] ?? arn];
      return policies.some((policy) => allows(policy, action, spellings));
    }),
  );
}

function allows({ statements, stack }: TreePolicy, action: string, spellings: readonly string[]): boolean {
  const arns = spellings.flatMap((arn) => resolvedIn(stack, arn)).map((arn) => arnText(arn, stack));
  return statements.some(
    (each) => !each.isDeny && names(each, action) && arns.some((arn) => covers(each, arn)),
  );
}

/** CDK refuses a generated name to stacks of other accounts and Regions: no policy there has it. */
function resolvedIn(stack: Stack, arn: string): unknown[] {
  try {
    return [stack.resolve(arn)];
  } catch {
    return [];
  }
}

function warnOfMissing(
  owner: IConstruct,
  principal: iam.IPrincipal,
  missing: readonly ExpectedGrant[],
): void {
  const place = Construct.isConstruct(principal) ? principal : owner;
  const texts = new Set(missing.map((grant) => pasted(grant, Stack.of(place))));
  const statements = [...texts].join(',');
  Annotations.of(place).addWarningV2(
    'fapilog-cloudwatch:grantWithoutEffect',
    `${owner.node.path} grants it access, but no policy in a template does: it takes no policies from this app ` +
      '(mutable: false, withoutPolicyUpdates(), customizeRoles, another account, or a principal that CDK does not know). ' +
      `Its owner has to add ${texts.size === 1 ? statements : `[${statements}]`}, or let it take policies`,
  );
}

function pasted({ actions, resourceArns, spelt }: ExpectedGrant, stack: Stack): string {
  const resources = [...(spelt ?? resourceArns)];
  return statementText(new iam.PolicyStatement({ actions: [...actions], resources }), stack);
}
