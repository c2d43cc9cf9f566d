import type { Kind } from '../kinds.js';
import type { PythonReading } from './python-reading.js';

/**
 * The settings, one row each. A row is the only place that knows a setting: the TypeScript type, the variable that the
 * construct writes, the parsing and the range check at both ends and the tables of the documents all come from it.
 */
export interface Setting<Output, Input, Default extends Output | undefined> {
  /** The end of the variable's name, as in Python's fapilog; the YAML key is its lower case. */
  readonly field: string;
  /** Other ends of the name that count as well, such as those of Python's fapilog; in a file, their lower case. */
  readonly aliases?: readonly string[];
  readonly kind: Kind<Output, Input>;
  /** `undefined` where {@link Setting.otherwise} says what happens instead. */
  readonly default: Default;
  /** What happens when the setting is absent and has no default value. */
  readonly otherwise?: string;
  readonly meaning: string;
  readonly python: PythonReading<Output>;
}

export type Rows = Readonly<Record<string, Setting<any, any, any>>>;

/** What `NoInfer` does. Compilers before TypeScript 5.4, which read the declarations as well, have none. */
type NotInferred<T> = [T][T extends unknown ? 0 : never];

export function withDefault<Output, Input>(
  row: Omit<Setting<Output, Input, Output>, 'default' | 'python'> & {
    default: NotInferred<Output>;
    python: PythonReading<NotInferred<Output>>;
  },
): Setting<Output, Input, Output> {
  return row;
}

export function optional<Output, Input>(
  row: Omit<Setting<Output, Input, undefined>, 'default' | 'python'> & {
    otherwise: string;
    python: PythonReading<NotInferred<Output>>;
  },
): Setting<Output, Input, undefined> {
  return { ...row, default: undefined };
}

type InputOfRow<Row> = Row extends Setting<any, infer Input, any> ? Input : never;
type OutputOfRow<Row> = Row extends Setting<infer Output, any, any> ? Output : never;
type DefaultOfRow<Row> = Row extends Setting<any, any, infer Default> ? Default : never;

/** What code may pass: every setting optional, in its most convenient form. */
export type InputValues<R extends Rows> = { readonly [K in keyof R]?: InputOfRow<R[K]> | undefined };

/** Checked values of the settings that somebody set. */
export type GivenValues<R extends Rows> = { readonly [K in keyof R]?: OutputOfRow<R[K]> };

/** All settings, defaults filled in. */
export type CompleteValues<R extends Rows> = {
  readonly [K in keyof R]: OutputOfRow<R[K]> | DefaultOfRow<R[K]>;
};

/** The defaults filled in. */
export function complete<R extends Rows>(rows: R, given: GivenValues<R>): CompleteValues<R> {
  const keys = Object.keys(rows) as (keyof R)[];
  return Object.fromEntries(keys.map((key) => [key, given[key] ?? rows[key]!.default])) as CompleteValues<R>;
}
