import { Annotations, aws_iam as iam, Stack } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { statementText } from '../statement-text.js';
import { unique } from '../unique.js';
import { arnText, covers, names, type Statement } from '../policies/policy-statement.js';
import { isUnusedRole, type TreePolicies, type TreePolicy } from '../policies/tree-policies.js';

/** A permission that a principal was granted, to be looked for in the finished tree. */
export interface ExpectedGrant {
  readonly actions: readonly string[];
  /** ARNs as the grant has them. */
  readonly resourceArns: readonly string[];
  /** The same ARNs as somebody else would write them. Default: as the grant has them. */
  readonly spelt?: readonly string[];
  /** Whether a policy that is not in the app allows as much, such as one of AWS. Default: none does. */
  readonly isGivenElsewhere?: (() => boolean) | undefined;
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
    const texts = new ArnTexts();
    for (const [principal, grants] of this.expected) {
      if (isUnusedRole(principal)) continue;
      const policies =
        tree.of(principal)?.policies ?? (this.mayBeAnywhere(principal) ? policiesBeside(owner, tree) : []);
      const missing = grants.filter(
        (grant) => !grant.isGivenElsewhere?.() && !isGranted(grant, policies, texts),
      );
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

function isGranted(grant: ExpectedGrant, policies: readonly TreePolicy[], texts: ArnTexts): boolean {
  return grant.actions.every((action) =>
    grant.resourceArns.every((arn, index) => {
      const spellings = unique([arn, grant.spelt?.[index] ?? arn]);
      return policies.some(({ statements, stack }) => {
        const arns = spellings.flatMap((each) => texts.of(each, stack));
        return statements.some((each) => allows(each, action, arns));
      });
    }),
  );
}

function allows(statement: Statement, action: string, arns: readonly string[]): boolean {
  return !statement.isDeny && names(statement, action) && arns.some((arn) => covers(statement, arn));
}

/** Texts of ARNs in stacks. The grants of one log group have few ARNs, and each is resolved once in each stack. */
class ArnTexts {
  private readonly known = new Map<Stack, Map<string, readonly string[]>>();

  of(arn: string, stack: Stack): readonly string[] {
    const inStack = this.known.get(stack) ?? new Map<string, readonly string[]>();
    const texts = inStack.get(arn) ?? resolvedIn(stack, arn).map((each) => arnText(each, stack));
    this.known.set(stack, inStack.set(arn, texts));
    return texts;
  }
}

/** CDK refuses a generated name to stacks of other accounts and Regions: no policy there has it. */
function resolvedIn(stack: Stack, arn: string): unknown[] {
  try {
    return [stack.resolve(arn)];
  } catch {
    return [];
  }
}

const TAKES_NONE = {
  why:
    'it takes no policies from this app (mutable: false, withoutPolicyUpdates(), customizeRoles, another account, or a principal ' +
    'that CDK does not know)',
  remedy: 'let it take policies',
};

const REMOVED = {
  why: 'the execution policy of AWS that it had when it was bound, so that it got no other, has been removed',
  remedy: 'leave that policy to it',
};

function warnOfMissing(
  owner: IConstruct,
  principal: iam.IPrincipal,
  missing: readonly ExpectedGrant[],
): void {
  const place = Construct.isConstruct(principal) ? principal : owner;
  const texts = new Set(missing.map((grant) => pasted(grant, Stack.of(place))));
  const statements = [...texts].join(',');
  const { why, remedy } = missing.every(({ isGivenElsewhere }) => isGivenElsewhere) ? REMOVED : TAKES_NONE;
  Annotations.of(place).addWarningV2(
    'fapilog-cloudwatch:grantWithoutEffect',
    `${owner.node.path} grants it access, but no policy in a template does: ${why}. Its owner has to add ${texts.size === 1 ? statements : `[${statements}]`}, or ${remedy}`,
  );
}

function pasted({ actions, resourceArns, spelt }: ExpectedGrant, stack: Stack): string {
  const resources = [...(spelt ?? resourceArns)];
  return statementText(new iam.PolicyStatement({ actions: [...actions], resources }), stack);
}
