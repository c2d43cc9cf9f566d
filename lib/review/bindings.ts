import { Annotations } from 'aws-cdk-lib';
import type * as logs from 'aws-cdk-lib/aws-logs';
import type { IConstruct } from 'constructs';
import { covers } from '../write/streams.js';
import type { FinishedTree } from '../finished-tree.js';
import { policiesIn } from '../policies/tree-policies.js';
import { unboundedWriter } from '../policies/unbounded-writer.js';
import type { WriterGrants } from '../write/writer-grants.js';
import type { Binding } from '../bind/binder.js';
import { hasExecutionPolicy } from '../bind/execution-policy.js';
import { reviewDivertedLines, reviewFunctionLogging } from '../bind/function-logging.js';
import { reviewInjection, secretProblems } from '../bind/injection.js';
import { reviewContainer } from './container.js';
import { reviewNetwork } from './network.js';
import { reviewPlatformLines } from './platform-lines.js';
import { reviewPutQuota } from './put-quota.js';
import { reviewRegion } from './region.js';
import { roleAdvice } from './role-advice.js';
import { reviewUnknownVariables } from './unknown-variables.js';
import { reviewStopTimeout } from './stop-timeout.js';

/**
 * Checks all writers of one construct. A doubtful one gets a warning.
 *
 * @returns errors that stop the deployment
 */
export function reviewBindings(
  owner: IConstruct & { readonly logGroup: logs.ILogGroup },
  bindings: readonly Binding[],
  grants: WriterGrants,
  tree: FinishedTree,
): string[] {
  const all = bindings.flatMap((binding) => binding.places);
  const places = [...new Map(all.map((place) => [place.construct, place])).values()];
  for (const place of places) {
    reviewInjection(place);
    reviewStopTimeout(place);
    reviewContainer(place);
    reviewUnknownVariables(place);
  }
  for (const binding of bindings) {
    reviewRole(owner, binding, grants, tree);
    if (binding.logging) reviewFunctionLogging(binding.logging, binding.definition);
    else reviewDivertedLines(binding.construct, binding.definition);
    reviewRegion(binding, tree);
    reviewNetwork(binding, tree);
    reviewPlatformLines(binding, tree, owner.logGroup);
  }
  reviewPrefixes(owner, bindings);
  reviewPutQuota(owner, tree);
  return [...places.flatMap(secretProblems), ...places.flatMap((place) => place.review?.() ?? [])];
}

function reviewRole(
  owner: IConstruct,
  { construct, grantee, streams, logging }: Binding,
  grants: WriterGrants,
  tree: FinishedTree,
): void {
  const principal = grantee.grantPrincipal;
  const found = tree.read(policiesIn).of(principal);
  const unbounded = found && unboundedWriter(found);
  // Lambda asks for such a policy, and delivers by it.
  const isExpected = logging !== undefined && hasExecutionPolicy(grantee);
  if (unbounded !== undefined && !isExpected) warnOfPolicy(construct, unbounded, owner);
  const wider = grants.streamsOf(principal).find((granted) => !covers(streams, granted));
  if (wider) warnOfWiderRole(construct, streams.pattern, wider.pattern);
}

function warnOfPolicy(construct: IConstruct, unbounded: string, owner: IConstruct): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:unboundedWriter',
    `its role has ${unbounded}; ${roleAdvice(construct, owner)}`,
  );
}

/** Warns of two services of which one may write into the log streams of the other. */
function reviewPrefixes(owner: IConstruct, bindings: readonly Binding[]): void {
  const patterns = [...new Set(bindings.map(({ streams }) => streams.pattern))].filter(
    (each) => each !== '*',
  );
  for (const one of patterns) {
    const within = patterns.find((other) => other !== one && covers({ pattern: one }, { pattern: other }));
    if (within !== undefined) warnOfOverlap(owner, one, within);
  }
}

function warnOfWiderRole(construct: IConstruct, intended: string, granted: string): void {
  Annotations.of(construct).addWarningV2(
    'fapilog-cloudwatch:widerRole',
    `the role may write the log streams ${granted}, more than the intended ${intended}; ` +
      'give the writer a role of its own',
  );
}

function warnOfOverlap(owner: IConstruct, wide: string, narrow: string): void {
  Annotations.of(owner).addWarningV2(
    `fapilog-cloudwatch:overlappingPrefixes:${wide}`,
    `a writer of the log streams ${wide} may write ${narrow} as well; ` +
      'choose prefixes of which none begins with another',
  );
}
