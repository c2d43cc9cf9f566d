import type { LogGroup } from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../failure.js';
import { callFailure, reasonOf } from './call-failure.js';
import { isLoopback } from '../../runtime/send/configured-endpoint.js';
import type { Connection } from './connection.js';

/** A log group that a command reads. */
export interface NamedLogGroup {
  readonly name: string;
  /** Without `:*` at its end. `undefined` if the caller may not describe log groups, and has given a name. */
  readonly arn: string | undefined;
  /** `undefined` as for the ARN, and for a log group that was given by its ARN. */
  readonly logGroupClass?: string | undefined;
}

/** A name stands for no log group. */
export class MissingLogGroup extends Failure {}

const ARN = /^arn:[\w-]+:logs:([\w-]+):\d{12}:log-group:([^:*]+)(?::\*)?$/;

/**
 * The log groups that names stand for. A name with `*` at its end stands for all that begin so; an ARN for itself.
 *
 * @throws MissingLogGroup if one stands for none, with names that are near
 */
export async function findLogGroups(
  connection: Connection,
  names: readonly string[],
): Promise<NamedLogGroup[]> {
  const found: NamedLogGroup[] = [];
  for (const name of names) found.push(...(await groupsNamed(connection, name)));
  return [...new Map(found.map((group) => [group.arn ?? group.name, group])).values()];
}

async function groupsNamed(connection: Connection, name: string): Promise<readonly NamedLogGroup[]> {
  if (name.startsWith('arn:')) return [groupOfArn(connection, name)];
  const isPrefix = name.endsWith('*');
  const prefix = isPrefix ? name.slice(0, -1) : name;
  checkName(prefix, name);
  const groups = await groupsWithPrefix(connection, prefix).catch((error: unknown) => {
    if (!isPrefix && isDenied(error)) return [{ name, arn: undefined }];
    throw callFailure(error, { operation: 'DescribeLogGroups', connection });
  });
  const wanted = isPrefix ? groups : groups.filter((group) => group.name === name);
  if (wanted.length > 0) return wanted;
  throw new MissingLogGroup(missing(name, connection, await near(connection, prefix, groups)));
}

function groupOfArn({ region }: Connection, text: string): NamedLogGroup {
  const [, ofArn, name] = ARN.exec(text) ?? [];
  if (name === undefined)
    throw new Failure(
      `${text} is not the ARN of a log group, such as arn:aws:logs:us-east-1:123456789012:log-group:/myapp`,
    );
  if (ofArn !== region)
    throw new Failure(`${text} is in ${ofArn}, but ${region} would be asked. Give --region ${ofArn}.`);
  return { name, arn: text.replace(/:\*$/, '') };
}

/** The pattern is the API's. */
function checkName(prefix: string, name: string): void {
  if (/^[\w./#-]{0,512}$/.test(prefix) && name !== '') return;
  throw new Failure(
    `"${name}" cannot be the name of a log group. Allowed: letters, digits and . - _ / #, and * at the end for all that begin so.`,
  );
}

/** Who may read a log group, as by the construct's grantRead, need not be allowed to list log groups. */
function isDenied(error: unknown): boolean {
  return error instanceof Error && reasonOf(error).startsWith('AccessDenied');
}

async function groupsWithPrefix(
  { client }: Connection,
  prefix: string,
  mostPages = Infinity,
): Promise<NamedLogGroup[]> {
  const found: NamedLogGroup[] = [];
  let nextToken: string | undefined;
  let pages = 0;
  do {
    const page = await client.describeLogGroups({
      ...(prefix !== '' && { logGroupNamePrefix: prefix }),
      ...(nextToken !== undefined && { nextToken }),
    });
    found.push(...(page.logGroups ?? []).map(namedGroup));
    nextToken = page.nextToken;
    pages += 1;
  } while (nextToken !== undefined && pages < mostPages);
  return found;
}

function namedGroup({ logGroupName = '', logGroupArn, arn = '', logGroupClass }: LogGroup): NamedLogGroup {
  return { name: logGroupName, arn: logGroupArn ?? arn.replace(/:\*$/, ''), logGroupClass };
}

/** Names that begin alike, for who has mistyped the rest: longer ones, those of the same folder, of the folder above, or any. */
async function near(
  connection: Connection,
  name: string,
  longer: readonly NamedLogGroup[],
): Promise<readonly string[]> {
  const beginnings = [...name.matchAll(/\//g)].map(({ index }) => name.slice(0, index + 1)).toReversed();
  let groups = longer;
  for (const beginning of [...beginnings.slice(0, 3), '']) {
    if (groups.length > 0) break;
    groups = await groupsWithPrefix(connection, beginning, 1).catch(() => []);
  }
  return groups.slice(0, 5).map((group) => group.name);
}

function missing(name: string, connection: Connection, names: readonly string[]): string {
  const { region, endpointUrl } = connection;
  const where = endpointUrl === undefined ? region : `${region} of ${endpointUrl}`;
  const what = name.endsWith('*')
    ? `no log group whose name begins with ${name.slice(0, -1)}`
    : `no log group ${name}`;
  return `There is ${what} in ${where}. ${hintFor(connection, names)}`;
}

function hintFor(connection: Connection, names: readonly string[]): string {
  if (names.length > 0) return `There is ${names.join(', ')}.`;
  return isLoopback(connection.endpointUrl)
    ? 'Nothing has been logged there yet; was the program started with the variables that fapilog-cloudwatch local prints?'
    : 'Is it in another Region (--region) or account (--profile)?';
}
