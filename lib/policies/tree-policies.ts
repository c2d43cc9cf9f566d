import { aws_iam as iam, CfnResource, Reference, Stack, Tokenization } from 'aws-cdk-lib';
import { Construct, type IConstruct } from 'constructs';
import { grouped } from '../grouped.js';
import { textOf } from '../statement-text.js';
import { withReferences } from '../with-references.js';
import { statementsOf, type Statement } from './policy-statement.js';

/** A policy in the finished tree. */
export interface TreePolicy {
  /** Name for a message. */
  readonly name: string;
  readonly isManaged: boolean;
  readonly statements: readonly Statement[];
  /** The document as the template has it. */
  readonly document: unknown;
  readonly stack: Stack;
}

/** Everything that the templates of an app say about the permissions of one principal. */
export interface PrincipalPolicies {
  readonly policies: readonly TreePolicy[];
  /** ARNs of the managed policies that the principal itself names. */
  readonly managedArns: readonly string[];
  /** Whether there may be others: the app does not define the principal, or names policies whose text is neither here nor AWS's. */
  readonly hasUnknown: boolean;
  /** How many managed policies are attached to the principal. */
  readonly attached: number;
  /** The permissions boundary; its ARN if the app does not define it. */
  readonly boundary: TreePolicy | string | undefined;
}

type Names = 'roles' | 'users' | 'groups';

/** Members of `AWS::IAM::Policy` and of its kin. */
interface PolicyResource extends CfnResource {
  readonly policyDocument: unknown;
  readonly roles?: unknown;
  readonly users?: unknown;
  readonly groups?: unknown;
  readonly roleName?: unknown;
  readonly userName?: unknown;
  readonly groupName?: unknown;
}

const POLICY_TYPE = /^AWS::IAM::(Role|User|Group|Managed)?Policy$/;

/** The policies of a finished tree. */
export function policiesIn(constructs: readonly IConstruct[]): TreePolicies {
  return new TreePolicies(constructs);
}

/** The identity policies in a finished tree, by whom they are attached to. */
export class TreePolicies {
  private readonly resources: readonly AttachedPolicy[];
  private readonly attachments: Partial<Record<Names, Attachments>> = {};
  private readonly known = new Map<iam.IPrincipal, PrincipalPolicies | undefined>();

  constructor(constructs: readonly IConstruct[]) {
    this.resources = constructs.filter(isPolicy).map((resource) => new AttachedPolicy(resource));
  }

  /** Every policy document in the tree, whatever it is attached to. */
  get all(): TreePolicy[] {
    return this.resources.map(({ policy }) => policy);
  }

  /** `undefined` if the principal is no role, user or group with a name. */
  of(wrapper: iam.IPrincipal): PrincipalPolicies | undefined {
    const principal = unwrapped(wrapper);
    if (!this.known.has(principal)) this.known.set(principal, this.find(principal));
    return this.known.get(principal);
  }

  private find(principal: iam.IPrincipal): PrincipalPolicies | undefined {
    const identity = identityOf(principal);
    if (!identity) return undefined;
    const own = ownPolicies(principal);
    const named = this.meantBy(own.managed);
    const attached = this.attachedTo(identity).filter((each) => !named.includes(each));
    const policies = [...named, ...attached].map(({ policy }) => policy);
    const [boundary] = [...this.meantBy(own.boundary).map(({ policy }) => policy), ...own.boundary.texts];
    return {
      policies: [...own.inline, ...policies],
      managedArns: [...own.managed.texts],
      hasUnknown: !own.isHere || [...own.managed.texts].filter((arn) => !isOfAws(arn)).length > named.length,
      attached: own.managed.texts.size + attached.filter(({ policy }) => policy.isManaged).length,
      boundary,
    };
  }

  private meantBy({ targets }: Found): AttachedPolicy[] {
    return targets.size === 0 ? [] : this.resources.filter(({ resource }) => targets.has(resource));
  }

  /**
   * Compares what both refer to. To resolve the name of a principal in another stack could give it a fixed one
   * (`PhysicalName.GENERATE_IF_NEEDED`), or throw.
   */
  private attachedTo({ kind, target, text, stack }: Identity): readonly AttachedPolicy[] {
    const { byTarget, byText } = (this.attachments[kind] ??= attachmentsOf(this.resources, kind));
    if (target) return byTarget.get(target) ?? [];
    const named = byText.get(text) ?? [];
    return text.includes('${') ? named.filter(({ resource }) => Stack.of(resource) === stack) : named;
  }
}

/** Policies by the principals of one kind that they name, in the order of the tree. */
interface Attachments {
  readonly byTarget: ReadonlyMap<IConstruct, readonly AttachedPolicy[]>;
  readonly byText: ReadonlyMap<string, readonly AttachedPolicy[]>;
}

function attachmentsOf(policies: readonly AttachedPolicy[], kind: Names): Attachments {
  const names = new Map(policies.map((each) => [each, namesOf(each.resource, kind)]));
  return {
    byTarget: grouped(policies, (each) => names.get(each)!.targets),
    byText: grouped(policies, (each) => names.get(each)!.texts),
  };
}

/** The ARN of a managed policy of AWS has `aws` where others have an account. */
function isOfAws(arn: string): boolean {
  return arn.includes(':iam::aws:policy/');
}

/** The resource of a policy. Resolves its document once, since an app may have hundreds. */
class AttachedPolicy {
  private found: TreePolicy | undefined;

  constructor(readonly resource: PolicyResource) {}

  get policy(): TreePolicy {
    this.found ??= policyOf(this.resource);
    return this.found;
  }
}

/** What a value of a resource is: texts, and the resources to which they refer. */
interface Found {
  readonly texts: ReadonlySet<string>;
  readonly targets: ReadonlySet<IConstruct>;
}

function find(value: unknown, scope: IConstruct): Found {
  const { resolved, targets } = withReferences(value, scope);
  const texts = [resolved ?? []].flat().map(textOf);
  return { texts: new Set(texts), targets };
}

/** The principal inside of `PrincipalWithConditions` and the like. */
function unwrapped(principal: iam.IPrincipal): iam.IPrincipal {
  const { wrapped } = principal as { readonly wrapped?: iam.IPrincipal };
  return wrapped ? unwrapped(wrapped) : principal;
}

function isPolicy(construct: IConstruct): construct is PolicyResource {
  return CfnResource.isCfnResource(construct) && POLICY_TYPE.test(construct.cfnResourceType);
}

function policyOf(resource: PolicyResource): TreePolicy {
  const stack = Stack.of(resource);
  const document: unknown = stack.resolve(resource.policyDocument);
  const { path } = resource.node;
  const isManaged = resource.cfnResourceType === 'AWS::IAM::ManagedPolicy';
  const name = path.replace(/\/Resource$/, '');
  return { name, isManaged, document, stack, statements: statementsOf(document, stack) };
}

interface Identity {
  readonly kind: Names;
  /** The resource behind the name, if the app defines it. */
  readonly target: IConstruct | undefined;
  readonly text: string;
  readonly stack: Stack | undefined;
}

function identityOf(principal: iam.IPrincipal): Identity | undefined {
  // Reading its name would define it.
  if (isUnusedRole(principal)) return undefined;
  const { roleName, userName, groupName } = principal as Partial<iam.IRole & iam.IUser & iam.IGroup>;
  const kind = roleName !== undefined ? 'roles' : userName !== undefined ? 'users' : 'groups';
  const name = roleName ?? userName ?? groupName;
  if (name === undefined) return undefined;
  const { tokens } = Tokenization.reverseString(name);
  const target = tokens.find((token) => Reference.isReference(token))?.target;
  const stack = Construct.isConstruct(principal) ? Stack.of(principal) : undefined;
  return { kind, target, stack, text: textOf(stack ? stack.resolve(name) : name) };
}

/** Whether a lazy role is not defined, because nothing has used it: no program has it. */
export function isUnusedRole(principal: iam.IPrincipal): boolean {
  return principal instanceof iam.LazyRole && principal.node.children.length === 0;
}

function namesOf(policy: PolicyResource, kind: Names): Found {
  const one = { roles: policy.roleName, users: policy.userName, groups: policy.groupName }[kind];
  return find(one ?? policy[kind], policy);
}

const NOTHING: Found = { texts: new Set(), targets: new Set() };

/** What the resource of a role, a user or a group says itself. */
function ownPolicies(principal: iam.IPrincipal): {
  /** Whether the app defines it. */
  readonly isHere: boolean;
  readonly inline: TreePolicy[];
  readonly managed: Found;
  readonly boundary: Found;
} {
  const resource = (principal as { readonly node?: IConstruct['node'] }).node?.defaultChild;
  if (!resource || !CfnResource.isCfnResource(resource)) {
    return { isHere: false, inline: [], managed: NOTHING, boundary: NOTHING };
  }
  const stack = Stack.of(resource);
  const { policies, managedPolicyArns, permissionsBoundary } = resource as Partial<iam.CfnRole>;
  const inline = [(stack.resolve(policies) ?? []) as unknown].flat() as Record<string, unknown>[];
  return {
    isHere: true,
    inline: inline.map((each) => inlinePolicy(each, resource, stack)),
    managed: find(managedPolicyArns, resource),
    boundary: find(permissionsBoundary, resource),
  };
}

function inlinePolicy(each: Record<string, unknown>, resource: CfnResource, stack: Stack): TreePolicy {
  const document = each['policyDocument'] ?? each['PolicyDocument'];
  const name = textOf(each['policyName'] ?? each['PolicyName']);
  return {
    name: `${name} of ${resource.node.path.replace(/\/Resource$/, '')}`,
    isManaged: false,
    document,
    stack,
    statements: statementsOf(document, stack),
  };
}
