import { PhysicalName } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import type { Construct } from 'constructs';
import type { Problem } from '../../contract/problems.js';
import { PolicyKind } from './policy-kind.js';
import { Trust } from './trust.js';

/** Properties of the role by which an application writes. */
export interface WriterRoleProps {
  /**
   * A role of your own that becomes the writer role.
   *
   * @default - a role is defined
   */
  readonly role?: iam.IRole | undefined;

  /**
   * Who may assume the writer role: one of {@link Trust}, or any principal. Name an account here to let its writers in.
   *
   * @default Trust.lambda()
   */
  readonly assumedBy?: iam.IPrincipal | undefined;

  /**
   * Text that whoever assumes the writer role must know, against a confused deputy: 2 to 1224 of the characters
   * `A-Z a-z 0-9 _ + = , . @ : / -`. The sink of a bound writer of another account gets it injected.
   *
   * @default - none is asked for
   */
  readonly externalId?: string | undefined;

  /**
   * Name of the writer role.
   *
   * @default - CloudFormation generates one; CDK does, if the role is used in another account
   */
  readonly roleName?: string | undefined;

  /**
   * A managed policy that bounds what the writer role may do.
   *
   * @default - none, or that of the scope (`PermissionsBoundary.of`)
   */
  readonly permissionsBoundary?: iam.IManagedPolicy | undefined;

  /**
   * The kind of policy in which write access is granted, to the writer role and to every other, and in which the roles of
   * an archive have theirs.
   *
   * @default PolicyKind.INLINE
   */
  readonly policyKind?: PolicyKind | undefined;
}

/** The props that say how the role is defined, and so nothing of a role that exists. */
const definingProps = ['assumedBy', 'roleName', 'permissionsBoundary'] as const;

/** What is wrong with the props, as far as the rows of the contract do not say it. */
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

/** The writer role, without permission to write. Its id in the tree must not change: that would replace it. */
export function defineWriterRole(scope: Construct, props: WriterRoleProps): iam.IRole {
  const { role, assumedBy = Trust.lambda(), externalId, roleName, permissionsBoundary } = props;
  if (role) return role;
  return new iam.Role(scope, 'WriterRole', {
    assumedBy,
    // A name that is known beforehand, where another account or Region has to know it.
    roleName: roleName ?? PhysicalName.GENERATE_IF_NEEDED,
    ...(externalId === undefined ? {} : { externalIds: [externalId] }),
    ...(permissionsBoundary === undefined ? {} : { permissionsBoundary }),
  });
}
