import { aws_iam as iam, PhysicalName } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Problem } from '../../contract/problems.js';
import type { OptionNames } from '../option-names.js';
import { PolicyKind } from './policy-kind.js';
import { Trust } from './trust.js';

/** Properties of the role by which applications write. */
export interface WriterRoleProps {
  /**
   * Existing role that becomes the writer role. Excludes the props that would define one.
   *
   * @default - a role is defined
   */
  readonly role?: iam.IRole | undefined;

  /**
   * Principal that may assume the writer role: one of {@link Trust}, or any other. Name an account here to admit its
   * writers.
   *
   * @default Trust.lambda()
   */
  readonly assumedBy?: iam.IPrincipal | undefined;

  /**
   * Text that a principal must present to assume the writer role, against a confused deputy: 2 to 1224 of the
   * characters `A-Z a-z 0-9 _ + = , . @ : / -`. Bound writers in another account get it as a variable.
   *
   * @default - none is required
   */
  readonly externalId?: string | undefined;

  /**
   * Name of the writer role.
   *
   * @default - CloudFormation generates one; CDK does if another account uses the role
   */
  readonly roleName?: string | undefined;

  /**
   * Managed policy that limits what the writer role may do.
   *
   * @default - none, or that of the scope (`PermissionsBoundary.of`)
   */
  readonly permissionsBoundary?: iam.IManagedPolicy | undefined;

  /**
   * Kind of the policies that grant write access, to the writer role and to every other grantee, and of those for the
   * roles of an archive.
   *
   * @default PolicyKind.INLINE
   */
  readonly policyKind?: PolicyKind | undefined;
}

export const WRITER_ROLE_PROPS: OptionNames<WriterRoleProps> = {
  role: true,
  assumedBy: true,
  externalId: true,
  roleName: true,
  permissionsBoundary: true,
  policyKind: true,
};

/** Props that define a new role, and so do not go with an existing one. */
const definingProps = ['assumedBy', 'roleName', 'permissionsBoundary'] as const;

/** Problems of the props that the rows of the contract do not cover. */
export function writerRoleProblems(props: WriterRoleProps, where: string): Problem[] {
  const { role, externalId, assumedBy, policyKind } = props;
  const problems: Problem[] = definingProps
    .filter((key) => role !== undefined && props[key] !== undefined)
    .map((key) => ({
      where: `${where}.${key}`,
      value: key === 'roleName' ? props[key] : key,
      allowed: 'nothing beside role, which is defined elsewhere',
    }));
  if (externalId !== undefined && role === undefined && isService(assumedBy ?? Trust.lambda())) {
    const allowed = 'only with assumedBy: Trust.account(…) or an ARN; a service has no external id to show';
    problems.push({ where: `${where}.externalId`, value: externalId, allowed });
  }
  if (policyKind !== undefined && !Object.values(PolicyKind).includes(policyKind)) {
    const allowed = Object.values(PolicyKind).join(' or ');
    problems.push({ where: `${where}.policyKind`, value: policyKind, allowed });
  }
  return problems;
}

function isService(principal: iam.IPrincipal): boolean {
  const { principalJson } = principal.policyFragment;
  return Object.keys(principalJson).join() === 'Service';
}

/**
 * Defines the writer role, without permission to write. Its id in the tree must not change: a new id would replace the
 * role.
 */
export function defineWriterRole(scope: Construct, props: WriterRoleProps): iam.IRole {
  const { role, assumedBy = Trust.lambda(), externalId, roleName, permissionsBoundary } = props;
  if (role) return role;
  return new iam.Role(scope, 'WriterRole', {
    assumedBy,
    // The name is known before the deployment if another account or Region needs it.
    roleName: roleName ?? PhysicalName.GENERATE_IF_NEEDED,
    ...(externalId === undefined ? {} : { externalIds: [externalId] }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  });
}
