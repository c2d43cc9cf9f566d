import { PYTHON_LEVELS, type Level } from '../../../contract/levels.js';
import { freeName } from '../../serialize/names.js';
import type { Fields } from '../../log-record.js';
import { levelOfOther, severityFields } from '../outlet/other-level.js';
import { LEVEL, type Info } from './info.js';

/** winston's levels by name. A lower number is more severe. */
export type LevelTable = Readonly<Record<string, number>>;

/** Levels for a table in which no name is known, the most severe first. */
const SPREAD = ['error', 'warn', 'info', 'debug'] as const satisfies readonly Level[];

/** The name of an info's level, without what a format has made of it. */
export function levelNameOf(info: Info): string {
  return info[LEVEL] ?? plain(info.level);
}

/**
 * Our level for one of winston's. A name that nobody knows counts as the next less severe level of its table that is known, else as
 * the next more severe one. Where no name is known, the table is spread over `error` to `debug`.
 */
export function levelOf(name: string, table: LevelTable = {}): Level {
  const known = levelOfOther(name);
  if (known) return known;
  const names = Object.keys(table).toSorted((one, other) => table[one]! - table[other]!);
  const at = names.indexOf(name);
  if (at < 0) return 'info';
  const levels = names.map((each) => levelOfOther(each));
  return (
    levels.slice(at).find((level) => level !== undefined) ??
    levels.slice(0, at).findLast((level) => level !== undefined) ??
    SPREAD[Math.floor((at * SPREAD.length) / names.length)]!
  );
}

/** Fields that keep of an info's level what ours does not say: its name, and what a format made of it if that is no decoration. */
export function levelFields(name: string, level: Level, info: Info, fields: Fields): Fields {
  const { severity } = severityFields(name, level);
  return {
    ...(severity !== undefined && { [severityName(severity, fields)]: severity }),
    ...(isDecorated(info.level, name) ? undefined : { level: info.level }),
  };
}

function severityName(severity: string, fields: Fields): string {
  const isTaken = (key: string): boolean => Object.hasOwn(fields, key) && fields[key] !== severity;
  return isTaken('severity') ? freeName('severity', isTaken) : 'severity';
}

/** Whether a level is its name, but for colours, case and padding. */
function isDecorated(level: unknown, name: string): boolean {
  if (level === undefined || level === name) return true;
  const lower = plain(level).toLowerCase();
  return lower === name.toLowerCase() || PYTHON_LEVELS[lower] === name;
}

// oxlint-disable-next-line no-control-regex -- colours begin with that character
const COLOUR = /\u001B\[[\d;]*m/g;

function plain(level: unknown): string {
  return String(level).replaceAll(COLOUR, '').trim();
}
