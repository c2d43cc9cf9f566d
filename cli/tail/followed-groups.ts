import { type NamedLogGroup, findLogGroups } from '../aws/log-groups.js';
import type { Connection } from '../aws/connection.js';
import { Failure } from '../failure.js';

/**
 * The log groups that names stand for, as far as they can be followed.
 *
 * @throws Failure if none can
 */
export async function followedGroups(
  connection: Connection,
  names: readonly string[],
  notice: (line: string) => void,
): Promise<readonly NamedLogGroup[]> {
  if (names.length === 0)
    throw new Failure(
      "There is no log group to show. Name one, such as tail /myapp/production, or '/myapp/*' for all that begin so.",
    );
  const groups = await findLogGroups(connection, names);
  const others = groups.filter((group) => !isReadable(group));
  const readable = groups.filter(isReadable);
  if (readable.length === 0) throw new Failure(`${refusals(others)}. Ask it by fapilog-cloudwatch query.`);
  if (others.length > 0) notice(`not shown: ${refusals(others)}; fapilog-cloudwatch query can ask it`);
  return readable;
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
