import { LEVELS, type Level } from '../../../contract/levels.js';
import type { JsonNode, ObjectNode } from '../../redact/lines/json-nodes.js';
import { levelOfOther } from '../outlet/other-level.js';

/** Names of the member that holds the time, the first one first: those of pino, bunyan, winston, log4js, Logstash, zap, Python. */
export const TIME_NAMES = ['time', 'timestamp', '@timestamp', 'ts', 'startTime', 'asctime'];

/** Names of the member that holds the level: those of pino, bunyan, winston, Google, Python, ECS, logrus. */
export const LEVEL_NAMES = ['level', 'severity', 'levelname', 'log.level', 'lvl'];

/** Between the numbers of the default levels of pino and bunyan, and the first of them. */
const STEP = 10;

/** How a text begins that is a date; Date.parse reads others, too, such as `order 5`. */
const DATE = /^\d{4}-\d\d-\d\d(?:[T ]|$)/;

/** A comma before the milliseconds, as Python has it. */
const COMMA = /,(?=\d{3})/;

const DIGITS = /^\d+(?:\.\d+)?$/;

/** Numbers of these ranges are times between 2001 and 5138: the least of a range, and how many of its units a millisecond has. */
const UNITS: readonly (readonly [least: number, perMs: number])[] = [
  [1e18, 1e6],
  [1e15, 1e3],
  [1e12, 1],
  [1e9, 1e-3],
];
const RANGE = 1e2;

/** What a line says of itself. */
export interface Recognized {
  readonly timeMs: number | undefined;
  readonly level: Level | undefined;
  /** Where the number of a default level stands, which has a name. */
  readonly number: JsonNode | undefined;
}

/** Recognizes time and level among the outer members of a line. */
export function recognized(line: ObjectNode): Recognized {
  const level = firstOf(line, LEVEL_NAMES, (node) => levelOf(valueOf(node)));
  return {
    timeMs: firstOf(line, TIME_NAMES, (node) => timeOf(valueOf(node)))?.found,
    level: level?.found,
    number: level && level.node.kind === 'word' && isDefault(level.node.word) ? level.node : undefined,
  };
}

/**
 * Our level for that of another logger, a name or a number. The number of a custom level counts as the default level of pino below
 * it. log4js has an object with the name.
 */
export function levelOf(level: unknown): Level | undefined {
  if (typeof level === 'string')
    return levelOfOther(level) ?? (DIGITS.test(level) ? ofNumber(Number(level)) : undefined);
  if (typeof level === 'number') return Number.isNaN(level) ? undefined : ofNumber(level);
  if (typeof level !== 'object' || level === null) return undefined;
  const { levelStr } = level as { readonly levelStr?: unknown };
  return typeof levelStr === 'string' ? levelOfOther(levelStr) : undefined;
}

/** Whether this is the number of a default level of pino and bunyan. */
export function isDefault(number: string): boolean {
  return /^[1-6]0$/.test(number);
}

function ofNumber(number: number): Level {
  const rank = Math.floor(number / STEP) - 1;
  return LEVELS[Math.min(Math.max(rank, 0), LEVELS.length - 1)]!;
}

/**
 * A time in milliseconds since the epoch: of a date, or of a number of seconds, milliseconds, microseconds or nanoseconds, told apart
 * by their size. Anything else is none.
 */
export function timeOf(time: unknown): number | undefined {
  if (time instanceof Date) return Number.isNaN(time.getTime()) ? undefined : time.getTime();
  if (typeof time === 'number') return ofUnits(time);
  if (typeof time !== 'string') return undefined;
  if (DIGITS.test(time)) return ofUnits(Number(time));
  const timeMs = DATE.test(time) ? Date.parse(time.replace(COMMA, '.')) : NaN;
  return Number.isNaN(timeMs) ? undefined : timeMs;
}

function ofUnits(time: number): number | undefined {
  // Nearly all are milliseconds.
  if (Number.isInteger(time) && time >= 1e12 && time < 1e14) return time;
  const unit = UNITS.find(([least]) => time >= least && time < least * RANGE);
  return unit && Math.round(time / unit[1]);
}

/** The first value by these names that means something. */
function firstOf<Found>(
  { members }: ObjectNode,
  names: readonly string[],
  read: (node: JsonNode) => Found | undefined,
): { readonly found: Found; readonly node: JsonNode } | undefined {
  for (const wanted of names) {
    for (const { name, value } of members) {
      const found = name.text === wanted ? read(value) : undefined;
      if (found !== undefined) return { found, node: value };
    }
  }
  return undefined;
}

function valueOf(node: JsonNode): unknown {
  if (node.kind === 'text') return node.text;
  if (node.kind === 'word') return DIGITS.test(node.word) ? Number(node.word) : undefined;
  if (node.kind === 'list') return undefined;
  const levelStr = node.members.find(({ name }) => name.text === 'levelStr')?.value;
  return { levelStr: levelStr?.kind === 'text' ? levelStr.text : undefined };
}
