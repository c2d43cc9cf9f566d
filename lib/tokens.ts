import { Fn, Token } from 'aws-cdk-lib';

/** Whether CloudFormation, and not the synthesis, knows the value. Checks of such a value are left to its reader. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** An unresolved value as the text of a variable; `undefined` for an ordinary value. */
export function tokenText(value: unknown): string | undefined {
  if (!isUnresolved(value)) return undefined;
  return Array.isArray(value) ? Fn.join(',', value) : Token.asString(value);
}
