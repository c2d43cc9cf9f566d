import { runSimulation } from '@cloud-copilot/iam-simulate';
import { excessGrants, excessSentence } from '../../local/policies/excess-grants.js';
import { judgeForbidden, judgeNeeded, violationsOf } from '../../local/policies/judgement.js';
import { type Grant, policiesOf, type PoliciesOptions, type Simulate } from '../../local/policies/index.js';
import { RoleSimulator, type SimulationAnswer } from '../../local/policies/simulator.js';

const answers = new Map<string, Promise<SimulationAnswer>>();

/** The simulator, which is asked each question once: roles whose policies say the same get the same answers. */
export const simulate: Simulate = (simulation, options) => {
  const { request, identityPolicies, ...rest } = simulation;
  const said = [request, identityPolicies.map(({ policy }) => policy), rest, options];
  const key = JSON.stringify(said).replaceAll(request.principal, 'the role');
  const answer = answers.get(key) ?? runSimulation(simulation, options);
  answers.set(key, answer);
  return answer;
};

/** What a role is for, if it is not a writer. */
export interface RoleProofOptions extends PoliciesOptions {
  /** Logical id of the role. */
  readonly role: string;
  /** Calls that must be allowed. */
  readonly needed: readonly Grant[];
  /** Calls that must be denied. */
  readonly denied: readonly Grant[];
  /** The most that the policies may say. */
  readonly most: readonly Grant[];
}

/** What is wrong with a role: a call that it cannot make or must not make, and what its policies say besides. */
export async function proveRole(template: unknown, options: RoleProofOptions): Promise<string[]> {
  const { role, needed, denied, most } = options;
  const policies = policiesOf(template, role, options);
  const simulator = new RoleSimulator(simulate, policies, {});
  const judgements = [
    ...(await Promise.all(needed.map((call) => judgeNeeded(simulator, call)))),
    ...(await Promise.all(denied.map((call) => judgeForbidden(simulator, call)))),
  ];
  return [
    ...policies.unreadManagedPolicies,
    ...judgements.flatMap(violationsOf),
    ...excessGrants(policies, most).map(excessSentence),
  ];
}

/** Each action on each resource. */
export function calls(actions: readonly string[], ...resources: string[]): Grant[] {
  return resources.flatMap((resource) => actions.map((action) => ({ action, resource })));
}
