import { isMap } from '../api/json.js';

/** A message without one of these words, or one of pino's numbers, is no error: it need not be parsed. */
const SUSPICIOUS = /error|fatal|critical|"level":\s*[56]\d/i;

/** In a line of text: `ERROR`, `[error]`, `Error: …`, but no name that begins so. */
const ERROR_WORD = /(?:^|[\s[(<"|])(?:error|fatal|critical)(?=$|[\s\])>":|])/i;

const ERROR_LEVEL = /^(?:error|fatal|critical)$/i;

/** pino's number for `error`. */
const ERROR_NUMBER = 50;

/** Whether a message is an error: by `level` if it is a JSON object, else by its words. */
export function isError(message: string): boolean {
  if (!SUSPICIOUS.test(message)) return false;
  const line = parseLine(message);
  return line === undefined ? ERROR_WORD.test(message.slice(0, 1_024)) : isErrorLevel(line['level']);
}

function isErrorLevel(level: unknown): boolean {
  if (typeof level === 'number') return level >= ERROR_NUMBER;
  return typeof level === 'string' && ERROR_LEVEL.test(level);
}

/** The object that a message is in JSON; undefined if it is something else. */
export function parseLine(message: string): Readonly<Record<string, unknown>> | undefined {
  if (!/^\s*\{/.test(message)) return undefined;
  try {
    const value: unknown = JSON.parse(message);
    return isMap(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
