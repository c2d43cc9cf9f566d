import { invalidParameter } from '../service-error.js';
import { readFieldsPattern } from './fields-pattern.js';
import { readJsonPattern } from './json-pattern.js';
import { PatternReader } from './pattern-reader.js';
import { Quota } from './quota.js';
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
  readonly form: 'terms' | 'JSON' | 'fields';
  /** Regular expressions in it. */
  readonly regexes: number;
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
  const quota = new Quota(reader);
  const evaluation = readEvaluation(reader, quota);
  if (!reader.isAtEnd()) throw reader.refusal('nothing more');
  return { text, regexes: quota.regexes, ...evaluation };
}

type Evaluation = Pick<FilterPattern, 'form' | 'matches' | 'extract'>;

function readEvaluation(reader: PatternReader, quota: Quota): Evaluation {
  if (reader.isAtEnd()) return { form: 'terms', matches: () => true, extract: nothing };
  if (reader.next === '{') return { form: 'JSON', matches: readJsonPattern(reader, quota), extract: nothing };
  if (reader.next !== '[')
    return { form: 'terms', matches: readTermsPattern(reader, quota), extract: nothing };
  const fields = readFieldsPattern(reader, quota);
  return {
    form: 'fields',
    matches: (message) => fields.matches(message),
    extract: (message) => fields.extract(message),
  };
}

function nothing(): Record<string, string> {
  return {};
}
