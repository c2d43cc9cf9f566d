import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../failure.js';
import { callFailure } from './call-failure.js';
import type { Connection } from './connection.js';

/** A log group that a command reads. */
export interface NamedLogGroup {
  readonly name: string;
  /** Without `:*` at its end. */
  readonly arn: string;
}

/**
 * The log groups that names stand for. A name with `*` at its end stands for all that begin so.
 *
 * @throws Failure if one stands for none, with names that are near
 */
export async function findLogGroups(
  connection: Connection,
  names: readonly string[],
): Promise<NamedLogGroup[]> {
  const found = await Promise.all(names.map((name) => groupsNamed(connection, name)));
  return [...new Map(found.flat().map((group) => [group.arn, group])).values()];
}

async function groupsNamed(connection: Connection, name: string): Promise<NamedLogGroup[]> {
  const isPrefix = name.endsWith('*');
  const prefix = isPrefix ? name.slice(0, -1) : name;
  const groups = await groupsWithPrefix(connection, prefix);
  const wanted = isPrefix ? groups : groups.filter((group) => group.name === name);
  if (wanted.length > 0) return wanted;
  throw new Failure(missing(name, connection, await near(connection, prefix, groups)));
}

async function groupsWithPrefix(connection: Connection, prefix: string): Promise<NamedLogGroup[]> {
  const found: NamedLogGroup[] = [];
  let nextToken: string | undefined;
  try {
    do {
      const page = await connection.client.describeLogGroups({
        ...(prefix !== '' && { logGroupNamePrefix: prefix }),
        ...(nextToken !== undefined && { nextToken }),
      });
      found.push(...(page.logGroups ?? []).map(namedGroup));
      nextToken = page.nextToken;
    } while (nextToken !== undefined);
  } catch (error) {
    throw callFailure(error, { operation: 'DescribeLogGroups', connection });
  }
  return found;
}

function namedGroup({ logGroupName = '', logGroupArn, arn = '' }: LogGroup): NamedLogGroup {
  return { name: logGroupName, arn: logGroupArn ?? arn.replace(/:\*$/, '') };
}

/** Names that begin alike, for who has mistyped the rest. */
async function near(
  connection: Connection,
  name: string,
  longer: readonly NamedLogGroup[],
): Promise<readonly string[]> {
  const [, folder = ''] = /^(.*\/)[^/]*$/.exec(name) ?? [];
  const groups = longer.length > 0 || folder === '' ? longer : await groupsWithPrefix(connection, folder);
  return groups.slice(0, 5).map((group) => group.name);
}

function missing(name: string, { region, endpointUrl }: Connection, names: readonly string[]): string {
  const where = endpointUrl === undefined ? region : `${region} of ${endpointUrl}`;
  const hint =
    names.length > 0
      ? ` There is ${names.join(', ')}.`
      : ' Is it in another Region (--region) or account (--profile)?';
  return `There is no log group ${name} in ${where}.${hint}`;
}
