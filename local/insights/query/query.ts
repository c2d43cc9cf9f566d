/** A query of Logs Insights as it was read: its commands, in their order. Who runs it decides nothing about its text. */
export interface Query {
  readonly commands: readonly Command[];
}

export type Command =
  | FieldsCommand
  | FilterCommand
  | FilterIndexCommand
  | ParseCommand
  | StatsCommand
  | SortCommand
  | LimitCommand
  | DedupCommand;

/** `fields` adds columns to those before it; `display` says which columns are shown. */
export interface FieldsCommand {
  readonly kind: 'fields' | 'display';
  readonly columns: readonly Column[];
}

/** `filter` and its other name, `where`, if the service has it. */
export interface FilterCommand {
  readonly kind: 'filter';
  readonly condition: Expression;
}

/** `filterIndex`: a filter that needs an index policy at the service to be faster; the rows are the same. */
export interface FilterIndexCommand {
  readonly kind: 'filterIndex';
  readonly condition: Expression;
}

export interface ParseCommand {
  readonly kind: 'parse';
  /** What is parsed: `@message` if the query names no other. */
  readonly source: Expression;
  readonly pattern: GlobPattern | RegexPattern;
}

/** `"user=*, method:*" as user, method`: the texts around the wildcards, one more than names. */
export interface GlobPattern {
  readonly kind: 'glob';
  readonly texts: readonly string[];
  readonly names: readonly string[];
}

/** `/user=(?<user>\S+)/`: the names of the groups are those of the columns. */
export interface RegexPattern {
  readonly kind: 'regex';
  /** Without its slashes. */
  readonly source: string;
  readonly names: readonly string[];
}

export interface StatsCommand {
  readonly kind: 'stats';
  /** Their expressions have aggregates in them, such as `max(a) - min(a)`. */
  readonly aggregates: readonly Column[];
  readonly by: readonly Column[];
}

export interface SortCommand {
  readonly kind: 'sort';
  readonly keys: readonly SortKey[];
}

export interface SortKey {
  readonly expression: Expression;
  readonly isDescending: boolean;
}

export interface LimitCommand {
  readonly kind: 'limit';
  readonly count: number;
}

export interface DedupCommand {
  readonly kind: 'dedup';
  readonly fields: readonly Expression[];
}

/** A column of the result: an expression and its name, which is the alias, else the expression as it is written. */
export interface Column {
  readonly name: string;
  readonly expression: Expression;
}

export type Expression =
  | { readonly kind: 'literal'; readonly value: string | number | boolean }
  | { readonly kind: 'field'; readonly name: string }
  /** A function of one row. The name is lower case. A period, such as the `5m` of `bin`, is the literal text `5m`. */
  | { readonly kind: 'call'; readonly name: string; readonly arguments: readonly Expression[] }
  /** A function of many rows. `count(*)` has no argument. */
  | { readonly kind: 'aggregate'; readonly name: string; readonly arguments: readonly Expression[] }
  | { readonly kind: 'negate' | 'not'; readonly operand: Expression }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
    }
  | { readonly kind: 'in'; readonly operand: Expression; readonly options: readonly Expression[] }
  /** `like "text"` looks for a part, `like /regex/` and `=~ /regex/` for a match anywhere. */
  | { readonly kind: 'like'; readonly operand: Expression; readonly pattern: LikePattern };

export type BinaryOperator =
  '+' | '-' | '*' | '/' | '^' | '%' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

export interface LikePattern {
  readonly kind: 'text' | 'regex';
  readonly text: string;
}
