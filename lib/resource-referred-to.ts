import { Reference, Tokenization } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';
import { isUnresolved } from './tokens.js';

/**
 * The resource that a text refers to as a whole; `undefined` for ordinary text and for any other token.
 *
 * Compare resources and not texts: a reference reads differently in each stack, and two resources may read the same.
 */
export function resourceReferredTo(text: string): IConstruct | undefined {
  if (!isUnresolved(text)) return undefined;
  const fragments = Tokenization.reverseString(text);
  const token = fragments.length === 1 ? fragments.firstToken : undefined;
  return Reference.isReference(token) ? token.target : undefined;
}
