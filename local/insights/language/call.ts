import type { Expression } from '../query.js';
import type { ExpressionReader } from './expression-reader.js';
import { type FunctionRule, functions, type KnownFunction, missingFunction, spellings } from './functions.js';
import { readPeriod } from './literals.js';
import { shown } from './query-reader.js';

/** Reads the arguments of a function, behind their opening parenthesis. */
export function readCall(expressions: ExpressionReader, name: string, start: number): Expression {
  const known = functions.get(name.toLowerCase()) ?? refuseFunction(expressions, name, start);
  const given = readArguments(expressions, known.rule);
  assertCount(expressions, known, given.length, start);
  assertPercentage(expressions, known, given, start);
  return { kind: known.kind, name: name.toLowerCase(), arguments: given };
}

function refuseFunction({ reader }: ExpressionReader, name: string, start: number): never {
  const place = { start, end: start + name.length };
  const missing = missingFunction(name);
  const complaint =
    missing === undefined ? 'no function of Logs Insights' : 'this local server does not have this function';
  const allowed = `${spellings('call')}; in stats also ${spellings('aggregate')}`;
  throw reader.refusal(`${shown(missing ?? name)}: ${complaint}. It has ${allowed}.`, place);
}

function readArguments(expressions: ExpressionReader, rule: FunctionRule): Expression[] {
  const { reader } = expressions;
  const given: Expression[] = [];
  const takesNone = (rule.takesStar === true && reader.takes('*')) || reader.peek(/\)/y) !== undefined;
  if (!takesNone) {
    do given.push(readArgument(expressions, rule, given.length));
    while (reader.takes(','));
  }
  reader.expect(')', 'behind the arguments, with commas between them');
  return given;
}

function readArgument(expressions: ExpressionReader, { period }: FunctionRule, index: number): Expression {
  if (period !== index) return expressions.read();
  const start = expressions.reader.start;
  return expressions.made({ kind: 'literal', value: readPeriod(expressions.reader) }, start);
}

function assertCount(
  { reader }: ExpressionReader,
  { spelling, rule: { least, most } }: KnownFunction,
  count: number,
  start: number,
): void {
  if (count >= least && count <= most) return;
  const range = least === most ? `${least}` : most === Infinity ? `${least} or more` : `${least} to ${most}`;
  const noun = range === '1' ? 'argument' : 'arguments';
  throw reader.refusalFrom(start, `${spelling} takes ${range} ${noun}, not ${count}.`);
}

function assertPercentage(
  { reader }: ExpressionReader,
  { spelling, rule: { percentage } }: KnownFunction,
  given: readonly Expression[],
  start: number,
): void {
  if (percentage === undefined) return;
  const argument = given[percentage];
  const value = argument?.kind === 'literal' ? argument.value : undefined;
  if (typeof value === 'number' && value >= 0 && value <= 100) return;
  throw reader.refusalFrom(start, `argument ${percentage + 1} of ${spelling} is a number from 0 to 100.`);
}
