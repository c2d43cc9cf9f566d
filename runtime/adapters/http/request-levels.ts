import { MINIMUM_LEVELS, type MinimumLevel } from '../../../contract/levels.js';
import type { Problem } from '../../../contract/problems.js';
import type { RequestFacts } from './request-facts.js';

/** Levels by status, `404`, by class of status, `4xx`, or for `aborted` requests. */
export type RequestLevels = Readonly<Record<string, MinimumLevel | undefined>>;

const KEY = /^([1-5]\d\d|[1-5]xx|aborted)$/;

const NO_KEY = 'no such key; there are statuses such as 404, their classes 1xx to 5xx, and aborted';

/** Whether a value is a level, or `silent`. */
export function isLevel(value: unknown): value is MinimumLevel {
  return MINIMUM_LEVELS.some((level) => level === value);
}

/** Whether the work has failed: an answer that blames the client is none of our failures, be it for an error. */
export function hasFailed({ statusCode = 0, error, isAborted }: RequestFacts): boolean {
  const isClientError = statusCode >= 400 && statusCode < 500;
  return isAborted || statusCode >= 500 || (error !== undefined && !isClientError);
}

/** The level where no option says another. */
export function defaultLevel(facts: RequestFacts): MinimumLevel {
  if (facts.isAborted && facts.error === undefined) return 'warn';
  if (hasFailed(facts)) return 'error';
  return (facts.statusCode ?? 0) >= 400 ? 'warn' : 'info';
}

/** The level that a table has for a request. */
export function levelIn(table: RequestLevels, { statusCode = 0, isAborted }: RequestFacts): unknown {
  if (isAborted) return table['aborted'];
  return table[statusCode] ?? table[`${Math.floor(statusCode / 100)}xx`];
}

/** What is wrong with a table. */
export function levelProblems(where: string, table: object): Problem[] {
  return Object.entries(table).flatMap(([key, value]: [string, unknown]) => {
    const at = `${where}.${key}`;
    if (!KEY.test(key)) return [{ where: at, value, allowed: NO_KEY }];
    const isFine = value === undefined || isLevel(value);
    return isFine ? [] : [{ where: at, value, allowed: `one of ${MINIMUM_LEVELS.join(', ')}` }];
  });
}
