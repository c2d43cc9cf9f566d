import { MAX_NAME_LENGTH } from '../../contract/limits.js';
import { logGroupNameProblem, logStreamNameProblem } from '../../contract/names.js';
import { invalidParameter, ServiceError } from '../service-error.js';

/** The JSON object in the body of a call. */
export type Input = Readonly<Record<string, unknown>>;

const MAX_SHOWN_CHARACTERS = 256;
const GROUP_PATTERN = String.raw`[\.\-_/#A-Za-z0-9]+`;
const STREAM_PATTERN = '[^:*]*';

/**
 * The generic refusal of a broken constraint. The form of the text is reported; that each of ours has it is assumed.
 */
export function constraintBroken(value: unknown, member: string, constraint: string): ServiceError {
  const shown = value === undefined || value === null ? 'null' : `'${textOf(value)}'`;
  return invalidParameter(
    `1 validation error detected: Value ${shown} at '${member}' failed to satisfy constraint: ${constraint}`,
  );
}

/** Shows only the length of a list, not the caller's data in it. */
function textOf(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? '[]' : `[${value.length} members]`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN_CHARACTERS ? `${text.slice(0, MAX_SHOWN_CHARACTERS)}...` : text;
}

/** Refuses a member of a wrong JSON type, which the service does before validation. The text is assumed. */
function notConvertible(value: unknown, type: string): ServiceError {
  const kind = Array.isArray(value) ? 'LIST' : typeof value === 'object' ? 'MAP' : typeof value;
  return new ServiceError(
    'SerializationException',
    `${kind.toUpperCase()}_VALUE can not be converted to ${type}`,
  );
}

export function required<T>(value: T | undefined, member: string): T {
  if (value === undefined) throw constraintBroken(undefined, member, 'Member must not be null');
  return value;
}

export function isMap(value: unknown): value is Input {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Treats JSON `null` as an absent member. */
function present(input: Input, member: string): unknown {
  return input[member] ?? undefined;
}

export function stringMember(input: Input, member: string): string | undefined {
  const value = present(input, member);
  if (value !== undefined && typeof value !== 'string') throw notConvertible(value, 'String');
  return value;
}

export function integerMember(input: Input, member: string): number | undefined {
  const value = present(input, member);
  if (value === undefined) return undefined;
  if (typeof value !== 'number' || !Number.isInteger(value)) throw notConvertible(value, 'Long');
  return value;
}

export function booleanMember(input: Input, member: string): boolean | undefined {
  const value = present(input, member);
  if (value !== undefined && typeof value !== 'boolean') throw notConvertible(value, 'Boolean');
  return value;
}

export function listMember(input: Input, member: string): readonly unknown[] | undefined {
  const value = present(input, member);
  if (value !== undefined && !Array.isArray(value)) throw notConvertible(value, 'List');
  return value;
}

export function mapMember(input: Input, member: string): Input | undefined {
  const value = present(input, member);
  if (value !== undefined && !isMap(value)) throw notConvertible(value, 'Map');
  return value;
}

export function mapItem(value: unknown): Input {
  if (!isMap(value)) throw notConvertible(value, 'Structure');
  return value;
}

export function stringItem(value: unknown): string {
  if (typeof value !== 'string') throw notConvertible(value, 'String');
  return value;
}

export function enumMember<T extends string>(
  input: Input,
  member: string,
  values: readonly T[],
): T | undefined {
  const value = stringMember(input, member);
  if (value === undefined) return undefined;
  const known = values.find((candidate) => candidate === value);
  if (known !== undefined) return known;
  throw constraintBroken(value, member, `Member must satisfy enum value set: [${values.join(', ')}]`);
}

export function nonNegative(value: number | undefined, member: string): number | undefined {
  if (value === undefined || value >= 0) return value;
  throw constraintBroken(value, member, 'Member must have value greater than or equal to 0');
}

export function limitMember(input: Input, most: number): number {
  const limit = integerMember(input, 'limit') ?? most;
  if (limit < 1) throw constraintBroken(limit, 'limit', 'Member must have value greater than or equal to 1');
  if (limit > most) {
    throw constraintBroken(limit, 'limit', `Member must have value less than or equal to ${most}`);
  }
  return limit;
}

/** Checks length, alphabet and the reserved prefix of a log group's name. */
export function groupNameMember(input: Input): string {
  return legalGroupName(required(stringMember(input, 'logGroupName'), 'logGroupName'));
}

function legalGroupName(name: string): string {
  if (logGroupNameProblem(name) === undefined) return name;
  checkNameLength(name, 'logGroupName');
  // The reserved prefix is documented, the text is reported.
  if (name.startsWith('aws/')) throw invalidParameter('Log groups starting with AWS/ are reserved for AWS.');
  throw patternBroken(name, 'logGroupName', GROUP_PATTERN);
}

export function streamNameMember(input: Input): string {
  return legalStreamName(required(stringMember(input, 'logStreamName'), 'logStreamName'), 'logStreamName');
}

export function legalStreamName(name: string, member: string): string {
  if (logStreamNameProblem(name) === undefined) return name;
  checkNameLength(name, member);
  throw patternBroken(name, member, STREAM_PATTERN);
}

/** Reads the log group of a read operation, given by name or as an identifier: a name or an ARN. */
export function groupIdentifierMember(input: Input): string {
  const identifier = stringMember(input, 'logGroupIdentifier');
  if (identifier === undefined) return groupNameMember(input);
  if (input['logGroupName'] !== undefined) {
    throw invalidParameter('Cannot specify both logGroupName and logGroupIdentifier.');
  }
  return legalGroupName(identifier.replace(/^arn:[^:]*:logs:[^:]*:[^:]*:log-group:/, ''));
}

function checkNameLength(name: string, member: string): void {
  const rule = 'Member must have length';
  if (name.length < 1) throw constraintBroken(name, member, `${rule} greater than or equal to 1`);
  if (name.length > MAX_NAME_LENGTH) {
    throw constraintBroken(name, member, `${rule} less than or equal to ${MAX_NAME_LENGTH}`);
  }
}

function patternBroken(name: string, member: string, pattern: string): ServiceError {
  return constraintBroken(name, member, `Member must satisfy regular expression pattern: ${pattern}`);
}
