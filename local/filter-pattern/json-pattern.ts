import { type Comparison, readComparison } from './comparison.js';
import { type Condition, readExpression } from './expression.js';
import { type JsonLine, jsonLineOf } from './json-line.js';
import type { PatternReader } from './pattern-reader.js';
import type { Quota } from './quota.js';
import { readSelector, type Selector } from './selector.js';

type LineCondition = Condition<JsonLine>;

/**
 * Reads `{ $.level = "ERROR" && ($.status = 5* || $.error IS NULL) }`. Whatever the conditions say, only a message that is
 * a JSON object matches (reported).
 */
export function readJsonPattern(reader: PatternReader, quota: Quota): (message: string) => boolean {
  reader.expect('{');
  const condition = readConditions(reader, quota);
  if (!reader.takes('}')) throw reader.refusal('&&, || or }');
  return (message) => {
    const line = jsonLineOf(message);
    return line.root !== undefined && condition(line);
  };
}

function readConditions(reader: PatternReader, quota: Quota): LineCondition {
  return readExpression(reader, () => readUnit(reader, quota));
}

function readUnit(reader: PatternReader, quota: Quota): LineCondition {
  if (!reader.takes('(')) return readCondition(reader, quota);
  const condition = readConditions(reader, quota);
  if (!reader.takes(')')) throw reader.refusal('&&, || or )');
  return condition;
}

function readCondition(reader: PatternReader, quota: Quota): LineCondition {
  const selector = readSelector(reader, quota);
  reader.skipSpace();
  if (reader.match(/NOT[ \t\r\n]+EXISTS(?!\w)/y)) return ({ root }) => !selector.leadsTo(root, () => true);
  const state = reader.match(/IS[ \t\r\n]+(NULL|TRUE|FALSE)(?!\w)/y)?.[1];
  if (state !== undefined) return ({ root }) => selector.leadsTo(root, STATES[state]!);
  if (/\w/.test(reader.next ?? ''))
    throw reader.refusal('IS NULL, IS TRUE, IS FALSE, NOT EXISTS or an operator');
  checkNull(reader);
  return compared(selector, readComparison(reader, quota));
}

/** An array with a null in it IS NULL, too (reported). */
const STATES: Readonly<Record<string, (value: unknown) => boolean>> = {
  NULL: (value) => value === null || (Array.isArray(value) && value.includes(null)),
  TRUE: (value) => value === true,
  FALSE: (value) => value === false,
};

/** `null` is no word to compare with, unlike `true` (reported). */
function checkNull(reader: PatternReader): void {
  if (/!?=[ \t\r\n]*null(?!\w)/y.test(reader.text.slice(reader.position))) throw reader.refusal('IS NULL');
}

/** Only strings and numbers are compared: `!=` is not true either of what is absent, null, a Boolean or a structure (reported). */
function compared(selector: Selector, comparison: Comparison): LineCondition {
  return comparison.readsText ? comparedAsText(selector, comparison) : comparedAsNumber(selector, comparison);
}

function comparedAsNumber(selector: Selector, { isTrueFor }: Comparison): LineCondition {
  const test = (value: unknown): boolean =>
    typeof value === 'string'
      ? isTrueFor(value, undefined)
      : typeof value === 'number' && isTrueFor('', value);
  return ({ root }) => selector.leadsTo(root, test);
}

/** Reads the message for the texts of numbers only where one is compared and its text is not plain. */
function comparedAsText(selector: Selector, { isTrueFor }: Comparison): LineCondition {
  const isTrueOf = (value: unknown): boolean => typeof value === 'string' && isTrueFor(value, undefined);
  return (line) => {
    let needsTexts = false;
    const isFound = selector.leadsTo(line.root, (value) => {
      const text = typeof value === 'number' ? line.textOf(value) : value;
      needsTexts ||= text === undefined;
      return isTrueOf(text);
    });
    return isFound || (needsTexts && selector.leadsTo(line.withTexts(), isTrueOf));
  };
}
