import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { MAX_PUT_CALLS_PER_SECOND, PUT_CALLS_QUOTA_CODE } from '../../contract/limits.js';
import type { FinishedTree } from '../finished-tree.js';
import { grouped } from '../grouped.js';
import { fleetsIn, INVOCATION_SECONDS, type Processes, type Writers } from './fleet.js';

/**
 * The longest `batchTimeoutSeconds` that is advised. A process that is killed loses what waits, and events are read as much
 * later.
 */
const MAX_ADVISED_SECONDS = 60;

/** Source: Lambda developer guide, "Lambda scaling behavior": 10,000 requests a second for each 1,000 environments. */
const MAX_INVOCATIONS_OF_ENVIRONMENT = 10;

/** Programs that a warning names. */
const MAX_NAMED = 3;

/**
 * Warns of bound programs that together make more PutLogEvents calls than the default quota of an account allows in a Region, as far
 * as the templates show their number. Of all logging constructs that share the quota, the one with most calls has the warning.
 */
export function reviewPutQuota(owner: IConstruct, tree: FinishedTree): void {
  const fleet = tree.read(fleetsIn).around(owner);
  const calls = callsOf(fleet);
  if (calls <= MAX_PUT_CALLS_PER_SECOND || busiestOwner(fleet) !== owner) return;
  Annotations.of(owner).addWarningV2(
    'fapilog-cloudwatch:putQuota',
    `bound programs may make ${Math.ceil(calls)} PutLogEvents calls a second: ${named(fleet)}; by default, an account may make ` +
      `${MAX_PUT_CALLS_PER_SECOND} in a Region, with all its loggers; ${[...lessCalls(fleet), higherQuota(calls)].join(', or ')}`,
  );
}

function callsOf(fleet: readonly Writers[]): number {
  return fleet.reduce((sum, { callsPerSecond }) => sum + callsPerSecond, 0);
}

function busiestOwner(fleet: readonly Writers[]): IConstruct | undefined {
  const byOwner = [...grouped(fleet, ({ owner }) => [owner])];
  return byOwner.toSorted(([, one], [, other]) => callsOf(other) - callsOf(one))[0]?.[0];
}

function named(fleet: readonly Writers[]): string {
  const busiest = fleet.toSorted((one, other) => other.callsPerSecond - one.callsPerSecond);
  const texts = busiest.slice(0, MAX_NAMED).map(described);
  const others = callsOf(busiest.slice(MAX_NAMED));
  return [...texts, ...(others > 0 ? [`${Math.ceil(others)} by others`] : [])].join(', ');
}

function described(writers: Writers): string {
  const { program, copies, callsPerSecond } = writers;
  const by = `${Math.ceil(callsPerSecond)} by ${program.node.path}`;
  if (writers.kind === 'processes')
    return `${by} (${copies} copies, batchTimeoutSeconds ${writers.batchTimeoutSeconds})`;
  const most = copies * MAX_INVOCATIONS_OF_ENVIRONMENT;
  return `${by} (${copies} environments, with invocations of ${INVOCATION_SECONDS} s; up to ${most} with shorter ones)`;
}

/** Ways to make no more calls than the default quota, each of which is enough. */
function lessCalls(fleet: readonly Writers[]): string[] {
  const stdout = "bind its functions with delivery: 'stdout'";
  const remaining = fleet.filter((each) => each.kind === 'processes' || !each.mayUseStdout);
  const [alone, beside] = [longerTimeout(fleet), longerTimeout(remaining)];
  const hasLess = remaining.length < fleet.length;
  const isEnough = callsOf(remaining) <= MAX_PUT_CALLS_PER_SECOND;
  const both = hasLess && !isEnough && alone === undefined && beside !== undefined;
  return [
    ...(alone === undefined ? [] : [alone]),
    ...(hasLess && isEnough ? [stdout] : []),
    ...(both ? [`${stdout} and ${beside}`] : []),
  ];
}

/** `undefined` if no reasonable value is long enough. */
function longerTimeout(fleet: readonly Writers[]): string | undefined {
  const processes = fleet.filter((each): each is Processes => each.kind === 'processes');
  const left = MAX_PUT_CALLS_PER_SECOND - callsOf(fleet.filter((each) => each.kind !== 'processes'));
  const copies = processes.reduce((sum, each) => sum + each.copies, 0);
  const seconds = Math.ceil((10 * copies) / left) / 10;
  if (copies === 0 || left <= 0 || seconds > MAX_ADVISED_SECONDS) return undefined;
  return `set batchTimeoutSeconds to ${seconds} or more`;
}

function higherQuota(calls: number): string {
  return `have the quota ${PUT_CALLS_QUOTA_CODE} raised to ${Math.ceil(calls)} or more in Service Quotas`;
}
