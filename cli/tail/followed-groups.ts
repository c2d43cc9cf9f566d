import type { Clock } from '../../runtime/io/clock.js';
import { type NamedLogGroup, findLogGroups, MissingLogGroup } from '../aws/log-groups.js';
import { isLoopback } from '../../runtime/send/configured-endpoint.js';
import type { Connection } from '../aws/connection.js';
import { Failure } from '../failure.js';
import { wait } from './wait.js';

export interface FollowingOptions {
  readonly connection: Connection;
  readonly clock: Pick<Clock, 'after'>;
  /** Aborted once the command is to end. */
  readonly signal: AbortSignal;
  /** Whether the command goes on until somebody ends it. */
  readonly isEndless: boolean;
  readonly notice: (line: string) => void;
}

/** How often a server on this machine is asked for a log group that is to come. */
const LOOK_MS = 1_000;

/**
 * The log groups that names stand for, as far as they can be followed.
 *
 * @throws Failure if none can
 */
export async function followedGroups(
  names: readonly string[],
  options: FollowingOptions,
): Promise<readonly NamedLogGroup[]> {
  if (names.length === 0)
    throw new Failure(
      "There is no log group to show. Name one, such as tail /myapp/production, or '/myapp/*' for all that begin so.",
    );
  const { notice } = options;
  const groups = await presentGroups(names, options);
  const others = groups.filter((group) => !isReadable(group));
  const readable = groups.filter(isReadable);
  if (readable.length === 0) throw new Failure(`${refusals(others)}. Ask it by fapilog-cloudwatch query.`);
  if (others.length > 0) notice(`not shown: ${refusals(others)}; fapilog-cloudwatch query can ask it`);
  return readable;
}

/**
 * Waits for log groups of a server on this machine: it starts empty, and the program that creates them may not run yet. At the service, a
 * name without a log group is more likely a wrong one.
 */
async function presentGroups(
  names: readonly string[],
  { connection, clock, signal, isEndless, notice }: FollowingOptions,
): Promise<NamedLogGroup[]> {
  const isAwaited = isEndless && isLoopback(connection.endpointUrl);
  for (let looks = 0; !signal.aborted; looks += 1) {
    try {
      return await findLogGroups(connection, names);
    } catch (error) {
      if (!isAwaited || !(error instanceof MissingLogGroup)) throw error;
      if (looks === 0) notice(`${error.message} Waiting for it; Ctrl-C ends.`);
    }
    await wait(clock, LOOK_MS, signal);
  }
  throw signal.reason;
}

/** FilterLogEvents and Live Tail read the class STANDARD only (documented). */
function isReadable({ logGroupClass = 'STANDARD' }: NamedLogGroup): boolean {
  return logGroupClass === 'STANDARD';
}

function refusals(groups: readonly NamedLogGroup[]): string {
  return groups
    .map(({ name, logGroupClass }) => `${name} is of class ${logGroupClass}, which the service does not tail`)
    .join('; ');
}
