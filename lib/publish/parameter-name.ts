import { Tokenization } from 'aws-cdk-lib';
import type * as ssm from 'aws-cdk-lib/aws-ssm';
import { assertNoProblems, type Problem } from '../../contract/problems.js';
import { isUnresolved } from '../tokens.js';

/** The name of an SSM parameter. */
export interface ParameterNameOptions {
  /**
   * Name of the parameter, such as `/myapp/production/logging`: up to 15 levels of the characters `A-Z a-z 0-9 _ . -`,
   * each after a slash, or one level without a slash. SSM refuses names that begin with `aws` or `ssm`.
   *
   * @default - CloudFormation generates one
   */
  readonly parameterName?: string | undefined;

  /**
   * Whether the name has no slash. The ARN of the parameter depends on it. Needed for a name of which only the
   * deployment knows the beginning, and for no other.
   *
   * @default - what parameterName begins with decides
   */
  readonly simpleName?: boolean | undefined;
}

/** Props of the parameter. */
export type CheckedName = Pick<ssm.StringParameterProps, 'parameterName' | 'simpleName'>;

/** Source: Systems Manager user guide, requirements and constraints for parameter names. */
const NAME = /^(?:[\w.-]+|(?:\/[\w.-]+){1,15})$/;
const RESERVED = /^\/?(?:aws|ssm)/i;

const ALLOWED =
  'a name such as /myapp/production/logging: up to 15 levels of A-Z a-z 0-9 _ . -, each after a slash, or one level ' +
  'without a slash; SSM refuses names that begin with aws or ssm';

/**
 * Checks a name, and completes it.
 *
 * @throws SettingsError if SSM would refuse the name, or if its ARN cannot be told
 */
export function checkedName(options: ParameterNameOptions, where: string): CheckedName {
  const { parameterName, simpleName } = options;
  const isSimple = isSimpleName(parameterName);
  assertNoProblems([
    ...nameProblems(parameterName, `${where}.parameterName`),
    ...simpleNameProblems(isSimple, simpleName, `${where}.simpleName`),
  ]);
  if (parameterName === undefined) return {};
  return { parameterName, simpleName: isSimple ?? simpleName === true };
}

function nameProblems(name: string | undefined, where: string): Problem[] {
  if (name === undefined) return [];
  const isLegal = isUnresolved(name) || NAME.test(name);
  return isLegal && !RESERVED.test(beginningOf(name) ?? '') ? [] : [{ where, value: name, allowed: ALLOWED }];
}

/** A generated name has no slash; `undefined` if only the deployment knows. */
function isSimpleName(name: string | undefined): boolean | undefined {
  const beginning = beginningOf(name ?? 'generated');
  return beginning === undefined ? undefined : !beginning.startsWith('/');
}

/** The name, or the text before its first reference; `undefined` if a reference comes first. */
function beginningOf(name: string): string | undefined {
  if (!isUnresolved(name)) return name;
  const beginning: unknown = Tokenization.reverseString(name).firstValue;
  return isUnresolved(beginning) ? undefined : String(beginning);
}

function simpleNameProblems(is: boolean | undefined, given: boolean | undefined, where: string): Problem[] {
  if (is === undefined ? typeof given === 'boolean' : given === undefined || given === is) return [];
  const allowed =
    is === undefined
      ? 'true if the name, which only the deployment knows, has no slash, and false if it begins with one'
      : `${is}, or nothing, because of the parameterName`;
  return [{ where, value: given, allowed }];
}
