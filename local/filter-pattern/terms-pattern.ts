import type { PatternReader } from './pattern-reader.js';
import type { Quota } from './quota.js';
import { readQuotedText } from './quoted-text.js';
import { readRegex } from './regex-syntax.js';

type Kind = 'required' | 'optional' | 'excluded';

interface Term {
  readonly kind: Kind;
  readonly text: string;
}

/** Reads words and phrases, `ERROR "out of memory" -test`, or one regular expression, `%4\d\d%`. */
export function readTermsPattern(reader: PatternReader, quota: Quota): (message: string) => boolean {
  return reader.next === '%' ? readLoneRegex(reader, quota) : matcherOf(readTerms(reader));
}

/** A regular expression stands alone (documented). That the service refuses terms beside it is assumed. */
function readLoneRegex(reader: PatternReader, quota: Quota): (message: string) => boolean {
  const matches = readRegex(reader, quota);
  if (!reader.isAtEnd()) throw reader.refusal('nothing after a regular expression');
  return matches;
}

function readTerms(reader: PatternReader): Term[] {
  const terms: Term[] = [];
  while (!reader.isAtEnd()) terms.push(readTerm(reader));
  return terms;
}

function readTerm(reader: PatternReader): Term {
  const kind = readKind(reader);
  const text = reader.next === '"' ? readPhrase(reader) : reader.match(/\w+/y)?.[0];
  if (text === undefined || /[^ \t\r\n]/.test(reader.next ?? ' ')) {
    throw reader.refusal('a word of letters, digits and _, or a phrase in double quotes, then a space');
  }
  return { kind, text };
}

function readKind(reader: PatternReader): Kind {
  if (reader.takesHere('?')) return 'optional';
  return reader.takesHere('-') ? 'excluded' : 'required';
}

/** That an empty phrase is refused is assumed. */
function readPhrase(reader: PatternReader): string {
  const text = readQuotedText(reader);
  if (text === '') throw reader.refusal('text in the quotes before this');
  return text;
}

/**
 * Terms are case-sensitive (documented), and match inside of a word (reported). Beside required or excluded terms, optional
 * ones have no effect (documented).
 */
function matcherOf(terms: readonly Term[]): (message: string) => boolean {
  const [required, optional, excluded] = textsByKind(terms);
  if (required.length + excluded.length === 0)
    return (message) => optional.some((text) => message.includes(text));
  return (message) =>
    required.every((text) => message.includes(text)) && !excluded.some((text) => message.includes(text));
}

function textsByKind(terms: readonly Term[]): [required: string[], optional: string[], excluded: string[]] {
  const textsOf = (kind: Kind): string[] =>
    terms.filter((term) => term.kind === kind).map(({ text }) => text);
  return [textsOf('required'), textsOf('optional'), textsOf('excluded')];
}
