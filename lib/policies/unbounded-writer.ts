import { wildcards } from '../../contract/wildcards.js';
import { isAwsPolicy, unboundedAwsPolicy } from './aws-managed-policies.js';
import { covers, names, type Statement } from './policy-statement.js';
import type { PrincipalPolicies, TreePolicy } from './tree-policies.js';

const WRITE = 'logs:PutLogEvents';

/** A log stream of a log group that nobody names. */
const FOREIGN_STREAM = 'arn:aws:logs:region:account:log-group:foreign:log-stream:foreign';

/**
 * What lets a principal write to log groups that no one has named, in words; `undefined` if nothing visible does.
 *
 * Takes an `Allow` for what it is whatever its conditions, and a `Deny` only if it has none. A permissions boundary that
 * does not allow as much limits the principal, unless its text is not in the app.
 */
export function unboundedWriter({ policies, managedArns, boundary }: PrincipalPolicies): string | undefined {
  if (boundary !== undefined && isLimiting(boundary)) return undefined;
  const statements = policies.flatMap((policy) => policy.statements);
  const denies = statements.filter((each) => each.isDeny && !each.hasConditions && names(each, WRITE));
  const aws = managedArns.map(unboundedAwsPolicy).find((name) => name !== undefined);
  if (aws !== undefined && !isDenied('*', denies))
    return `the managed policy ${aws} and may write to every log group`;
  const found = policies.find((policy) => isUnbounded(policy, denies));
  return found && `the policy ${found.name} and may write to other log groups`;
}

function isLimiting(boundary: TreePolicy | string): boolean {
  if (typeof boundary !== 'string') return !isUnbounded(boundary, []);
  return isAwsPolicy(boundary) && unboundedAwsPolicy(boundary) === undefined;
}

function isUnbounded({ statements }: TreePolicy, denies: readonly Statement[]): boolean {
  return statements
    .filter((each) => !each.isDeny && names(each, WRITE))
    .flatMap(widePatterns)
    .some((pattern) => !isDenied(pattern, denies));
}

function widePatterns(statement: Statement): readonly string[] {
  const { list, isInverted } = statement.resources;
  if (isInverted) return covers(statement, FOREIGN_STREAM) ? ['*'] : [];
  return list.filter(isWide);
}

/** A `Deny` of all but some named log groups, or of all that the pattern matches. */
function isDenied(pattern: string, denies: readonly Statement[]): boolean {
  return denies.some((deny) => {
    const { list, isInverted } = deny.resources;
    return isInverted ? !list.some(isWide) : list.some((each) => wildcards(each).test(pattern));
  });
}

/**
 * Whether an ARN pattern matches streams of more than one log group. A pattern that has no wildcard in the Region and in
 * the name of the log group names one.
 */
function isWide(pattern: string): boolean {
  if (wildcards(pattern).test(FOREIGN_STREAM)) return true;
  const [, , service = '', region = '', , type = '', name = ''] = pattern.split(':');
  const isLogGroup = wildcards(service).test('logs') && wildcards(type).test('log-group');
  return isLogGroup && [region, type, name].some((part) => /[*?]/.test(part));
}
