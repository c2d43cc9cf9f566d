import { Fn, Token } from 'aws-cdk-lib';

/** Whether only CloudFormation knows the value. Checks at synthesis pass it; its reader checks it. */
export function isUnresolved(value: unknown): boolean {
  return Token.isUnresolved(value);
}

/** The text that a variable gets for an unresolved value; `undefined` for any other value. */
export function tokenText(value: unknown): string | undefined {
  if (!isUnresolved(value)) return undefined;
  return Array.isArray(value) ? Fn.join(',', value) : Token.asString(value);
}
