import { LEVELS, type Level } from '../../contract/levels.js';
import type { FinishedLine } from '../log-record.js';

/** Pino's own numbers: those of the levels that it knows by default. */
const FIRST_NUMBER = 10;
const STEP = 10;

/** How pino begins every line, unless it is told to write level or time otherwise. */
const HEAD = /^\{"level":(?:(\d+)|"([^"\\]*)"),"time":(\d+(?:\.\d+)?)[,}]/;

/**
 * A line of pino as a log event, without reading more of it than its head: `time` is the time of the event, `level`
 * decides what leaves first when memory is full.
 *
 * @param withLevelNames puts the name of a level of pino's own in place of its number; other levels stay as they are
 */
export function finishedLine(line: string, withLevelNames: boolean): FinishedLine {
  const head = HEAD.exec(line);
  const { level, time } = head ? { level: head[1] ?? head[2], time: Number(head[3]) } : membersOf(line);
  const known = levelOf(level);
  return {
    timeMs: timeOf(time),
    level: known,
    line: withLevelNames && head?.[1] !== undefined ? named(line, head[1], known) : line,
  };
}

/** Levels between pino's own count as the one below them. */
function levelOf(level: unknown): Level {
  const name = LEVELS.find((each) => each === String(level).toLowerCase());
  if (name) return name;
  const number = Number(level ?? NaN);
  if (Number.isNaN(number)) return 'info';
  const rank = Math.floor((number - FIRST_NUMBER) / STEP);
  return LEVELS[Math.min(Math.max(rank, 0), LEVELS.length - 1)]!;
}

function named(line: string, number: string, level: Level): string {
  const isExact = Number(number) === FIRST_NUMBER + STEP * LEVELS.indexOf(level);
  return isExact ? `{"level":"${level}"${line.slice('{"level":'.length + number.length)}` : line;
}

function timeOf(time: unknown): number {
  const timeMs = typeof time === 'string' ? Date.parse(time) : Number(time ?? NaN);
  return Number.isFinite(timeMs) ? timeMs : Date.now();
}

/** A logger that writes level or time in a way of its own: then the line has to be read. */
function membersOf(line: string): { readonly level?: unknown; readonly time?: unknown } {
  try {
    return (JSON.parse(line) ?? {}) as { readonly level?: unknown; readonly time?: unknown };
  } catch {
    return {};
  }
}
