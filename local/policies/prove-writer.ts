import { isMap } from '../api/json.js';
import { onlyResource } from '../stack/only-resource.js';
import { TemplateResolver } from '../stack/template-resolver.js';
import { excessGrants, excessSentence, isReportedBy } from './excess-grants.js';
import { type ForbiddenCall, forbiddenCalls } from './forbidden-calls.js';
import { type Grant, matches, type PolicyGrant } from './grants.js';
import {
  type JudgedCall,
  type Judgement,
  judgeNeeded,
  judgeForbidden,
  spellingsOf,
  violationsOf,
} from './judgement.js';
import { policiesOf, type PoliciesOptions, type RolePolicies } from './role-policies.js';
import { RoleSimulator, type Simulate } from './simulator.js';
import { neededCalls, neededGrants, type Writer } from './writer.js';

/** The writer, and what answers for IAM. */
export interface WriterProofOptions extends PoliciesOptions {
  /** The IAM simulator: `runSimulation` of `@cloud-copilot/iam-simulate`, which is not part of this package. */
  readonly simulate: Simulate;
  /** Logical id of the writer's role, or a prefix of it. Default: the only role in the template. */
  readonly role?: string | undefined;
  /** Name of the log group. Default: the name of {@link logGroup}. */
  readonly logGroupName?: string | undefined;
  /** Logical id of the log group, or a prefix of it. Default: the only log group in the template. */
  readonly logGroup?: string | undefined;
  /** Region of the log group. Default: `region`, the one of the stack. */
  readonly logGroupRegion?: string | undefined;
  /** Prefix of the names of the writer's log streams. Default: `''`, all streams of the log group. */
  readonly streamPrefix?: string | undefined;
  /** Name of the writer's only log stream, instead of `streamPrefix`. */
  readonly logStreamName?: string | undefined;
  /** Whether the writer creates its log streams. If `false`, the proof requires that it cannot. Default: `true`. */
  readonly createsStreams?: boolean | undefined;
  /** Grants that the role may have besides, with `*` and `?` as in a policy; it need not have them. Default: none. */
  readonly also?: readonly Grant[] | undefined;
  /**
   * Condition keys of a writer's calls, for policies with conditions. `aws:RequestedRegion`, `aws:SecureTransport`,
   * `aws:PrincipalArn` and `aws:PrincipalAccount` have values by default.
   */
  readonly context?: Readonly<Record<string, string | readonly string[]>> | undefined;
}

/** The result of a proof. */
export interface WriterProof {
  /** Policies that decided. */
  readonly policies: RolePolicies;
  /** All simulated calls. */
  readonly calls: readonly JudgedCall[];
  /** Every violation as a sentence. Empty if the role may do what a writer needs, and nothing else. */
  readonly violations: readonly string[];
}

/**
 * Proves that a role may write to its log streams and do nothing else.
 *
 * - The calls of a writer are simulated, and must be allowed.
 * - Forbidden calls are simulated with their conditions taken as met, and must be denied: the writer's calls on other
 *   log groups, streams, Regions and accounts; changing, reading and deleting the log group; calls on the rest of the
 *   account.
 * - Every `Allow` statement is compared with what a writer needs, which finds grants that no forbidden call covers.
 *   `Deny` statements do not make up for such a grant, a permissions boundary does.
 *
 * A policy whose statements are not in the template is a violation, and so is one that the simulator takes for invalid.
 *
 * @param template a synthesized template, as `Template.toJSON()` returns it
 * @throws Error if there is no simulator, if the role or the log group is not in the template, or if a policy holds a function
 * that cannot be resolved
 *
 * @example
 * const { violations } = await proveWriter(template.toJSON(), { simulate: runSimulation, role: 'LoggingWriterRole' });
 * expect(violations).toEqual([]);
 */
export async function proveWriter(template: unknown, options: WriterProofOptions): Promise<WriterProof> {
  requireSimulator(options);
  const writer = writerOf(template, options);
  const policies = policiesOf(template, options.role, options);
  const role = new RoleSimulator(options.simulate, policies, options.context ?? {});
  const also = options.also ?? [];
  const judgements: Judgement[] = [];
  for (const call of neededCalls(writer)) judgements.push(await judgeNeeded(role, call));
  for (const call of withoutGranted(forbiddenCalls(writer), also))
    judgements.push(await judgeForbidden(role, call));
  const excess = excessGrants(policies, [...neededGrants(writer), ...also]);
  const violations = [
    ...unreadPolicies(policies),
    ...judgements.flatMap(violationsOf),
    ...unreported(excess, judgements).map(excessSentence),
  ];
  return { policies, calls: judgements.map(({ call }) => call), violations: [...new Set(violations)] };
}

/** @throws Error for callers whose types are not checked */
function requireSimulator(options: Partial<WriterProofOptions> | undefined): void {
  if (typeof options?.simulate === 'function') return;
  throw new Error(
    'proveWriter needs an IAM simulator as simulate, such as runSimulation of @cloud-copilot/iam-simulate: ' +
      'npm install --save-dev @cloud-copilot/iam-simulate',
  );
}

function writerOf(template: unknown, options: WriterProofOptions): Writer {
  const { streamPrefix = '', logStreamName, createsStreams = true } = options;
  const resolver = new TemplateResolver(isMap(template) ? template : {}, options);
  return {
    place: { ...resolver.place, region: options.logGroupRegion ?? resolver.place.region },
    logGroupName: options.logGroupName ?? logGroupNameIn(resolver, options.logGroup),
    streams: logStreamName === undefined ? { prefix: streamPrefix } : { name: logStreamName },
    createsStreams,
  };
}

function logGroupNameIn(resolver: TemplateResolver, logGroup: string | undefined): string {
  const type = 'AWS::Logs::LogGroup';
  return resolver.nameOf(onlyResource(type, resolver.idsOf(type), logGroup));
}

/** Leaves out the calls that the caller of the proof lets the role make. */
function withoutGranted(calls: readonly ForbiddenCall[], also: readonly Grant[]): ForbiddenCall[] {
  return calls.filter(
    (call) => !spellingsOf(call).some((each) => also.some((grant) => matches(grant, each))),
  );
}

/** Grants that no violation reports yet: the role made no forbidden call by them. */
function unreported(grants: readonly PolicyGrant[], judgements: readonly Judgement[]): PolicyGrant[] {
  const shown = judgements
    .filter(({ call: { expected, actual } }) => expected === 'denied' && actual === 'allowed')
    .flatMap(({ spellings }) => spellings);
  return grants.filter((grant) => !shown.some((call) => isReportedBy(grant, call)));
}

function unreadPolicies({
  unreadManagedPolicies,
  unreadPermissionsBoundary: boundary,
}: RolePolicies): string[] {
  const how = 'whose statements are not in the template; give them as managedPolicies';
  return [
    ...unreadManagedPolicies.map((arn) => `the role has the managed policy ${arn}, ${how}`),
    ...(boundary === undefined ? [] : [`the role has the permissions boundary ${boundary}, ${how}`]),
  ];
}
