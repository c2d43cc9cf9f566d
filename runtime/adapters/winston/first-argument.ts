import { guarded, isError, readable } from '../../serialize/guard.js';
import { httpName } from '../../serialize/http-shapes.js';
import { copyOf, isPlain, setMember } from '../../serialize/view.js';
import { LEVEL, type Info } from './info.js';
import { errorIn } from './info-error.js';
import { withoutAppended } from './left-values.js';

type Members = Record<string, unknown>;

/** What the first argument behind a message adds to its info. */
export interface FirstArgument {
  /** The message without what winston has appended of a member `message`. */
  readonly message: unknown;
  /** A further value of the log call; `undefined` if the members say all. */
  readonly value: unknown;
}

/**
 * Reads the first argument, of whose own members winston has made members of the info. Takes those away that the value shows better.
 */
export function firstArgument(first: unknown, message: unknown, members: Members, info: Info): FirstArgument {
  if (typeof first !== 'object' || first === null) return { message, value: undefined };
  if (isError(first)) return { message, value: errorIn(members, message, first) };
  if (guarded(() => isPlain(first) && !('toJSON' in first), false)) return ofFields(first, message, info);
  return { message, value: ofInstance(first, members) };
}

/** A Map has no own members, and other objects know better what to show, by their `toJSON` for instance. */
function ofInstance(first: object, members: Members): unknown {
  const names = guarded(() => Object.keys(first), []);
  const isAsItWas = names.every((name) => members[name] === readable(() => (first as Members)[name]));
  // Members of a request hold its headers.
  if (!isAsItWas && httpName(first) === undefined) return undefined;
  for (const name of names) delete members[name];
  return first;
}

/** Keeps members whose names winston uses itself: it overwrites them, or appends them to the message. */
function ofFields(first: object, message: unknown, info: Info): FirstArgument {
  const given = copyOf(first);
  const kept: Members = {};
  for (const name of ['level', 'timestamp'])
    if (given[name] !== undefined && ![info[name], info[LEVEL]].includes(given[name]))
      kept[name] = given[name];
  // Object.assign does not copy it.
  if (Object.hasOwn(given, '__proto__')) setMember(kept, '__proto__', given['__proto__']);
  const own = given['message'];
  const shown = typeof message === 'string' ? withoutAppended(message, first) : message;
  if (own !== undefined && (shown !== message || !own || typeof own === 'object'))
    kept[isError(own) ? 'error' : 'message'] = own;
  return { message: shown, value: Object.keys(kept).length === 0 ? undefined : kept };
}
