import type { Level } from '../../../contract/levels.js';
import type { LogCall } from '../../logger/log-call.js';
import { readable } from '../../serialize/guard.js';
import type { Rules } from '../../serialize/reading.js';
import { readPrinted } from './printed-call.js';

/** A call of a method of the console. */
export interface PrintedCall {
  readonly args: readonly unknown[];
  /** The function that was called, above which the stack begins. */
  readonly called: (...args: readonly unknown[]) => unknown;
}

/** How the calls of a method become records. */
export interface ConsoleMethod {
  readonly level: Level;
  /** Whether the call prints anything. */
  readonly prints: (args: readonly unknown[]) => boolean;
  readonly read: (call: PrintedCall, rules: Rules | undefined) => LogCall;
  /**
   * Whether Node prints the call by calling another method with this value: such a call is captured already.
   * @default - it prints by itself
   */
  readonly isPrintedAs?: ((value: unknown, args: readonly unknown[]) => boolean) | undefined;
}

/** An empty line is space on a terminal, and no event. */
const hasText = (args: readonly unknown[]): boolean => args.some((arg) => arg !== '');

function begins(value: unknown, text: string): boolean {
  return typeof value === 'string' && value.startsWith(text);
}

function line(level: Level): ConsoleMethod {
  return { level, prints: hasText, read: ({ args }, rules) => readPrinted(args, rules) };
}

/**
 * The methods of Node's console that print by themselves, and those of which a line can say more than they print. `group`, `count`,
 * `timeLog` and `timeEnd` print by `log`, which has them.
 */
export const CONSOLE_METHODS = {
  debug: line('debug'),
  log: line('info'),
  info: line('info'),
  dirxml: line('info'),
  warn: line('warn'),
  error: line('error'),
  dir: { level: 'info', prints: () => true, read: ({ args }, rules) => readPrinted(args.slice(0, 1), rules) },
  table: {
    level: 'info',
    prints: () => true,
    read: readTable,
    isPrintedAs: (value, [data]) => value === data || begins(value, '┌'),
  },
  trace: {
    level: 'trace',
    prints: () => true,
    read: readTrace,
    isPrintedAs: (value) => begins(value, 'Trace'),
  },
  assert: {
    level: 'error',
    prints: ([isTrue]) => !isTrue,
    read: readAssertion,
    isPrintedAs: (value) => begins(value, 'Assertion failed'),
  },
} as const satisfies Readonly<Record<string, ConsoleMethod>>;

export type MethodName = keyof typeof CONSOLE_METHODS;

export const METHOD_NAMES = Object.keys(CONSOLE_METHODS) as readonly MethodName[];

const NOTHING: LogCall = { message: '', fields: undefined };

function readTrace({ args, called }: PrintedCall, rules: Rules | undefined): LogCall {
  const { message, fields } = args.length === 0 ? NOTHING : readPrinted(args, rules);
  const trace: { name: string; message: string; stack?: unknown } = { name: 'Trace', message };
  Error.captureStackTrace(trace, called);
  return { message: message === '' ? 'Trace' : message, fields: { ...fields, stack: trace.stack } };
}

function readAssertion({ args: [, first, ...values] }: PrintedCall, rules: Rules | undefined): LogCall {
  const failed = 'Assertion failed';
  if (typeof first === 'string') return readPrinted([`${failed}: ${first}`, ...values], rules);
  return readPrinted(first === undefined ? [failed] : [failed, first, ...values], rules);
}

/** Node prints what is no table as `log` does. */
function readTable({ args: [data, columns] }: PrintedCall, rules: Rules | undefined): LogCall {
  if (typeof data !== 'object' || data === null) return readPrinted([data], rules);
  const table: unknown = Array.isArray(columns) ? rowsOf(data, columns) : data;
  return { message: '', fields: { table } };
}

/** The rows of a table with those columns that are printed: the others may be nobody's business. */
function rowsOf(data: object, columns: readonly unknown[]): unknown {
  const row = (value: unknown): unknown => columnsOf(value, columns);
  if (Array.isArray(data) || data instanceof Set) return Array.from(data as Iterable<unknown>, row);
  const rows: Iterable<[unknown, unknown]> = data instanceof Map ? data : Object.entries(data);
  return Object.fromEntries(Array.from(rows, ([key, value]) => [String(key), row(value)]));
}

function columnsOf(value: unknown, columns: readonly unknown[]): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const members = columns
    .map(String)
    .filter((name) => Object.hasOwn(value, name))
    .map((name) => [name, readable(() => (value as Record<string, unknown>)[name])] as const);
  return Object.fromEntries(members);
}
