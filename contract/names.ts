import { MAX_NAME_LENGTH } from './limits.js';

/** What is wrong with a name, and what is allowed instead; `undefined` for a good name. */
type NameProblem = string | undefined;

export const LOG_GROUP_NAME_RULE = `1 to ${MAX_NAME_LENGTH} of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"`;
export const LOG_STREAM_NAME_RULE = `1 to ${MAX_NAME_LENGTH} characters, without ":" and "*"`;

/** Source: API, LogGroupName pattern; the reserved prefix is in the guide of CreateLogGroup. */
export function logGroupNameProblem(name: string): NameProblem {
  const legal =
    /^[.\-_/#A-Za-z0-9]+$/.test(name) && name.length <= MAX_NAME_LENGTH && !name.startsWith('aws/');
  return legal ? undefined : LOG_GROUP_NAME_RULE;
}

/** Source: API, LogStreamName pattern. An ISO time is no legal part of it, because of its colons. */
export function logStreamNameProblem(name: string): NameProblem {
  const legal = /^[^:*]+$/.test(name) && name.length <= MAX_NAME_LENGTH;
  return legal ? undefined : LOG_STREAM_NAME_RULE;
}
