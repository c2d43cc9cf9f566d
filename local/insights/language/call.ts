import type { Expression } from '../query/query.js';
import {
  type FunctionRule,
  functions,
  type KnownFunction,
  missingFunctions,
  spellings,
} from './functions.js';
import { readPeriod } from './literals.js';
import { type QueryReader, shown } from './query-reader.js';

/** What reading a call needs of a reader of expressions. */
interface ArgumentReader {
  readonly reader: QueryReader;
  read(): Expression;
  made(expression: Expression, start: number): Expression;
}

/** Reads the arguments of a function, behind their opening parenthesis. */
export function readCall(expressions: ArgumentReader, name: string, start: number): Expression {
  const known = functions.get(name.toLowerCase()) ?? refuseFunction(expressions, name, start);
  const given = readArguments(expressions, known.rule);
  assertCount(expressions, known, given.length, start);
  assertPercentage(expressions, known, given, start);
  return { kind: known.kind, name: name.toLowerCase(), arguments: given };
}

function refuseFunction({ reader }: ArgumentReader, name: string, start: number): never {
  const place = { start, end: start + name.length };
  const missing = missingFunctions.get(name.toLowerCase());
  const complaint =
    missing === undefined ? 'no function of Logs Insights' : 'this local server does not have this function';
  const allowed = `${spellings('call')}; in stats also ${spellings('aggregate')}`;
  throw reader.refusal(`${shown(missing ?? name)}: ${complaint}. It has ${allowed}.`, place);
}

function readArguments(expressions: ArgumentReader, rule: FunctionRule): Expression[] {
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

function readArgument(expressions: ArgumentReader, { period }: FunctionRule, index: number): Expression {
  if (period !== index) return expressions.read();
  const start = expressions.reader.start;
  return expressions.made({ kind: 'literal', value: readPeriod(expressions.reader) }, start);
}

function assertCount(
  { reader }: ArgumentReader,
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
  { reader }: ArgumentReader,
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
