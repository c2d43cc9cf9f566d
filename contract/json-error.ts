/** White space, then a string, another literal, or a sign. */
const TOKEN =
  // eslint-disable-next-line no-control-regex
  /[ \t\r\n]*(?:("(?:[^"\\\x00-\x1f]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|([{}[\],:]))/y;

/** What may come next; `end` after the whole value. */
type State = 'value' | 'firstItem' | 'firstKey' | 'key' | 'colon' | 'more' | 'end';

/**
 * Where a text stops being JSON, as "line 1, column 5"; `undefined` for JSON. For errors that must not quote the text: the
 * messages of `JSON.parse` quote it, and not all of them name the place.
 */
export function jsonErrorPlace(text: string): string | undefined {
  const open: string[] = [];
  let state: State | undefined = 'value';
  let at = 0;
  while (state !== 'end') {
    TOKEN.lastIndex = at;
    const found = TOKEN.exec(text);
    state = found ? stateBehind(found, state, open) : undefined;
    if (!found || !state) break;
    at += found[0].length;
  }
  const end = at + /^[ \t\r\n]*/.exec(text.slice(at))![0].length;
  return state === 'end' && end === text.length ? undefined : placeOf(text, end);
}

/** Ends a message that asks for JSON with the place of the error; empty for JSON. */
export function jsonErrorHint(text: string): string {
  const place = jsonErrorPlace(text);
  return place === undefined ? '' : `; it stops being JSON at ${place}`;
}

/** `undefined` where the token is not allowed. `open` are the brackets around it. */
function stateBehind(
  [, string, literal, sign = '']: RegExpExecArray,
  state: State,
  open: string[],
): State | undefined {
  const isClosing = sign === (open.at(-1) === '{' ? '}' : ']');
  switch (state) {
    case 'firstKey':
      return isClosing ? closed(open) : keyRead(string);
    case 'key':
      return keyRead(string);
    case 'colon':
      return sign === ':' ? 'value' : undefined;
    case 'more':
      if (sign === ',') return open.at(-1) === '{' ? 'key' : 'value';
      return isClosing ? closed(open) : undefined;
    case 'firstItem':
      if (isClosing) return closed(open);
      break;
    default:
  }
  if (sign === '{' || sign === '[') return opened(sign, open);
  return string === undefined && literal === undefined ? undefined : valueRead(open);
}

function keyRead(string: string | undefined): State | undefined {
  return string === undefined ? undefined : 'colon';
}

function valueRead(open: readonly string[]): State {
  return open.length === 0 ? 'end' : 'more';
}

function opened(sign: '{' | '[', open: string[]): State {
  open.push(sign);
  return sign === '{' ? 'firstKey' : 'firstItem';
}

function closed(open: string[]): State {
  open.pop();
  return valueRead(open);
}

function placeOf(text: string, at: number): string {
  const lines = text.slice(0, at).split('\n');
  return `line ${lines.length}, column ${lines.at(-1)!.length + 1}`;
}
