import { LEVELS, type Level } from '../../contract/levels.js';
import type { FinishedLine } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

/** Between the numbers of pino's default levels, and the first of them. */
const STEP = 10;

/** The start of each line of pino, unless options change how it writes level or time. */
const HEAD = /^\{"level":(?:(\d+)|"([^"\\]*)"),"time":(\d+(?:\.\d+)?)[,}]/;

/**
 * Makes a log event of a line of pino, and reads no more of it than its start. `time` is the time of the event; `level` decides which
 * events are dropped first when memory is full.
 *
 * @param withLevelNames whether to replace the number of a default level by its name; custom levels stay numbers
 */
export function finishedLine(line: string, withLevelNames: boolean): FinishedLine {
  const head = HEAD.exec(line);
  const { level, time } = head ? { level: head[1] ?? head[2], time: Number(head[3]) } : parsed(line);
  const known = levelOf(level);
  return {
    timeMs: timeOf(time),
    level: known,
    line: withLevelNames && head?.[1] !== undefined ? named(line, head[1], known) : line,
  };
}

/** A custom level counts as the default level below it. */
function levelOf(level: unknown): Level {
  const name = LEVELS.find((each) => each === String(level).toLowerCase());
  if (name) return name;
  const number = Number(level ?? NaN);
  if (Number.isNaN(number)) return 'info';
  const rank = Math.floor(number / STEP) - 1;
  return LEVELS[Math.min(Math.max(rank, 0), LEVELS.length - 1)]!;
}

function named(line: string, number: string, level: Level): string {
  const isExact = Number(number) === STEP * (LEVELS.indexOf(level) + 1);
  return isExact ? `{"level":"${level}"${line.slice('{"level":'.length + number.length)}` : line;
}

function timeOf(time: unknown): number {
  const timeMs = typeof time === 'string' ? Date.parse(time) : Number(time ?? NaN);
  return Number.isFinite(timeMs) ? timeMs : Date.now();
}

/** Parses a whole line, whose options changed how pino writes level or time. */
function parsed(line: string): { readonly level?: unknown; readonly time?: unknown } {
  return guarded(() => (JSON.parse(line) ?? {}) as object, {});
}
