import { configure } from 'safe-stable-stringify';

/** For what `JSON.stringify` refuses. Keeps the order of members; cycles become text. */
const tolerantStringify = configure({ deterministic: false, circularValue: '[circular]', bigint: true });

/** JSON of any value; never throws, and always has text. */
export function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? 'null';
  } catch {
    return tolerantJson(value);
  }
}

function tolerantJson(value: unknown): string {
  try {
    return tolerantStringify(value) ?? 'null';
  } catch (error) {
    return isPlain(value) ? memberwiseJson(value) : JSON.stringify(unserializable(error));
  }
}

/** The bad member costs itself, not its neighbours. */
function memberwiseJson(value: object): string {
  const members = Object.keys(value).map((key) => `${JSON.stringify(key)}:${memberJson(value, key)}`);
  return `{${members.join(',')}}`;
}

function memberJson(value: object, key: string): string {
  try {
    return jsonOf(value[key as keyof typeof value]);
  } catch (error) {
    return JSON.stringify(unserializable(error));
  }
}

function isPlain(value: unknown): value is object {
  try {
    return (
      typeof value === 'object' && value !== null && Object.keys(value).length > 0 && !('toJSON' in value)
    );
  } catch {
    return false;
  }
}

function unserializable(error: unknown): string {
  return `[unserializable: ${describe(error)}]`;
}

function describe(error: unknown): string {
  try {
    return error instanceof Error ? error.message : String(error);
  } catch {
    return 'no reason given';
  }
}
