import type { Level } from '../../contract/levels.js';
import type { Environment } from '../../contract/codec.js';
import type { LogRecord } from '../log-record.js';
import { formatLine } from '../serialize/line.js';
import { paintFor, type ColourMode, type Paint, type Style } from './colour.js';
import type { Format } from './line-sink.js';

export interface PrettyOptions {
  /** @default 'auto': on a terminal, unless `NO_COLOR` is set; `FORCE_COLOR` wins over both */
  readonly colour?: ColourMode | undefined;
  /** Where the text will go. */
  readonly stream?: { readonly isTTY?: boolean | undefined } | undefined;
  /** @default process.env */
  readonly env?: Environment | undefined;
}

type Members = Readonly<Record<string, unknown>>;

const levelStyles: Readonly<Record<Level, Style>> = {
  trace: 'gray',
  debug: 'blue',
  info: 'green',
  warn: 'yellow',
  error: 'red',
  fatal: 'magenta',
};

const LEVEL_WIDTH = 5;
const INDENT = '    ';

/**
 * Records for people: local time, level, message and fields in one line; errors, with stacks and causes, below it.
 *
 *     14:03:07.120 ERROR payment failed  orderId=17 customer="Ann Lee"
 *         PaymentError: declined  code=E42
 *             at pay (/app/pay.js:3:9)
 *         caused by TypeError: no card
 *             at card (/app/card.js:7:2)
 */
export function prettyFormat({ colour = 'auto', stream, env }: PrettyOptions = {}): Format {
  const paint = paintFor(colour, stream?.isTTY === true, env);
  return (record) => {
    const { message, inline, errors } = partsOf(record);
    const time = paint('gray', localTime(record.timeMs));
    const level = paint(levelStyles[record.level], record.level.toUpperCase().padEnd(LEVEL_WIDTH));
    const head = `${time} ${level} ${indented(message)}${membersText(inline, paint)}`;
    const blocks = errors.flatMap(([key, error]) =>
      block(error, key === 'error' ? '' : `${safe(key)}: `, paint),
    );
    return [head, ...blocks, ''].join('\n');
  };
}

/** Taken from the JSON line: what can be read of hostile values has been decided there. */
function partsOf(record: LogRecord) {
  const line = JSON.parse(formatLine(record)) as Members;
  const { timestamp: _time, level: _level, message, ...fields } = line;
  const all = Object.entries(fields);
  return {
    message: safe(String(message)),
    inline: Object.fromEntries(all.filter(([, value]) => !isError(value))),
    errors: all.filter((entry): entry is [string, Members] => isError(entry[1])),
  };
}

/** Whether a value is what the line makes of an error. */
function isError(value: unknown): value is Members {
  const { type, message, stack } = (value ?? {}) as Members;
  return [type, message, stack].every((each) => typeof each === 'string');
}

function block(error: Members, label: string, paint: Paint): string[] {
  const { type, message, stack, cause, errors, ...own } = error;
  const title = paint('red', indented(safe(`${String(type)}: ${String(message)}`)));
  return [
    `${INDENT}${label}${title}${membersText(own, paint)}`,
    ...framesOf(String(stack)).map((frame) => `${INDENT}${INDENT}${paint('gray', safe(frame))}`),
    ...(cause === undefined ? [] : nested(cause, 'caused by ', paint)),
    ...(Array.isArray(errors) ? errors.flatMap((each) => nested(each, 'one of them: ', paint)) : []),
  ];
}

function nested(value: unknown, label: string, paint: Paint): string[] {
  return isError(value) ? block(value, label, paint) : [`${INDENT}${label}${valueText(value)}`];
}

/** A stack begins with the name and the message, which stand above it already. */
function framesOf(stack: string): string[] {
  const lines = stack.split('\n').map((line) => line.trim());
  const first = lines.findIndex((line) => line.startsWith('at '));
  return first < 0 ? lines : lines.slice(first);
}

function membersText(members: Members, paint: Paint): string {
  const texts = Object.entries(members).map(
    ([key, value]) => `${paint('cyan', valueText(key))}=${valueText(value)}`,
  );
  return texts.length === 0 ? '' : `  ${texts.join(' ')}`;
}

const SIMPLE = /^[\w.,:;/@+%#-]+$/;

function valueText(value: unknown): string {
  return typeof value === 'string' && SIMPLE.test(value) ? value : safe(JSON.stringify(value));
}

/** The further lines of a text must not look like log lines. */
function indented(text: string): string {
  return text.replaceAll('\n', `\n${INDENT}`);
}

/** Characters that move the cursor, change colours or turn the direction of writing are shown, not sent. */
function safe(text: string): string {
  return text.replace(/[\p{Cc}\p{Bidi_Control}\p{Zl}\p{Zp}]/gu, (character) =>
    character === '\n' || character === '\t' ? character : escaped(character),
  );
}

function escaped(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}

/** Hours to milliseconds where the program runs; a time that is none stands as it is. */
function localTime(timeMs: number): string {
  const time = new Date(timeMs);
  if (Number.isNaN(time.getTime())) return String(timeMs);
  return `${time.toTimeString().slice(0, 'hh:mm:ss'.length)}.${String(time.getMilliseconds()).padStart(3, '0')}`;
}
