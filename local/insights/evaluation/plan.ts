import type {
  Command,
  DedupCommand,
  LimitCommand,
  Query,
  SortCommand,
  StatsCommand,
} from '../query/query.js';
import type { Collector } from './collect/collector.js';
import { Groups } from './collect/groups.js';
import { PlainRows } from './collect/plain-rows.js';
import { afterSort, type Order, SortedRows, UNSORTED } from './collect/sorted-rows.js';
import { conditionOf, readerOf } from './expression/expression.js';
import type { Memory } from './values/memory.js';
import type { Surroundings } from './values/reader.js';
import { Dedup } from './stages/dedup.js';
import { fieldsStage } from './stages/fields.js';
import { Limit } from './stages/limit.js';
import { parseStage } from './stages/parse.js';
import { type Stage, stage } from './stages/stage.js';

/** Rows of a query without `limit` (documented). */
const DEFAULT_LIMIT = 10_000;

/** Commands that rows pass one by one, and how those are kept that passed. */
export interface Segment {
  readonly commands: readonly Exclude<Command, StatsCommand>[];
  readonly makeCollector: (surroundings: Surroundings, memory: Memory) => Collector;
}

/**
 * Divides the commands where all rows have to be known: before a `limit` or `dedup` that follows a `sort`, and at each `stats`. Order
 * means nothing to a `stats`, so that a `sort` that it alone follows does nothing.
 */
export function segmentsOf({ commands }: Query): Segment[] {
  const segments: Segment[] = [];
  let passed: Exclude<Command, StatsCommand>[] = [];
  let order = UNSORTED;
  const close = (makeCollector: Segment['makeCollector']): void => {
    segments.push({ commands: passed, makeCollector });
    [passed, order] = [[], UNSORTED];
  };
  for (const command of commands) {
    if (command.kind === 'stats') close((surroundings, memory) => new Groups(command, surroundings, memory));
    else {
      if (isCut(command) && order.keys.length > 0) close(inOrder(order, mostOf(command)));
      if (command.kind === 'sort') order = afterSort(command, order);
      passed.push(command);
    }
  }
  close(inOrder(order, defaultLimit(commands)));
  return segments;
}

function isCut(command: Command): command is LimitCommand | DedupCommand {
  return command.kind === 'limit' || command.kind === 'dedup';
}

function mostOf(command: LimitCommand | DedupCommand): number {
  return command.kind === 'limit' ? command.count : Number.POSITIVE_INFINITY;
}

/** A `limit` of the query may let more rows pass than there are without one (documented: up to 100,000). */
function defaultLimit(commands: readonly Command[]): number {
  const last = commands.findLastIndex(({ kind }) => kind === 'stats');
  const isLimited = commands.slice(last + 1).some(({ kind }) => kind === 'limit');
  return isLimited ? Number.POSITIVE_INFINITY : DEFAULT_LIMIT;
}

function inOrder(order: Order, most: number): Segment['makeCollector'] {
  return (_, memory) =>
    order.keys.length > 0 ? new SortedRows(order, most, memory) : new PlainRows(most, memory);
}

/** Makes the stage of a command. */
export function stageOf(
  command: Exclude<Command, StatsCommand>,
  surroundings: Surroundings,
  memory: Memory,
): Stage {
  switch (command.kind) {
    case 'fields':
    case 'display':
      return fieldsStage(command.columns, surroundings);
    case 'filter':
    case 'filterIndex':
      return stage(conditionOf(command.condition, surroundings));
    case 'parse':
      return parseStage(command, surroundings);
    case 'sort':
      return sortKeysStage(command, surroundings);
    case 'limit':
      return new Limit(command.count);
    default:
      return new Dedup(command.fields, surroundings, memory);
  }
}

/** Reads the keys where the `sort` stands: a later command may make other columns of their names. */
function sortKeysStage({ keys }: SortCommand, surroundings: Surroundings): Stage {
  const readers = keys.map(({ expression }) => readerOf(expression, surroundings));
  return stage((row) => {
    row.sortKeys = [...readers.map((read) => read(row)), ...row.sortKeys];
    return true;
  });
}
