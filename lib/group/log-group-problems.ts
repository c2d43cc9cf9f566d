import { aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import { RETENTION_DAYS } from '../../contract/limits.js';
import type { Problem } from '../../contract/problems.js';
import { isUnresolved } from '../tokens.js';
import type { LogGroupProps } from './log-group-props.js';
import { identifiersOf } from './sensitive.js';

/** Most fields in an index policy. Guide: field index syntax and quotas. */
const MAX_FIELD_INDEXES = 20;

/** Most characters in the name of an indexed field. Guide: field index syntax and quotas. */
const MAX_FIELD_NAME_LENGTH = 100;

/** Most custom data identifiers in a data protection policy. Guide: custom data identifier constraints. */
const MAX_CUSTOM_IDENTIFIERS = 10;

/**
 * Problems for which the service would refuse the log group in the middle of a deployment. The contract's own rule
 * covers the name. Tokens pass.
 *
 * @param where path of the props, for messages
 */
export function logGroupProblems(props: LogGroupProps, where: string): Problem[] {
  const checks = [
    checkRetention,
    checkProtection,
    checkClass,
    checkIndexes,
    checkFieldNames,
    checkRepeatedFields,
    checkSensitive,
  ];
  return checks.flatMap((check) =>
    check(props).map(({ prop, ...problem }) => ({ where: `${where}.${prop}`, ...problem })),
  );
}

/** Spelled out, because the oldest supported CDK has no such member. */
const DELIVERY = 'DELIVERY';

interface PropProblem extends Omit<Problem, 'where'> {
  readonly prop: keyof LogGroupProps;
}

/** CDK's log group accepts any positive number. */
function checkRetention({ retention }: LogGroupProps): PropProblem[] {
  const isLegal =
    retention === undefined ||
    isUnresolved(retention) ||
    retention === logs.RetentionDays.INFINITE ||
    RETENTION_DAYS.includes(retention);
  const allowed = `RetentionDays.INFINITE, or one of ${RETENTION_DAYS.join(', ')} days`;
  return isLegal ? [] : [{ prop: 'retention', value: retention, allowed }];
}

function checkProtection({ deletionProtection: value, removalPolicy }: LogGroupProps): PropProblem[] {
  if (value !== true || removalPolicy !== RemovalPolicy.DESTROY) return [];
  const allowed =
    'false with RemovalPolicy.DESTROY, because the service would refuse to delete the log group; ' +
    'leave one of the two out';
  return [{ prop: 'deletionProtection', value, allowed }];
}

function checkClass({ logGroupClass: value }: LogGroupProps): PropProblem[] {
  if (String(value) !== DELIVERY) return [];
  const allowed =
    'STANDARD or INFREQUENT_ACCESS; a log group of class DELIVERY keeps its events for a day and cannot be queried';
  return [{ prop: 'logGroupClass', value, allowed }];
}

function checkIndexes({ fieldIndexes: value = [], logGroupClass }: LogGroupProps): PropProblem[] {
  if (isUnresolved(value) || value.length === 0) return [];
  if (logGroupClass === logs.LogGroupClass.INFREQUENT_ACCESS) {
    const allowed =
      'none in a log group of class INFREQUENT_ACCESS, which has no field indexes; leave them out';
    return [{ prop: 'fieldIndexes', value, allowed }];
  }
  const allowed = `at most ${MAX_FIELD_INDEXES} fields, not ${value.length}`;
  return value.length > MAX_FIELD_INDEXES ? [{ prop: 'fieldIndexes', value, allowed }] : [];
}

function checkFieldNames({ fieldIndexes: names = [] }: LogGroupProps): PropProblem[] {
  const isLegal = (name: string) =>
    isUnresolved(name) || (name.length >= 1 && name.length <= MAX_FIELD_NAME_LENGTH);
  const allowed = `names of 1 to ${MAX_FIELD_NAME_LENGTH} characters`;
  return names.filter((name) => !isLegal(name)).map((value) => ({ prop: 'fieldIndexes', value, allowed }));
}

function checkRepeatedFields({ fieldIndexes: names = [] }: LogGroupProps): PropProblem[] {
  return repeated(names).map((value) => ({ prop: 'fieldIndexes', value, allowed: 'each field once' }));
}

/**
 * Only identifiers that the service masks need the log group's one policy. Data that only the sink hides needs none.
 */
function checkSensitive({ sensitive: given = [], dataProtectionPolicy }: LogGroupProps): PropProblem[] {
  const identifiers = identifiersOf(given);
  if (identifiers.length === 0) return [];
  const names = identifiers.map(({ name }) => name);
  const problems: PropProblem[] = [];
  if (dataProtectionPolicy !== undefined) {
    const allowed =
      'nothing that the service masks beside dataProtectionPolicy, because a log group has one policy; leave the policy ' +
      'out and add its identifiers here with Sensitive.managed(...)';
    problems.push({ prop: 'sensitive', value: names, allowed });
  }
  const custom = identifiers.filter((each) => each instanceof logs.CustomDataIdentifier);
  if (custom.length > MAX_CUSTOM_IDENTIFIERS) {
    const allowed = `at most ${MAX_CUSTOM_IDENTIFIERS} custom data identifiers, not ${custom.length}`;
    problems.push({ prop: 'sensitive', value: custom.map(({ name }) => name), allowed });
  }
  for (const value of repeated(names)) {
    problems.push({ prop: 'sensitive', value, allowed: 'one custom data identifier of each name' });
  }
  return problems;
}

function repeated(names: readonly string[]): string[] {
  return [...new Set(names.filter((name, index) => names.indexOf(name) !== index))];
}
