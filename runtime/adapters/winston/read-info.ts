import type { Level } from '../../../contract/levels.js';
import { readLogCall, type LogCall } from '../../logger/log-call.js';
import { givenFields } from '../../logger/given-fields.js';
import { CENSOR } from '../../serialize/censor.js';
import { guarded, isError, readable } from '../../serialize/guard.js';
import type { Rules } from '../../serialize/reading.js';
import { setMember } from '../../serialize/view.js';
import { MESSAGE, SPLAT, type Info } from './info.js';
import { firstArgument } from './first-argument.js';
import { errorWithout, regroupError } from './info-error.js';
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
  const { message, before, behind } = isError(info)
    ? ofError(info, members, context)
    : ofMembers(info, members);
  const fields = { ...members, ...levelFields(context.levelName, context.level, info, members) };
  if (typeof message === 'string' && before.length + behind.length === 0) return { message, fields };
  const own = Object.keys(fields).length === 0 ? [] : [fields];
  return readLogCall([...own, ...before, message, ...behind], rules);
}

/** Message and values of a log call that are to be added to the members. */
interface Given {
  readonly message: unknown;
  /** What is read before the message, so that no placeholder takes it. */
  readonly before: readonly unknown[];
  readonly behind: readonly unknown[];
}

/** The members but for those of the line, each read once. */
function membersOf(info: Info, { isTimed }: InfoContext): Members {
  const members: Members = {};
  for (const name of Object.keys(info)) {
    const isOfLine = name === 'level' || name === 'message' || (isTimed && name === 'timestamp');
    if (!isOfLine)
      setMember(
        members,
        name,
        readable(() => info[name]),
      );
  }
  return members;
}

/** An info that is an error: its own members are shown with it, those of the logger beside it. */
function ofError(error: Info & Error, members: Members, { defaultNames, isTimed }: InfoContext): Given {
  const beside = defaultNames.filter((name) => Object.hasOwn(members, name));
  const others = new Set(['level', ...beside, ...(isTimed ? ['timestamp'] : [])]);
  for (const name of Object.keys(members)) if (!beside.includes(name)) delete members[name];
  members['error'] = errorWithout(error, others);
  return { message: readable(() => error.message), before: [], behind: [] };
}

function ofMembers(info: Info, members: Members): Given {
  const splat = info[SPLAT];
  const given = messageOf(info, members);
  const { values, unclear, isUnread } = leftValues(given, splat);
  if (unclear) members['splat'] = unclear;
  const { message, value } = firstArgument(isUnread ? undefined : splat?.[0], given, members, info);
  regroupError(members, message);
  hideHeads(members);
  const all = [value, ...values].filter((each) => each !== undefined);
  if (isUnread) return { message, before: [], behind: all };
  return { message, before: all.filter(hasFields), behind: all.filter((each) => !hasFields(each)) };
}

function hasFields(value: unknown): boolean {
  return givenFields(value) !== undefined;
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

/** Members of requests and responses of Node.js that hold headers or bodies. A child logger makes members of them, too. */
const HEADS = ['rawHeaders', 'rawTrailers', '_header', 'outputData', '_readableState'];

function hideHeads(members: Members): void {
  for (const name of HEADS) if (Object.hasOwn(members, name)) members[name] = CENSOR;
}
