import { isMap } from '../api/json.js';
import type { Grant } from './grants.js';
import type { RolePolicies } from './role-policies.js';

/** One request of a role, with every policy that decides about it. */
export interface Simulation {
  request: {
    principal: string;
    action: string;
    resource: { resource: string; accountId: string };
    contextVariables: Record<string, string | string[]>;
  };
  identityPolicies: { name: string; policy: unknown }[];
  permissionBoundaryPolicies?: { name: string; policy: unknown }[];
  resourcePolicy: unknown;
  serviceControlPolicies: [];
  resourceControlPolicies: [];
}

/** `Discovery` takes conditions as met, `Strict` evaluates them with the context. */
export type SimulationMode = 'Strict' | 'Discovery';

/** A simulator's answer: `Allowed` or a kind of denial, or the errors that prevented one. */
export interface SimulationAnswer {
  readonly resultType: string;
  readonly overallResult?: string;
  readonly errors?: object;
}

/** An IAM simulator: `runSimulation` of `@cloud-copilot/iam-simulate` is one. */
export type Simulate = (
  simulation: Simulation,
  options: { simulationMode: SimulationMode },
) => Promise<SimulationAnswer>;

/** Whether a call is allowed, or why the simulator could not decide. */
export type Answer = { readonly isAllowed: boolean } | { readonly complaints: readonly string[] };

/** Asks a simulator about one role. */
export class RoleSimulator {
  readonly #simulate: Simulate;
  readonly #policies: RolePolicies;
  readonly #accountId: string;
  readonly #context: Readonly<Record<string, string | readonly string[]>>;

  constructor(
    simulate: Simulate,
    policies: RolePolicies,
    context: Readonly<Record<string, string | readonly string[]>>,
  ) {
    this.#simulate = simulate;
    this.#policies = policies;
    this.#accountId = policies.roleArn.split(':')[4] ?? '';
    this.#context = context;
  }

  async ask(call: Grant, simulationMode: SimulationMode): Promise<Answer> {
    const answer = await this.#simulate(this.#simulation(call), { simulationMode });
    const { resultType, overallResult } = answer;
    if (resultType === 'error' || overallResult === undefined)
      return { complaints: complaints(call, answer) };
    return { isAllowed: overallResult === 'Allowed' };
  }

  #simulation({ action, resource }: Grant): Simulation {
    const { roleArn, identityPolicies, permissionsBoundary } = this.#policies;
    return {
      request: {
        principal: roleArn,
        action,
        resource: { resource, accountId: resource.split(':')[4] || this.#accountId },
        contextVariables: this.#contextOf(resource),
      },
      identityPolicies: identityPolicies.map(({ name, document }) => ({ name, policy: document })),
      ...(permissionsBoundary && {
        permissionBoundaryPolicies: [
          { name: permissionsBoundary.name, policy: permissionsBoundary.document },
        ],
      }),
      resourcePolicy: this.#resourcePolicy(),
      serviceControlPolicies: [],
      resourceControlPolicies: [],
    };
  }

  /**
   * A resource policy that names the role's account, which leaves the decision to the role's own policies. Without it,
   * a call on a key or in another account would be denied whatever the role may do.
   */
  #resourcePolicy(): object {
    const [, partition] = this.#policies.roleArn.split(':');
    const account = { AWS: `arn:${partition}:iam::${this.#accountId}:root` };
    const statement = { Effect: 'Allow', Principal: account, Action: '*', Resource: '*' };
    return { Version: '2012-10-17', Statement: [statement] };
  }

  #contextOf(resource: string): Record<string, string | string[]> {
    const given = Object.entries(this.#context).map(([key, value]) => [
      key,
      typeof value === 'string' ? value : [...value],
    ]);
    return {
      'aws:PrincipalAccount': this.#accountId,
      'aws:PrincipalArn': this.#policies.roleArn,
      'aws:SecureTransport': 'true',
      ...(resource.split(':')[3] && { 'aws:RequestedRegion': resource.split(':')[3]! }),
      ...(Object.fromEntries(given) as Record<string, string | string[]>),
    };
  }
}

/** One complaint for each fault of a policy, which is the same for every call; without faults, one for the call. */
function complaints({ action, resource }: Grant, { errors }: SimulationAnswer): string[] {
  const faults = ['identityPolicyErrors', 'permissionBoundaryErrors'].flatMap((member) =>
    policyFaults(isMap(errors) ? errors[member] : undefined),
  );
  if (faults.length > 0) return faults;
  const reason = isMap(errors) && typeof errors['message'] === 'string' ? errors['message'] : 'no result';
  return [`${action} on ${resource} cannot be judged: ${reason}`];
}

function policyFaults(byPolicy: unknown): string[] {
  return Object.entries(isMap(byPolicy) ? byPolicy : {}).flatMap(([policy, faults]) =>
    (Array.isArray(faults) ? faults : []).map((fault: unknown) => {
      const { path, message } = isMap(fault) ? fault : {};
      return `the policy ${policy} is not valid: ${String(message)} at ${String(path)}`;
    }),
  );
}
