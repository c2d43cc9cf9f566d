import { Lazy, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import { isForeign } from './foreign.js';
import { PolicyKind } from './policy-kind.js';
import type { Streams } from './streams.js';
import { writableStreamsArn } from './writable-streams.js';

/**
 * Grants write access to one log group: one statement for each principal and its streams, however often it is granted.
 *
 * Grants go into identity policies only. CDK's own grant would fall back to a resource policy of CloudWatch Logs. Such
 * a policy belongs to the account and Region, which may have ten of them, and it lets no writer of ours in.
 */
export class WriterGrants {
  private readonly granted = new Map<iam.IPrincipal, Map<string, iam.Grant>>();
  private readonly streams = new Map<iam.IPrincipal, Streams[]>();

  constructor(
    private readonly owner: IConstruct,
    private readonly logGroup: logs.ILogGroup,
    private readonly kind: PolicyKind,
  ) {}

  /** @throws Error if the grantee has no identity policy in the log group's account */
  write(grantee: iam.IGrantable, streams: Streams): iam.Grant {
    const principal = grantee.grantPrincipal;
    if (isForeign(principal, this.logGroup.env.account))
      throw this.refusal(principal, 'is in another account');
    const grant = this.once(grantee, streams.pattern, streams.actions, () =>
      writableStreamsArn(this.logGroup, streams),
    );
    this.streams.set(principal, [...this.streamsOf(principal), streams]);
    return grant;
  }

  /** Log streams that a principal was granted. */
  streamsOf(principal: iam.IPrincipal): readonly Streams[] {
    return this.streams.get(principal) ?? [];
  }

  /**
   * @param role invoked when the template is made, so that a refused grant defines no role
   * @throws Error if the grantee has no identity policy
   */
  assume(grantee: iam.IGrantable, role: () => iam.IRole): iam.Grant {
    const arn = (): string => Lazy.string({ produce: () => role().roleArn });
    return this.once(grantee, '', ['sts:AssumeRole'], arn);
  }

  private once(
    grantee: iam.IGrantable,
    pattern: string,
    actions: readonly string[],
    resourceArn: () => string,
  ): iam.Grant {
    const principal = grantee.grantPrincipal;
    const grants = this.granted.get(principal) ?? new Map<string, iam.Grant>();
    const key = [pattern, ...actions].join(' ');
    const grant = grants.get(key) ?? this.newGrant(grantee, actions, resourceArn());
    this.granted.set(principal, grants.set(key, grant));
    return grant;
  }

  private newGrant(grantee: iam.IGrantable, actions: readonly string[], resourceArn: string): iam.Grant {
    const principal = grantee.grantPrincipal;
    const grant = iam.Grant.addToPrincipal({
      grantee: this.isManaged(principal) ? this.managedPolicy(principal) : grantee,
      actions: [...actions],
      resourceArns: [resourceArn],
    });
    if (!grant.success) throw this.refusal(principal, 'has no identity policy');
    return grant;
  }

  private isManaged(principal: iam.IPrincipal): boolean {
    return this.kind === PolicyKind.MANAGED && !isImmutable(principal);
  }

  /** One policy for each role, in the role's own stack: so no stack comes to depend on another. */
  private managedPolicy(principal: iam.IPrincipal): iam.ManagedPolicy {
    if (!isRole(principal))
      throw this.refusal(principal, 'is no role, to which a managed policy could be attached');
    const id = `WriterPolicy${this.owner.node.addr}`;
    const known = principal.node.tryFindChild(id);
    if (known) return known as iam.ManagedPolicy;
    const policy = new iam.ManagedPolicy(principal, id, {
      description: `Writes log events to ${this.owner.node.path}`,
    });
    policy.attachToRole(principal);
    return policy;
  }

  private refusal(principal: iam.IPrincipal, reason: string): Error {
    const { node, stack } = this.logGroup;
    // Resolved in the role's own stack: the role of another account may have no name that this stack knows.
    const home = Construct.isConstruct(principal) ? Stack.of(principal) : stack;
    const who = JSON.stringify(home.resolve(principal.policyFragment.principalJson));
    return new Error(
      `${node.path}: cannot grant write access to ${who}, which ${reason}; ` +
        'grant to a role of this account, or pass the principal as assumedBy and let it assume the writer role',
    );
  }
}

/**
 * Whether a role ignores grants. Nothing public distinguishes such a role, and a managed policy could still be attached
 * to it: if CDK renames this member, it will be.
 */
function isImmutable(principal: iam.IPrincipal): boolean {
  return 'addGrantsToResources' in principal;
}

function isRole(principal: iam.IPrincipal): principal is iam.IRole {
  return 'roleArn' in principal && 'node' in principal;
}
