import { isMap } from '../members.js';
import { onlyResource } from '../only-resource.js';
import { type ResolveOptions, TemplateResolver } from '../template-resolver.js';

/** A policy document, its functions resolved. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

export interface NamedPolicy {
  /** Logical id; of an inline policy also its name, after a slash; the ARN of one that was given. */
  readonly name: string;
  readonly document: PolicyDocument;
}

/** What applies to a role. */
export interface RolePolicies {
  /** ARN of the role. */
  readonly roleArn: string;
  readonly identityPolicies: readonly NamedPolicy[];
  /** What limits the identity policies, if the role has it. */
  readonly permissionsBoundary?: NamedPolicy | undefined;
  /** ARNs of managed policies of the role whose statements are nowhere to be read. */
  readonly unreadManagedPolicies: readonly string[];
  /** ARN of the role's permissions boundary, if its statements are nowhere to be read. */
  readonly unreadPermissionsBoundary?: string | undefined;
}

export interface PoliciesOptions extends ResolveOptions {
  /** Documents of managed policies that are not in the template, by ARN: those of AWS, and a boundary of the account's. */
  readonly managedPolicies?: Readonly<Record<string, PolicyDocument>> | undefined;
}

/**
 * Every policy in a template that applies to one of its roles: inline and managed policies, in whichever of the two
 * resources they are attached, and the permissions boundary. Functions elsewhere in the template are not resolved.
 *
 * Policies of resources that name the role (a bucket's, a key's) and policies in other templates are not among them.
 *
 * @param template a synthesized template, as `Template.toJSON()` has it
 * @param role logical id of the role or how it starts; `''` is the only role of the template
 * @throws Error if the role is not in the template, or a policy holds a function that cannot be resolved
 */
export function policiesOf(template: unknown, role = '', options: PoliciesOptions = {}): RolePolicies {
  return new RolePolicyReader(
    new TemplateResolver(isMap(template) ? template : {}, options),
    role,
    options,
  ).read();
}

type Attached = { readonly arn: string; readonly policy: NamedPolicy | undefined };

class RolePolicyReader {
  readonly #template: TemplateResolver;
  readonly #roleId: string;
  readonly #outside: Readonly<Record<string, PolicyDocument>>;

  constructor(template: TemplateResolver, role: string, { managedPolicies = {} }: PoliciesOptions) {
    this.#template = template;
    this.#roleId = onlyResource('AWS::IAM::Role', template.idsOf('AWS::IAM::Role'), role);
    this.#outside = managedPolicies;
  }

  read(): RolePolicies {
    const attached = this.#listed('ManagedPolicyArns').map((item) => this.#managed(item));
    const [boundary] = [this.#template.given(this.#roleId, 'PermissionsBoundary')]
      .filter((item) => this.#template.value(item) !== undefined)
      .map((item) => this.#managed(item));
    const policies = [
      ...this.#inline(),
      ...this.#attachedBy('AWS::IAM::RolePolicy', 'RoleName'),
      ...this.#attachedBy('AWS::IAM::Policy', 'Roles'),
      ...this.#attachedBy('AWS::IAM::ManagedPolicy', 'Roles'),
      ...attached.flatMap(({ policy }) => policy ?? []),
    ];
    return {
      roleArn: this.#template.arnOf(this.#roleId),
      identityPolicies: [...new Map(policies.map((policy) => [policy.name, policy])).values()],
      permissionsBoundary: boundary?.policy,
      unreadManagedPolicies: attached.filter(({ policy }) => !policy).map(({ arn }) => arn),
      unreadPermissionsBoundary: boundary?.policy ? undefined : boundary?.arn,
    };
  }

  /** The policies within the role. */
  #inline(): NamedPolicy[] {
    return this.#listed('Policies').map((item) => {
      const { PolicyName, PolicyDocument } = mapOf(this.#template.value(item));
      return { name: `${this.#roleId}/${String(PolicyName)}`, document: mapOf(PolicyDocument) };
    });
  }

  /** Policies that say themselves which roles have them. */
  #attachedBy(type: string, property: string): NamedPolicy[] {
    const ids = this.#template
      .idsOf(type)
      .filter((id) => this.#namesRole(this.#template.given(id, property)));
    return ids.map((id) => this.#named(id));
  }

  /** A reference tells a role without its name, which might be one that cannot be resolved. */
  #namesRole(given: unknown): boolean {
    if (Array.isArray(given)) return given.some((item) => this.#namesRole(item));
    if (given === undefined || (isMap(given) && given['Ref'] === this.#roleId)) return given !== undefined;
    const refId = isMap(given) && typeof given['Ref'] === 'string' ? given['Ref'] : '';
    if (this.#template.idsOf('AWS::IAM::Role').includes(refId)) return false;
    return [this.#template.value(given)].flat().includes(this.#template.nameOf(this.#roleId));
  }

  /** A policy of `ManagedPolicyArns` or of a boundary: of this template, given by the caller, or unknown. */
  #managed(item: unknown): Attached {
    const arn = String(this.#template.value(item));
    const own = this.#template
      .idsOf('AWS::IAM::ManagedPolicy')
      .find((id) => this.#template.arnOf(id) === arn);
    if (own !== undefined) return { arn, policy: this.#named(own) };
    const document = Object.hasOwn(this.#outside, arn) ? this.#outside[arn] : undefined;
    return { arn, policy: document && { name: arn, document } };
  }

  #named(logicalId: string): NamedPolicy {
    return { name: logicalId, document: mapOf(this.#template.property(logicalId, 'PolicyDocument')) };
  }

  /** The items of a list of the role that are there. */
  #listed(property: string): unknown[] {
    const items = this.#template.property(this.#roleId, property);
    return Array.isArray(items) ? items : [];
  }
}

function mapOf(value: unknown): PolicyDocument {
  return isMap(value) ? value : {};
}
