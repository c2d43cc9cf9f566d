export type { Grant } from './grants.js';
export type { JudgedCall } from './judgement.js';
export { proveWriter, type WriterProof, type WriterProofOptions } from './prove-writer.js';
export {
  type NamedPolicy,
  policiesOf,
  type PoliciesOptions,
  type PolicyDocument,
  type RolePolicies,
} from './role-policies.js';
export type { Simulate, Simulation, SimulationAnswer, SimulationMode } from './simulator.js';
