import { isMap } from '../api/json.js';

/** The service discovers this many fields of a JSON event at most (documented). */
const MAX_FIELDS = 200;

/** The fields of a JSON message by their paths, such as `error.type` and `items.0.id`; none for another message. */
export function discoveredFields(message: string): Map<string, string> {
  const fields = new Map<string, string>();
  if (message.startsWith('{')) collect(parsed(message), '', fields);
  return fields;
}

function parsed(message: string): unknown {
  try {
    return JSON.parse(message);
  } catch {
    return undefined;
  }
}

function collect(value: unknown, path: string, fields: Map<string, string>): void {
  if (fields.size >= MAX_FIELDS || value === null || value === undefined) return;
  if (!isMap(value) && !Array.isArray(value)) {
    fields.set(path, typeof value === 'string' ? value : JSON.stringify(value));
    return;
  }
  for (const [name, member] of Object.entries(value))
    collect(member, path === '' ? name : `${path}.${name}`, fields);
}
