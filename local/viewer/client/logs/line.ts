import type { EventRow } from '../../answers.js';
import type { Path } from '../state/filter-writing.js';
import { isFields, parseFields, type Fields } from '../../../lines/fields.js';
import { jsonText } from '../../../lines/json-text.js';

export const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal'] as const;
export type Level = (typeof LEVELS)[number];

/** What the list shows of a message. */
export interface Line {
  readonly level: Level | undefined;
  /** The member `message` of a JSON line, or the whole of any other. */
  readonly text: string;
  /** What went wrong: `TypeError: x is not a function`. */
  readonly error: string | undefined;
  /** Members of a JSON line. Absent of any other, and of one so long that only its beginning was read. */
  readonly fields: Fields | undefined;
  /** Whether the sink reports here that events before it are lost. */
  readonly isLoss: boolean;
  /** Whether only the beginning was read. */
  readonly isFolded: boolean;
}

/** Characters of a message that the list reads. Reading a megabyte for each row would stop the scrolling. */
const LONGEST_READ = 64 * 1024;
const BEGINNING = 2_048;

const NAMES: ReadonlyMap<string, Level> = new Map([
  ...LEVELS.map((level) => [level, level] as const),
  ['warning', 'warn'],
  ['critical', 'fatal'],
  ['err', 'error'],
  ['notice', 'info'],
  // Numbers of pino and bunyan.
  ['10', 'trace'],
  ['20', 'debug'],
  ['30', 'info'],
  ['40', 'warn'],
  ['50', 'error'],
  ['60', 'fatal'],
]);

const known = new WeakMap<EventRow, Line>();

/** Reads a message for the list, once for each event. */
export function lineOf(event: EventRow): Line {
  const line = known.get(event) ?? readLine(event.message);
  known.set(event, line);
  return line;
}

export function readLine(message: string): Line {
  if (message.length > LONGEST_READ) return folded(message);
  const fields = parseFields(message);
  return fields ? fromFields(fields, message) : plain(message);
}

function fromFields(fields: Fields, message: string): Line {
  const text = ['message', 'msg', 'event']
    .map((name) => fields[name])
    .find((each) => typeof each === 'string');
  return {
    level: levelNamed(fields['level'] ?? fields['severity'] ?? fields['log.level']),
    text: text ?? message,
    error: errorIn(fields),
    fields,
    isLoss: isLoss(fields),
    isFolded: false,
  };
}

/** The level that a value names, whatever the program's logger calls it. */
export function levelNamed(value: unknown): Level | undefined {
  return typeof value === 'string' || typeof value === 'number'
    ? NAMES.get(String(value).toLowerCase())
    : undefined;
}

function errorIn({ error, err = error }: Fields): string | undefined {
  if (typeof err === 'string') return err;
  if (!isFields(err)) return undefined;
  const parts = [err['type'] ?? err['name'], err['message']].filter(
    (each) => typeof each === 'string' && each !== '',
  );
  return parts.length === 0 ? undefined : parts.join(': ');
}

/** Whether it is the marker that the sink writes to a stream in which events are missing: `lossRecord` in runtime/ack/losses.ts. */
function isLoss({ droppedEvents, reason, from, to }: Fields): boolean {
  return typeof droppedEvents === 'number' && [reason, from, to].every((each) => typeof each === 'string');
}

/** A line of text. Lambda and most loggers write the level in capitals near the beginning. */
function plain(message: string): Line {
  const [, name] =
    /\b(TRACE|DEBUG|INFO|WARN|WARNING|ERROR|FATAL|CRITICAL)\b/.exec(message.slice(0, 200)) ?? [];
  return {
    level: levelNamed(name),
    text: message,
    error: undefined,
    fields: undefined,
    isLoss: false,
    isFolded: false,
  };
}

function folded(message: string): Line {
  const beginning = message.slice(0, BEGINNING);
  const [, name] = /"(?:level|severity)"\s*:\s*"?(\w+)/.exec(beginning) ?? [];
  const [, text] = /"(?:message|msg)"\s*:\s*"((?:\\.|[^"\\])*)/.exec(beginning) ?? [];
  return {
    ...plain(beginning),
    ...(name && { level: levelNamed(name) }),
    text: text ?? beginning,
    isFolded: true,
  };
}

/** The value at a path in a JSON line. */
export function valueAt(fields: unknown, path: Path): unknown {
  return path.reduce(
    (value: unknown, name) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, name)
        ? (value as Record<string, unknown>)[name]
        : undefined,
    fields,
  );
}

/** A value as a cell shows it. */
export function cellText(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : jsonText(value);
}

const REQUEST_NAMES = ['requestId', 'request_id', 'reqId', 'awsRequestId', 'correlationId', 'correlation_id'];
const TRACE_NAMES = ['traceId', 'trace_id', 'xrayTraceId'];

/** The member that names the request, if the line has one. */
export function requestPath(fields: Fields): Path | undefined {
  return pathOf(fields, REQUEST_NAMES);
}

/** The member that names the trace, if the line has one. */
export function tracePath(fields: Fields): Path | undefined {
  return pathOf(fields, TRACE_NAMES);
}

function pathOf(fields: Fields, names: readonly string[]): Path | undefined {
  const name = names.find((each) => typeof fields[each] === 'string' && fields[each] !== '');
  return name === undefined ? undefined : [name];
}

/** As in `1.0 MiB`. */
export function sizeInWords(characters: number): string {
  const kib = characters / 1024;
  return kib < 1000 ? `${Math.round(kib)} KiB` : `${(kib / 1024).toFixed(1)} MiB`;
}
