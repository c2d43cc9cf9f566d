import type { Level } from '../../contract/levels.js';
import type { ErrorStep } from '../../local/lines/error-chain.js';
import { jsonText } from '../../local/lines/json-text.js';
import type { Colour, Paint } from '../terminal/colours.js';
import { safeLine, safeText } from '../terminal/safe-text.js';
import { type MessageView, viewOf } from './message-view.js';
import type { TailedEvent } from './tailed-event.js';

export interface PrettyOptions {
  readonly paint: Paint;
  /** Whether the log group stands before the stream. */
  readonly showsGroup: boolean;
  /** Whether times are those of UTC, and not of this machine's zone. */
  readonly isUtc: boolean;
}

const COLOURS: Readonly<Record<Level, Colour>> = {
  trace: 'dim',
  debug: 'cyan',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'magenta',
};
const LEVEL_WIDTH = 5;
/** Characters of a stream's name: that of a Lambda function is longer than what a line has room for. */
const MOST_STREAM = 28;
const INDENT = '    ';

/** An event as a person reads it: a line, and those of its errors below. Nothing in it can move the cursor. */
export function prettyText(event: TailedEvent, options: PrettyOptions): string {
  const { paint } = options;
  const view = viewOf(event.message);
  const [first = '', ...rest] = safeText(view.text).split('\n');
  const line = [
    paint('dim', timeText(event.timestamp, options.isUtc)),
    levelText(view.level, paint),
    paint('dim', sourceText(event, options)),
    textOf(first, view, paint),
    ...Object.entries(view.fields).map(([name, value]) => fieldText(name, value, paint)),
  ];
  const below = [
    ...rest.map((each) => INDENT + each),
    ...view.errors.flatMap((step, index) => errorLines(step, index, paint)),
  ];
  return `${[line.filter((part) => part !== '').join(' '), ...below].join('\n')}\n`;
}

function textOf(first: string, { level, isOfPlatform }: MessageView, paint: Paint): string {
  if (first === '') return '';
  if (isOfPlatform) return paint('dim', first);
  return level === 'error' || level === 'fatal' ? paint('bold', first) : first;
}

function levelText(level: Level | undefined, paint: Paint): string {
  const text = (level ?? '').toUpperCase().padEnd(LEVEL_WIDTH);
  return level === undefined ? text : paint(COLOURS[level], text);
}

function sourceText({ logGroup, logStream }: TailedEvent, { showsGroup }: PrettyOptions): string {
  const stream = shortened(safeLine(logStream));
  return showsGroup ? `${safeLine(logGroup)} ${stream}` : stream;
}

/** The end of a name tells streams apart, rather than the beginning. */
function shortened(name: string): string {
  return name.length <= MOST_STREAM ? name : `…${name.slice(1 - MOST_STREAM)}`;
}

function fieldText(name: string, value: unknown, paint: Paint): string {
  return `${paint('cyan', `${safeLine(name)}=`)}${safeLine(valueText(value))}`;
}

/** A text stands in quotes where its end would not be seen. */
function valueText(value: unknown): string {
  if (typeof value === 'string' && /^[^\s"'=]+$/.test(value)) return value;
  return jsonText(value);
}

function errorLines({ title, frames }: ErrorStep, index: number, paint: Paint): string[] {
  const [first = '', ...more] = safeText(index === 0 ? title : `caused by ${title}`).split('\n');
  return [
    INDENT + paint('red', first),
    ...more.map((each) => INDENT + paint('red', each)),
    ...frames.map((frame) => INDENT + INDENT + paint('dim', safeLine(frame))),
  ];
}

function timeText(timestampMs: number, isUtc: boolean): string {
  const offsetMs = isUtc ? 0 : new Date(timestampMs).getTimezoneOffset() * 60_000;
  const text = new Date(timestampMs - offsetMs).toISOString();
  return isUtc ? text : text.slice(0, -1).replace('T', ' ');
}
