import type { GivenSettings } from '../../contract/codec.js';
import { isUnresolved } from '../tokens.js';

/** The log streams that a writer may write, and what it may do with them: as little as its settings make it do. */
export interface Streams {
  /** The end of a stream ARN: a name, a beginning with `*`, or `*`. */
  readonly pattern: string;
  readonly actions: readonly string[];
}

/** The streams that a sink with these settings writes. */
export function streamsOf({ cloudwatch = {} }: GivenSettings): Streams {
  const { logStreamName, logStreamPrefix, createLogStream } = cloudwatch;
  return {
    pattern: logStreamName === undefined ? `${literal(logStreamPrefix ?? '')}*` : literal(logStreamName),
    // A stream that the sink does not create is there already.
    actions:
      createLogStream === false ? ['logs:PutLogEvents'] : ['logs:CreateLogStream', 'logs:PutLogEvents'],
  };
}

/**
 * Text as a policy means it literally: `?` stands for any character there, and `$` begins a variable. Both are legal in the
 * name of a stream.
 *
 * Source: IAM guide, policy variables, special characters.
 */
function literal(text: string): string {
  return isUnresolved(text) ? text : text.replaceAll(/[$?]/g, (character) => `\${${character}}`);
}

/** Whether one pattern allows everything that another one allows. */
export function covers(one: Pick<Streams, 'pattern'>, other: Pick<Streams, 'pattern'>): boolean {
  if (!one.pattern.endsWith('*')) return one.pattern === other.pattern;
  return other.pattern.startsWith(one.pattern.slice(0, -1));
}
