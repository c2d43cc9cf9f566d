import type { GivenSettings } from '../../contract/codec.js';
import { isUnresolved } from '../tokens.js';

/**
 * Log streams that a writer may write, and the actions on them. Its settings decide, so that it gets no more than it
 * needs.
 */
export interface Streams {
  /** End of a stream ARN: a name, a prefix with `*`, or `*`. */
  readonly pattern: string;
  readonly actions: readonly string[];
}

/** The streams that a sink with these settings writes. */
export function streamsOf({ cloudwatch = {} }: GivenSettings): Streams {
  const { logStreamName, logStreamPrefix, createLogStream } = cloudwatch;
  return {
    pattern: logStreamName === undefined ? `${literal(logStreamPrefix ?? '')}*` : literal(logStreamName),
    // If the sink does not create the stream, the stream exists already.
    actions:
      createLogStream === false ? ['logs:PutLogEvents'] : ['logs:CreateLogStream', 'logs:PutLogEvents'],
  };
}

/**
 * Escapes text so that a policy takes it literally: `?` stands for any character there, and `$` begins a variable. Both
 * are legal in the name of a stream.
 *
 * Source: IAM guide, policy variables, special characters.
 */
function literal(text: string): string {
  return isUnresolved(text) ? text : text.replaceAll(/[$?]/g, (character) => `\${${character}}`);
}

/** Whether the first pattern allows everything that the second one allows. */
export function covers(one: Pick<Streams, 'pattern'>, other: Pick<Streams, 'pattern'>): boolean {
  if (!one.pattern.endsWith('*')) return one.pattern === other.pattern;
  return other.pattern.startsWith(one.pattern.slice(0, -1));
}
