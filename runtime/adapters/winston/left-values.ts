import { format } from 'node:util';
import { guarded, isError } from '../../serialize/guard.js';
import { isPlain } from '../../serialize/view.js';

/** The placeholders that winston knows. */
const PLACEHOLDER = /%[scdjifoO]/;

const OF_TEXTS = ['%s', '%d', '%i', '%f', '%j'];
const OF_OBJECTS = ['%s', '%j', '%o', '%O'];

/** What of the arguments behind a message has to be added, because neither winston nor a format has put it into the info. */
export interface LeftValues {
  /** For the placeholders of the message, and behind it. */
  readonly values: readonly unknown[];
  /** Whether the placeholders of the message are still to be filled, so that winston has made members of no argument. */
  readonly isUnread?: boolean;
  /** All arguments, where nobody can tell whether they are in the message already. */
  readonly unclear?: readonly unknown[];
}

const NONE: LeftValues = { values: [] };

/**
 * winston makes members of a first argument that is an object, and leaves it to `format.splat()` to fill placeholders. Without that
 * format it drops all other arguments. With it, they are in the message, or were made members and are not here any more.
 */
export function leftValues(message: unknown, splat: readonly unknown[] | undefined): LeftValues {
  if (!splat || splat.length === 0) return NONE;
  const text = typeof message === 'string' ? withoutAppended(message, splat[0]) : '';
  if (PLACEHOLDER.test(text)) {
    const mayBeThere = splat.every((value) => appears(value, text));
    return mayBeThere ? { values: [], unclear: splat } : { values: splat, isUnread: true };
  }
  const [first] = splat;
  const isMerged = typeof first === 'object' && first !== null;
  const rest = isMerged ? splat.slice(1) : splat;
  // An error stays: its members are in the message at best.
  return { values: rest.filter((value) => isError(value) || !appears(value, text)) };
}

/** winston appends the message of a first argument, an error for instance. Its placeholders are text. */
export function withoutAppended(message: string, first: unknown): string {
  const own = guarded(() => (first as { readonly message?: unknown } | null | undefined)?.message, undefined);
  const appended = guarded(() => ` ${String(own)}`, '');
  const isAppended =
    typeof first === 'object' && Boolean(own) && appended !== '' && message.endsWith(appended);
  return isAppended ? message.slice(0, -appended.length) : message;
}

/** Whether the text of a value is in a message, by whatever placeholder it came there. */
function appears(value: unknown, message: string): boolean {
  if (typeof value === 'string') return message.includes(value);
  const isObject = typeof value === 'object' && value !== null;
  // Without the signs of an object in the message, no large one has to be written out to see that it is not there.
  if (isObject && !isError(value) && isPlain(value) && !/[[{]/.test(message)) return false;
  const placeholders = isObject ? OF_OBJECTS : OF_TEXTS;
  return placeholders.some((each) => guarded(() => message.includes(format(each, value)), false));
}
