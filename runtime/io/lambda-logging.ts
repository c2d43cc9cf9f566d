import type { Environment } from '../../contract/codec.js';
import { LEVELS, levelRank, type Level } from '../../contract/levels.js';

/**
 * The level below which Lambda discards lines of standard output and error: it reads the member `level` of JSON, and takes a line
 * without one for `info`. `undefined` where it discards nothing.
 *
 * Source: Lambda developer guide, log-level filtering; the variables are those of the runtime.
 */
export function lambdaLevel(env: Environment): Level | undefined {
  if (env['AWS_LAMBDA_LOG_FORMAT']?.toUpperCase() !== 'JSON') return undefined;
  const applied = env['AWS_LAMBDA_LOG_LEVEL']?.toLowerCase();
  return LEVELS.find((level) => level === applied);
}

/** A text for stderr, as JSON of a level that Lambda does not discard where it would take the plain text for `info`. */
export function keptByLambda(text: string, timeMs: number, env: Environment = process.env): string {
  const applied = lambdaLevel(env);
  if (applied === undefined || levelRank[applied] <= levelRank.info) return text;
  return JSON.stringify({ timestamp: new Date(timeMs).toISOString(), level: applied, message: text });
}
