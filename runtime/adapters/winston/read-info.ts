import type { Level } from '../../../contract/levels.js';
import type { Fields } from '../../log-record.js';
import { readLogCall, type LogCall } from '../../logger/log-call.js';
import { isFields } from '../../logger/given-fields.js';
import { CENSOR } from '../../serialize/censor.js';
import { guarded, isError, readable } from '../../serialize/guard.js';
import { httpName } from '../../serialize/http-shapes.js';
import type { Rules } from '../../serialize/reading.js';
import { setMember } from '../../serialize/view.js';
import { LEVEL, MESSAGE, SPLAT, type Info } from './info.js';
import { errorIn, errorWithout, regroupError } from './info-error.js';
import { levelFields } from './info-level.js';
import { leftValues } from './left-values.js';

type Members = Record<string, unknown>;

/** What is known of an info besides its members. */
export interface InfoContext {
  readonly levelName: string;
  readonly level: Level;
  /** Whether the time of the event says all of the member `timestamp`. */
  readonly isTimed: boolean;
  /** Names of the logger's `defaultMeta`. */
  readonly defaultNames: readonly string[];
}

/**
 * Message and fields of an info. Its members are read as the formats have left them; of the arguments of the log call, only what
 * winston itself leaves out is added.
 */
export function readInfo(info: Info, context: InfoContext, rules: Rules | undefined): LogCall {
  const members = membersOf(info, context);
  const { message, others } = isError(info) ? ofError(info, members, context) : ofMembers(info, members);
  const fields = { ...members, ...levelFields(context.levelName, context.level, info, members) };
  if (typeof message === 'string' && others.length === 0) return { message, fields };
  const hasFields = Object.keys(fields).length > 0;
  // Before the message, so that no placeholder takes them.
  return readLogCall([...(hasFields ? [fields] : []), message, ...others], rules);
}

interface Given {
  readonly message: unknown;
  readonly others: readonly unknown[];
}

/** The members but for those of the line, each read once. */
function membersOf(info: Info, { isTimed }: InfoContext): Members {
  const members: Members = {};
  for (const name of Object.keys(info)) {
    const isOfLine = name === 'level' || name === 'message' || (isTimed && name === 'timestamp');
    if (!isOfLine) setMember(members, name, readable(() => info[name]));
  }
  return members;
}

/** An info that is an error: its own members are shown with it, those of the logger beside it. */
function ofError(error: Info & Error, members: Members, { defaultNames, isTimed }: InfoContext): Given {
  const beside = defaultNames.filter((name) => Object.hasOwn(members, name));
  const others = new Set(['level', ...beside, ...(isTimed ? ['timestamp'] : [])]);
  for (const name of Object.keys(members)) if (!beside.includes(name)) delete members[name];
  members['error'] = errorWithout(error, others);
  return { message: readable(() => error.message), others: [] };
}

function ofMembers(info: Info, members: Members): Given {
  const message = messageOf(info, members);
  const splat = info[SPLAT];
  const { values, unclear } = leftValues(message, splat);
  if (unclear) members['splat'] = unclear;
  const first = isPlaced(message, values, splat) ? undefined : splat?.[0];
  const others = first === undefined || first === null ? values : [...ofFirst(first, members, info), ...values];
  regroupError(members, message);
  hideHeads(members);
  return { message, others: others.filter((value) => value !== undefined) };
}

/** Whether the arguments are still to fill the placeholders, so that winston has made members of none. */
function isPlaced(message: unknown, values: readonly unknown[], splat: readonly unknown[] | undefined): boolean {
  return typeof message === 'string' && values.length > 0 && values.length === splat?.length;
}

/** What is added for the first argument, of whose own members winston has made members of the info. */
function ofFirst(first: unknown, members: Members, info: Info): unknown[] {
  if (typeof first !== 'object' || first === null) return [];
  if (isError(first)) return [errorIn(members, info.message, first)];
  if (isFields(first)) return [overwritten(first, info)];
  const names = guarded(() => Object.keys(first), []);
  const isHttp = httpName(first) !== undefined;
  const isAsItWas = names.every((name) => members[name] === readable(() => (first as Members)[name]));
  if (!isHttp && !isAsItWas) return [];
  // A Map has no own members, and the object itself knows better what to show, by its `toJSON` for instance.
  for (const name of names) delete members[name];
  return [first];
}

/** The members of an argument that winston has overwritten by its own, or written into the message without their own members. */
function overwritten(first: object, info: Info): Fields | undefined {
  const { level, message, timestamp } = guarded(() => ({ ...first }) as Fields, {});
  const isText = typeof message !== 'object' || message === null;
  const lost = {
    ...(level !== undefined && level !== info.level && level !== info[LEVEL] && { level }),
    ...(!isText && (isError(message) ? { error: message } : { message })),
    ...(timestamp !== undefined && timestamp !== info['timestamp'] && { timestamp }),
  };
  return Object.keys(lost).length === 0 ? undefined : lost;
}

/** `format.logstash()` takes the message away from the info: then only the text has it. */
function messageOf(info: Info, members: Members): unknown {
  if ('message' in info) return info.message;
  const text = info[MESSAGE];
  const isOfLogstash = typeof text === 'string' && text.includes('"@fields"');
  const told = isOfLogstash ? guarded(() => JSON.parse(text) as Members, {}) : {};
  if (told['@timestamp'] !== undefined) members['@timestamp'] = told['@timestamp'];
  return told['@message'] ?? '';
}

/** Members of a request or response of Node.js that hold its headers, where an info has become one. */
const HEADS = ['rawHeaders', 'rawTrailers', '_header'];

function hideHeads(members: Members): void {
  for (const name of HEADS) if (Object.hasOwn(members, name)) members[name] = CENSOR;
}
