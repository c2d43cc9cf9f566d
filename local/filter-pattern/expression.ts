import type { PatternReader } from './pattern-reader.js';

export type Condition<Subject> = (subject: Subject) => boolean;

/** Reads conditions with `&&` and `||` between them. `&&` binds closer (documented for JSON, assumed for fields). */
export function readExpression<Subject>(
  reader: PatternReader,
  readUnit: () => Condition<Subject>,
): Condition<Subject> {
  const conditions = [readConjunction(reader, readUnit)];
  while (reader.takes('||')) conditions.push(readConjunction(reader, readUnit));
  return conditions.length === 1 ? conditions[0]! : (subject) => conditions.some((each) => each(subject));
}

function readConjunction<Subject>(
  reader: PatternReader,
  readUnit: () => Condition<Subject>,
): Condition<Subject> {
  const conditions = [readUnit()];
  while (reader.takes('&&')) conditions.push(readUnit());
  return conditions.length === 1 ? conditions[0]! : (subject) => conditions.every((each) => each(subject));
}
