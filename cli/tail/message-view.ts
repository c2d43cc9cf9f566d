import type { Level } from '../../contract/levels.js';
import { errorChain, type ErrorStep } from '../../local/lines/error-chain.js';
import { type Fields, parseFields } from '../../local/lines/fields.js';
import { LEVEL_NAMES, levelOf, TIME_NAMES, timeOf } from '../../runtime/adapters/lines/recognized-line.js';
import { errorRest } from './error-rest.js';

/** What a message says, apart from its form. */
export interface MessageView {
  readonly level: Level | undefined;
  readonly text: string;
  /** Members of a JSON line that have no place of their own. */
  readonly fields: Fields;
  readonly errors: readonly ErrorStep[];
  /** Whether it is a line of Lambda about an invocation, which the program did not write. */
  readonly isOfPlatform: boolean;
}

const MESSAGE_NAMES = ['message', 'msg', '@message', 'event'];
/** The first one that is there has the error. */
const ERROR_NAMES = ['error', 'err', 'exception', 'stack'];

/** Lines that Lambda writes about an invocation in its text format. */
const PLATFORM = /^(?:INIT_START|START|END|REPORT|EXTENSION|TELEMETRY|XRAY) /;

/** What Lambda's Node.js runtime puts before a line of the console: time, request, level. */
const OF_CONSOLE = /^\d{4}-\d\d-\d\dT[\d:.]+Z\t([\da-f-]{36}|undefined)\t([A-Z]+)\t/;

/** Words of loggers for levels, near the beginning of a line. */
const LEVEL_WORD = /\b(TRACE|DEBUG|INFO|NOTICE|WARN|WARNING|ERROR|FATAL|CRITICAL)\b/;
const BEGINNING = 200;

/** Reads a message, whoever has written it. */
export function viewOf(message: string): MessageView {
  const [prefix, requestId, level] = OF_CONSOLE.exec(message) ?? [];
  if (prefix !== undefined) return ofConsole(message.slice(prefix.length), requestId!, level!);
  const fields = parseFields(message);
  return fields === undefined ? ofText(message) : ofFields(fields);
}

function ofConsole(rest: string, requestId: string, level: string): MessageView {
  const view = viewOf(rest);
  const fields = requestId === 'undefined' ? view.fields : { ...view.fields, requestId };
  return { ...view, level: view.level ?? levelOf(level), fields };
}

function ofText(message: string): MessageView {
  const text = message.trimEnd();
  const isOfPlatform = PLATFORM.test(text);
  const [, word = ''] = (!isOfPlatform && LEVEL_WORD.exec(text.slice(0, BEGINNING))) || [];
  return { level: levelOf(word), text, fields: {}, errors: [], isOfPlatform };
}

function ofFields(fields: Fields): MessageView {
  const levelName = LEVEL_NAMES.find((name) => levelOf(fields[name]) !== undefined);
  const messageName = MESSAGE_NAMES.find((name) => typeof fields[name] === 'string');
  const found = ERROR_NAMES.find((name) => isError(name, fields[name]));
  const errors = found === undefined ? [] : errorChain({ error: fields[found] });
  const errorName = errors.length === 0 ? undefined : found;
  const rest = errorName === undefined ? undefined : errorRest(fields[errorName]);
  const shown = [
    TIME_NAMES.find((name) => timeOf(fields[name]) !== undefined),
    levelName,
    messageName,
    errorName,
  ];
  const others = Object.entries(fields).filter(([name]) => !shown.includes(name));
  return {
    level: levelName === undefined ? undefined : levelOf(fields[levelName]),
    text: messageName === undefined ? '' : (fields[messageName] as string).trimEnd(),
    fields: Object.fromEntries(rest === undefined ? others : [...others, [errorName!, rest]]),
    errors,
    isOfPlatform: false,
  };
}

function isError(name: string, value: unknown): boolean {
  return name === 'stack' ? typeof value === 'string' : value !== undefined && value !== null;
}
