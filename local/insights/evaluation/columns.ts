import type { Command, Query } from '../query/query.js';

/** Shown if a query names no columns (assumed). */
const DEFAULT_COLUMNS = ['@timestamp', '@message'];

interface Shown {
  /** `undefined` as long as no command has named any. */
  readonly named: readonly string[] | undefined;
  /** Columns of `parse`, which are shown after those before them (assumed) unless `display` comes later. */
  readonly parsed: readonly string[];
  readonly isDisplayed: boolean;
}

const START: Shown = { named: undefined, parsed: [], isDisplayed: false };

/** The columns of a query's result, each once. */
export function columnsOf({ commands }: Query): string[] {
  const { named, parsed } = commands.reduce<Shown>(after, START);
  return [...new Set([...(named ?? DEFAULT_COLUMNS), ...parsed])];
}

function after(shown: Shown, command: Command): Shown {
  switch (command.kind) {
    case 'fields':
      return {
        ...shown,
        named: [...(shown.named ?? []), ...shown.parsed, ...namesOf(command.columns)],
        parsed: [],
      };
    case 'display':
      return { ...shown, named: namesOf(command.columns), parsed: [], isDisplayed: true };
    case 'parse':
      return shown.isDisplayed ? shown : { ...shown, parsed: [...shown.parsed, ...command.pattern.names] };
    case 'stats':
      return { ...START, named: namesOf([...command.by, ...command.aggregates]) };
    default:
      return shown;
  }
}

function namesOf(columns: readonly { readonly name: string }[]): string[] {
  return columns.map(({ name }) => name);
}
