import { readLogCall } from '../../logger/log-call.js';
import { guarded } from '../../serialize/guard.js';
import type { Rules } from '../../serialize/reading.js';
import { MESSAGE, SPLAT, type Info } from './info.js';
import { leftValues } from './left-values.js';
import { briefly } from './transport-options.js';

/** The text that a formatter makes of an info; the one of winston-cloudwatch if it makes none, or throws. */
export function formatterText(
  formatter: (info: Info) => unknown,
  info: Info,
  onFailed: (reason: string) => void,
): string {
  try {
    const text = formatter(info);
    // The service takes no empty line.
    if (typeof text === 'string' && text !== '') return text;
    if (text !== '') onFailed('returned no text');
  } catch (error) {
    onFailed(`threw: ${String(error)}`);
  }
  return guarded(() => briefly(info), '');
}

/** The text of winston-cloudwatch, with placeholders filled that no format has filled. */
export function briefText(info: Info, rules: Rules | undefined): string {
  return guarded(() => {
    const { level, message, [SPLAT]: splat = [] } = info;
    const { isUnread } = leftValues(message, splat);
    return briefly({ level, message: isUnread ? readLogCall([message, ...splat], rules).message : message });
  }, '');
}

/** The text that formats have made of an info; `undefined` if it is empty, or the JSON of its members, as `format.json()` makes it. */
export function formatText(info: Info): string | undefined {
  const text = info[MESSAGE];
  return typeof text === 'string' && text !== '' && !isJsonOf(text, info) ? text : undefined;
}

function isJsonOf(text: string, info: Info): boolean {
  if (!text.startsWith('{')) return false;
  const members = guarded(() => JSON.parse(text) as object, undefined);
  return members !== undefined && Object.keys(members).every((name) => name in info);
}
