import { RE2JS } from 're2js';
import type { ParseCommand, RegexPattern } from '../../query/query.js';
import { readerOf } from '../expression/expression.js';
import { globMatch } from './glob.js';
import type { Surroundings } from '../values/reader.js';
import { textOf } from '../values/value.js';
import { type Stage, stage } from './stage.js';

/** Texts in the order of the names; `undefined` for a text that does not match. */
type Match = (text: string) => readonly (string | null)[] | undefined;

/** Adds what is found as fields. A row whose text does not match stays, without them (documented). */
export function parseStage({ source, pattern }: ParseCommand, surroundings: Surroundings): Stage {
  const read = readerOf(source, surroundings);
  const match: Match = pattern.kind === 'glob' ? (text) => globMatch(pattern, text) : regexMatch(pattern);
  return stage((row) => {
    const value = read(row);
    const found = value === undefined ? undefined : match(textOf(value));
    for (const [index, text] of (found ?? []).entries())
      if (text !== null) row.set(pattern.names[index]!, text);
    return true;
  });
}

function regexMatch({ source, names }: RegexPattern): Match {
  const regex = RE2JS.compile(source);
  return (text) => {
    // The search for whether it matches is many times faster than that for the groups.
    if (!regex.test(text)) return undefined;
    const matcher = regex.matcher(text);
    return matcher.find() ? names.map((name) => matcher.group(name)) : undefined;
  };
}
