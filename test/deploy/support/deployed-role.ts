import type { IAM } from '@aws-sdk/client-iam';
import { runSimulation } from '@cloud-copilot/iam-simulate';
import {
  proveWriter,
  type Grant,
  type PolicyDocument,
  type WriterProofOptions,
} from 'fapilog-cloudwatch/cdk/testing';
import { judgeNeeded, violationsOf } from '../../../local/policies/judgement.js';
import { RoleSimulator } from '../../../local/policies/simulator.js';

/** A role as IAM has it. */
export interface DeployedRole {
  readonly arn: string;
  readonly trust: PolicyDocument;
  readonly policies: Readonly<Record<string, PolicyDocument>>;
  readonly managedPolicyArns: readonly string[];
  readonly permissionsBoundaryArn: string | undefined;
}

export async function readRole(iam: IAM, RoleName: string): Promise<DeployedRole> {
  const { Role } = await iam.getRole({ RoleName });
  const { PolicyNames = [] } = await iam.listRolePolicies({ RoleName });
  const { AttachedPolicies = [] } = await iam.listAttachedRolePolicies({ RoleName });
  const policies = await Promise.all(
    PolicyNames.map(async (PolicyName) => {
      const { PolicyDocument } = await iam.getRolePolicy({ RoleName, PolicyName });
      return [PolicyName, documentOf(PolicyDocument)] as const;
    }),
  );
  return {
    arn: Role!.Arn!,
    trust: documentOf(Role!.AssumeRolePolicyDocument),
    policies: Object.fromEntries(policies),
    managedPolicyArns: AttachedPolicies.map(({ PolicyArn }) => PolicyArn!),
    permissionsBoundaryArn: Role!.PermissionsBoundary?.PermissionsBoundaryArn,
  };
}

/** What is wrong with a deployed role: with what it may do at all, and with the calls that its holder has made. */
export async function faultsOf(
  role: DeployedRole,
  made: readonly Grant[],
  options: Omit<WriterProofOptions, 'simulate'>,
): Promise<string[]> {
  const { policies, violations } = await proveWriter(templateOf(role), {
    simulate: runSimulation,
    ...options,
  });
  const simulator = new RoleSimulator(runSimulation, policies, {});
  const judgements = [];
  for (const call of made) judgements.push(await judgeNeeded(simulator, call));
  return [...violations, ...judgements.flatMap(violationsOf)];
}

/** IAM's answers in the form in which a template has them. */
function templateOf(role: DeployedRole): object {
  return {
    Resources: {
      Writer: {
        Type: 'AWS::IAM::Role',
        Properties: {
          RoleName: role.arn.split('/').at(-1),
          Policies: Object.entries(role.policies).map(([PolicyName, PolicyDocument]) => ({
            PolicyName,
            PolicyDocument,
          })),
          ManagedPolicyArns: role.managedPolicyArns,
          ...(role.permissionsBoundaryArn && { PermissionsBoundary: role.permissionsBoundaryArn }),
        },
      },
    },
  };
}

/** IAM hands documents out as text in URL encoding. */
function documentOf(text: string | undefined): PolicyDocument {
  return JSON.parse(decodeURIComponent(text ?? '')) as PolicyDocument;
}
