/** The service discovers this many fields of a JSON event at most (documented). */
const MAX_FIELDS = 200;

/** The fields of a JSON message by their paths, such as `error.type` and `items.0.id`; none for another message. */
export function discoveredFields(message: string): Map<string, string> {
  return message.startsWith('{') ? fieldsOf(parsed(message)) : new Map();
}

/** `null` for a text that is no JSON. */
function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return null;
  }
}

interface Place {
  readonly path: string;
  readonly value: unknown;
}

/** Keeps the places ahead in a list: a line may be nested more deeply than functions can call themselves. */
function fieldsOf(root: unknown): Map<string, string> {
  const fields = new Map<string, string>();
  const ahead: Place[] = [{ path: '', value: root }];
  for (let next = ahead.pop(); next !== undefined && fields.size < MAX_FIELDS; next = ahead.pop()) {
    const { path, value } = next;
    if (typeof value === 'object') for (const member of membersOf(path, value)) ahead.push(member);
    else fields.set(path, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return fields;
}

/** The last one first, so that the first one is taken next. */
function membersOf(path: string, value: object | null): Place[] {
  return Object.entries(value ?? {})
    .map(([name, member]: [string, unknown]) => ({
      path: path === '' ? name : `${path}.${name}`,
      value: member,
    }))
    .toReversed();
}
