import { Annotations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { advisedQuota, advisedSeconds, COMFORTABLE_SHARE } from '../../contract/headroom.js';
import {
  MAX_INVOCATIONS_OF_ENVIRONMENT,
  MAX_PUT_CALLS_PER_SECOND,
  PUT_CALLS_QUOTA_CODE,
} from '../../contract/limits.js';
import type { FinishedTree } from '../finished-tree.js';
import { grouped } from '../grouped.js';
import { type Environments, fleetsIn, INVOCATION_SECONDS, type Processes, type Writers } from './fleet.js';

/** Programs that a warning names. */
const MAX_NAMED = 3;

/** The calls that advice leaves, so that retries, bursts and other loggers find room. */
const COMFORTABLE_CALLS = MAX_PUT_CALLS_PER_SECOND * COMFORTABLE_SHARE;

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
    `bound programs may make ${inDigits(calls)} PutLogEvents calls a second: ${named(fleet)}; by default, an account may make ` +
      `${inDigits(MAX_PUT_CALLS_PER_SECOND)} in a Region, with all its loggers; ${[...lessCalls(fleet), higherQuota(calls)].join(', or ')}`,
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
  return [...texts, ...(others > 0 ? [`${inDigits(others)} by others`] : [])].join(', ');
}

function described(writers: Writers): string {
  const { program, copies, callsPerSecond } = writers;
  const by = `${inDigits(callsPerSecond)} by ${program.node.path}`;
  // A process that logs less often than each batchTimeoutSeconds makes fewer; its rate is not known here.
  if (writers.kind === 'processes')
    return `up to ${by} (${inDigits(copies)} copies, batchTimeoutSeconds ${writers.batchTimeoutSeconds})`;
  const most = copies * MAX_INVOCATIONS_OF_ENVIRONMENT;
  return `${by} (${inDigits(copies)} environments, with invocations of ${INVOCATION_SECONDS} s; up to ${inDigits(most)} with shorter ones)`;
}

/** Ways to make so few calls that some of the default quota is left, each of which is enough. */
function lessCalls(fleet: readonly Writers[]): string[] {
  const movable = fleet.filter(
    (each): each is Environments => each.kind === 'environments' && each.mayUseStdout,
  );
  const remaining = fleet.filter((each) => each.kind === 'processes' || !each.mayUseStdout);
  const [alone, beside] = [longerTimeout(fleet), longerTimeout(remaining)];
  const hasLess = movable.length > 0;
  const isEnough = callsOf(remaining) <= COMFORTABLE_CALLS;
  const both = hasLess && !isEnough && alone === undefined && beside !== undefined;
  return [
    ...(alone === undefined ? [] : [alone]),
    ...(hasLess && isEnough ? [stdout(movable)] : []),
    ...(both ? [`${stdout(movable)} and ${beside}`] : []),
  ];
}

/** One of several functions alone would not be enough. */
function stdout(functions: readonly Environments[]): string {
  const paths = functions.map(({ program }) => program.node.path);
  const which =
    paths.length > MAX_NAMED
      ? `all ${paths.length} functions counted here that are not imported`
      : paths.join(' and ');
  return `bind ${which} with delivery: 'stdout'`;
}

/** `undefined` if no reasonable value is long enough. */
function longerTimeout(fleet: readonly Writers[]): string | undefined {
  const processes = fleet.filter((each): each is Processes => each.kind === 'processes');
  const left = COMFORTABLE_CALLS - callsOf(fleet.filter((each) => each.kind !== 'processes'));
  const copies = processes.reduce((sum, each) => sum + each.copies, 0);
  const seconds = copies === 0 || left <= 0 ? undefined : advisedSeconds(copies / left);
  if (seconds === undefined) return undefined;
  const whose = processes.length === 1 ? '' : ' of all processes counted here';
  return `set batchTimeoutSeconds${whose} to ${seconds} or more`;
}

/** Synthesis does not see the quota that an account has. */
function higherQuota(calls: number): string {
  return `have the quota ${PUT_CALLS_QUOTA_CODE} raised to ${inDigits(advisedQuota(calls))} or more in Service Quotas, and acknowledge this warning`;
}

/** A number, or the next whole one, as people write it. */
function inDigits(number: number): string {
  return Math.ceil(number).toLocaleString('en-US');
}
