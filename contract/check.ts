import type { Kind } from './kinds.js';
import { nearest } from './nearest.js';
import type { Problem } from './problems.js';
import type { GivenValues, Rows, Setting } from './settings/setting.js';

export interface Checked<R extends Rows> {
  readonly given: GivenValues<R>;
  readonly problems: readonly Problem[];
}

type Outcome = { readonly value: unknown } | { readonly problem: Problem };

/** The checked value, or the problem with it. */
export function checkValue(row: Setting<any, any, any>, value: unknown, where: string): Outcome {
  const kind: Kind<unknown> = row.kind;
  const read = kind.read(value);
  return read === undefined
    ? { problem: { where, value, allowed: kind.allowed + (kind.hint?.(value) ?? '') } }
    : { value: read };
}

/**
 * Checks settings given in code. Unknown keys are problems, `undefined` is absence, and a value for which
 * `isUnresolved` holds (a CDK token) passes: the reader of the variable checks it once it is known.
 */
export function checkInput<R extends Rows>(
  rows: R,
  input: Readonly<Record<string, unknown>>,
  path: string,
  isUnresolved: (value: unknown) => boolean = () => false,
): Checked<R> {
  const given: Record<string, unknown> = {};
  const problems: Problem[] = [];
  for (const [key, value] of Object.entries(input)) {
    const where = `${path}.${key}`;
    const row = Object.hasOwn(rows, key) ? rows[key] : undefined;
    if (!row) problems.push(unknownKey(rows, key, value, where));
    else if (isUnresolved(value)) given[key] = value;
    else if (value !== undefined) {
      const outcome = checkValue(row, value, where);
      if ('problem' in outcome) problems.push(outcome.problem);
      else given[key] = outcome.value;
    }
  }
  return { given: given as GivenValues<R>, problems };
}

function unknownKey(rows: Rows, key: string, value: unknown, where: string): Problem {
  const keys = Object.keys(rows);
  const meant = nearest(key, keys);
  const hint = meant
    ? `no such setting; did you mean "${meant}"?`
    : `no such setting; there are ${keys.join(', ')}`;
  return { where, value, allowed: hint };
}
