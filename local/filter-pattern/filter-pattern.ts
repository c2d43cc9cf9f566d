import { invalidParameter } from '../service-error.js';
import { readFieldsPattern } from './fields-pattern.js';
import { readJsonPattern } from './json-pattern.js';
import { PatternReader } from './pattern-reader.js';
import { readTermsPattern } from './terms-pattern.js';

/** Characters in a filter pattern. API. */
const MAX_PATTERN_LENGTH = 1_024;

/** A compiled filter pattern. */
export interface FilterPattern {
  /** Whether an event's message matches. */
  readonly matches: (message: string) => boolean;
  /**
   * What TestMetricFilter shows of a matching message: the fields of a space-delimited one by `$name` or `$number`, and
   * nothing of others (documented in an early edition of the guide, and reported).
   */
  readonly extract: (message: string) => Record<string, string>;
  readonly text: string;
}

/**
 * Compiles a pattern of FilterLogEvents, of a live tail, or of a metric or subscription filter. Where it is not known how
 * the service reads a text, the text is refused: a wrong answer would be worse than none.
 *
 * @throws ServiceError InvalidParameterException, with the place and what was expected there
 */
export function parseFilterPattern(text: string): FilterPattern {
  if (text.length > MAX_PATTERN_LENGTH) {
    throw invalidParameter(
      `Invalid filter pattern: it has ${text.length} characters, and at most ${MAX_PATTERN_LENGTH} are allowed.`,
    );
  }
  const reader = new PatternReader(text);
  if (reader.isAtEnd()) return { text, matches: () => true, extract: () => ({}) };
  const read = reader.next === '[' ? readFields : readOther;
  const pattern = { text, ...read(reader) };
  if (!reader.isAtEnd()) throw reader.refusal('nothing more');
  return pattern;
}

type Evaluation = Omit<FilterPattern, 'text'>;

function readFields(reader: PatternReader): Evaluation {
  const pattern = readFieldsPattern(reader);
  return { matches: (message) => pattern.matches(message), extract: (message) => pattern.extract(message) };
}

function readOther(reader: PatternReader): Evaluation {
  const matches = reader.next === '{' ? readJsonPattern(reader) : readTermsPattern(reader);
  return { matches, extract: () => ({}) };
}
