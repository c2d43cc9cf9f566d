import { isMap } from '../api/json.js';
import { onlyResource } from '../stack/only-resource.js';
import { type ResolveOptions, TemplateResolver } from '../stack/template-resolver.js';

/** A policy document with its functions resolved. */
export type PolicyDocument = Readonly<Record<string, unknown>>;

/** A policy and what it is called. */
export interface NamedPolicy {
  /**
   * Logical id of the policy. Of an inline policy: the role's logical id, a slash and the policy's name. Of a policy
   * from `managedPolicies`: its ARN.
   */
  readonly name: string;
  /** Document of the policy. */
  readonly document: PolicyDocument;
}

/** Policies that apply to a role. */
export interface RolePolicies {
  /** ARN of the role. */
  readonly roleArn: string;
  /** Policies that allow something to the role. */
  readonly identityPolicies: readonly NamedPolicy[];
  /** Limits the identity policies, if the role has one. */
  readonly permissionsBoundary?: NamedPolicy | undefined;
  /** ARNs of the role's managed policies whose statements are neither in the template nor given. */
  readonly unreadManagedPolicies: readonly string[];
  /** ARN of the role's permissions boundary, if its statements are neither in the template nor given. */
  readonly unreadPermissionsBoundary?: string | undefined;
}

/** Where the documents of policies are found that the template does not have. */
export interface PoliciesOptions extends ResolveOptions {
  /**
   * Documents of managed policies outside of the template, by ARN: AWS managed policies, or a boundary of the account.
   */
  readonly managedPolicies?: Readonly<Record<string, PolicyDocument>> | undefined;
}

/**
 * Reads every policy in a template that applies to a role: inline and managed policies, whether the role or the policy
 * names the other, and the permissions boundary. Functions elsewhere in the template are not resolved.
 *
 * Policies of resources that name the role (a bucket's, a key's) and policies in other templates are not included.
 *
 * @param template a synthesized template, as `Template.toJSON()` returns it
 * @param role logical id of the role or a prefix of it; `''` is the only role in the template
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

  /** Policies in the role's own resource. */
  #inline(): NamedPolicy[] {
    return this.#listed('Policies').map((item) => {
      const { PolicyName, PolicyDocument } = mapOf(this.#template.value(item));
      return { name: `${this.#roleId}/${String(PolicyName)}`, document: mapOf(PolicyDocument) };
    });
  }

  /** Policies that name their roles. */
  #attachedBy(type: string, property: string): NamedPolicy[] {
    const ids = this.#template
      .idsOf(type)
      .filter((id) => this.#namesRole(this.#template.given(id, property)));
    return ids.map((id) => this.#named(id));
  }

  /** Compares a reference by logical id, because the name of the role might not be resolvable. */
  #namesRole(given: unknown): boolean {
    if (Array.isArray(given)) return given.some((item) => this.#namesRole(item));
    if (given === undefined || (isMap(given) && given['Ref'] === this.#roleId)) return given !== undefined;
    const refId = isMap(given) && typeof given['Ref'] === 'string' ? given['Ref'] : '';
    if (this.#template.idsOf('AWS::IAM::Role').includes(refId)) return false;
    return [this.#template.value(given)].flat().includes(this.#template.nameOf(this.#roleId));
  }

  /** Finds a managed policy or boundary by its ARN: in this template, among those of the caller, or not at all. */
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

  /** Items of a list property of the role. */
  #listed(property: string): unknown[] {
    const items = this.#template.property(this.#roleId, property);
    return Array.isArray(items) ? items : [];
  }
}

function mapOf(value: unknown): PolicyDocument {
  return isMap(value) ? value : {};
}
