import { aws_iam as iam, Lazy, Stack } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import { Construct, type IConstruct } from 'constructs';
import type { ExpectedGrants } from './expected-grants.js';
import { isForeign } from './foreign.js';
import { PolicyKind } from './policy-kind.js';
import { fitManagedPolicy } from './policy-size.js';
import type { Streams } from './streams.js';
import { speltArn, writableStreamsArn } from './writable-streams.js';

/** An ARN as a grant has it, and as somebody else would write it. */
interface Resource {
  readonly arn: string;
  readonly spelt: string;
}

/**
 * Grants write access to one log group: one statement for each principal and its streams, however often it is granted.
 *
 * Grants go into identity policies only. CDK's own grant would fall back to a resource policy of CloudWatch Logs. Such
 * a policy belongs to the account and Region, which may have ten of them, and it lets no writer of ours in.
 */
export class WriterGrants {
  private readonly granted = new Map<iam.IPrincipal, Map<string, iam.Grant>>();
  private readonly streams = new Map<iam.IPrincipal, Streams[]>();
  private readonly resources = new Map<string, Resource>();

  constructor(
    private readonly owner: IConstruct,
    private readonly logGroup: logs.ILogGroup,
    private readonly kind: PolicyKind,
    private readonly expected: ExpectedGrants,
  ) {}

  /** @throws Error if the grantee has no identity policy in the log group's account */
  write(grantee: iam.IGrantable, streams: Streams): iam.Grant {
    const principal = grantee.grantPrincipal;
    if (isForeign(principal, this.logGroup.env.account))
      throw this.refusal(principal, 'is in another account');
    const grant = this.once(grantee, streams.pattern, streams.actions, () => this.resource(streams));
    const known = this.streamsOf(principal);
    if (known.every(({ pattern }) => pattern !== streams.pattern)) {
      this.streams.set(principal, [...known, streams]);
    }
    return grant;
  }

  /** Grants nothing, because a policy of AWS allows as much. The review asks whether it still does. */
  leave(grantee: iam.IGrantable, streams: Streams, isAllowed: () => boolean): iam.Grant {
    const grant = iam.Grant.drop(grantee, 'it may write already');
    const { arn, spelt } = this.resource(streams);
    const { actions } = streams;
    this.expected.add(grantee, grant, {
      actions,
      resourceArns: [arn],
      spelt: [spelt],
      isGivenElsewhere: isAllowed,
    });
    return grant;
  }

  /** One token for all grantees, so that the review resolves it once. */
  private resource(streams: Streams): Resource {
    const { pattern } = streams;
    const resource = this.resources.get(pattern) ?? {
      arn: writableStreamsArn(this.logGroup, streams),
      spelt: speltArn(this.logGroup, pattern === '*' ? ':*' : `:log-stream:${pattern}`),
    };
    this.resources.set(pattern, resource);
    return resource;
  }

  /** Log streams that a principal was granted, each pattern once. */
  streamsOf(principal: iam.IPrincipal): readonly Streams[] {
    return this.streams.get(principal) ?? [];
  }

  /**
   * @param role invoked when the template is made, so that a refused grant defines no role
   * @throws Error if the grantee has no identity policy
   */
  assume(grantee: iam.IGrantable, role: () => iam.IRole): iam.Grant {
    const arn = (): string => Lazy.string({ produce: () => role().roleArn });
    return this.once(grantee, '', ['sts:AssumeRole'], () => ({ arn: arn(), spelt: arn() }));
  }

  private once(
    grantee: iam.IGrantable,
    pattern: string,
    actions: readonly string[],
    resource: () => Resource,
  ): iam.Grant {
    const principal = grantee.grantPrincipal;
    const grants = this.granted.get(principal) ?? new Map<string, iam.Grant>();
    const key = [pattern, ...actions].join(' ');
    const grant = grants.get(key) ?? this.newGrant(grantee, actions, resource());
    this.granted.set(principal, grants.set(key, grant));
    return grant;
  }

  private newGrant(grantee: iam.IGrantable, actions: readonly string[], { arn, spelt }: Resource): iam.Grant {
    const principal = grantee.grantPrincipal;
    const statement = new iam.PolicyStatement({ actions: [...actions], resources: [arn] });
    const grant = iam.Grant.addToPrincipal({
      grantee: this.isManaged(principal) ? this.managedPolicy(principal, statement) : grantee,
      actions: [...actions],
      resourceArns: [arn],
    });
    // A role with `addGrantsToResources` says so itself; any other that takes no policies reports success.
    if (!grant.success && !isRole(principal)) throw this.refusal(principal, 'has no identity policy');
    this.expected.add(grantee, grant, { actions, resourceArns: [arn], spelt: [spelt] });
    return grant;
  }

  private isManaged(principal: iam.IPrincipal): boolean {
    const takesNone = isImmutable(principal) || principal instanceof iam.UnknownPrincipal;
    return this.kind === PolicyKind.MANAGED && !takesNone;
  }

  /**
   * Policies of each role, in the role's own stack: so no stack comes to depend on another. A statement for which the
   * last one has no room begins another.
   */
  private managedPolicy(principal: iam.IPrincipal, statement: iam.PolicyStatement): iam.ManagedPolicy {
    if (!isRole(principal))
      throw this.refusal(principal, 'is no role, to which a managed policy could be attached');
    for (let number = 1; ; number += 1) {
      const id = `WriterPolicy${this.owner.node.addr}${number === 1 ? '' : number}`;
      const known = principal.node.tryFindChild(id) as iam.ManagedPolicy | undefined;
      if (!known) return this.newManagedPolicy(principal, id);
      if (hasRoomFor(known, statement)) return known;
    }
  }

  private newManagedPolicy(role: iam.IRole, id: string): iam.ManagedPolicy {
    const policy = new iam.ManagedPolicy(role, id, {
      description: `Writes log events to ${this.owner.node.path}`,
    });
    policy.attachToRole(role);
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

function hasRoomFor({ document, stack }: iam.ManagedPolicy, statement: iam.PolicyStatement): boolean {
  const { Statement = [] } = (stack.resolve(document) ?? {}) as { Statement?: unknown[] };
  return fitManagedPolicy([...Statement, stack.resolve(statement.toStatementJson())]);
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
