import { MAX_NAME_LENGTH, MAX_STREAM_PREFIX_LENGTH } from './limits.js';

/** The rule that a name breaks; `undefined` for a good name. */
type NameProblem = string | undefined;

export const LOG_GROUP_NAME_RULE = `1 to ${MAX_NAME_LENGTH} of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"`;
export const LOG_STREAM_NAME_RULE = `1 to ${MAX_NAME_LENGTH} characters, without ":" and "*"`;
export const LOG_STREAM_PREFIX_RULE = `1 to ${MAX_STREAM_PREFIX_LENGTH} characters, without ":" and "*"`;
export const ROLE_ARN_RULE =
  'the ARN of an IAM role, such as arn:aws:iam::123456789012:role/log-writer, without wildcards';
export const EXTERNAL_ID_RULE = '2 to 1224 of the characters a-z A-Z 0-9 _ + = , . @ : / -';

/** Source: API, LogGroupName pattern; the reserved prefix is in the guide of CreateLogGroup. */
export function logGroupNameProblem(name: string): NameProblem {
  const legal =
    /^[.\-_/#A-Za-z0-9]+$/.test(name) && name.length <= MAX_NAME_LENGTH && !name.startsWith('aws/');
  return legal ? undefined : LOG_GROUP_NAME_RULE;
}

/** Source: API, LogStreamName pattern. An ISO time cannot be part of it, because of its colons. */
export function logStreamNameProblem(name: string): NameProblem {
  const legal = /^[^:*]+$/.test(name) && name.length <= MAX_NAME_LENGTH;
  return legal ? undefined : LOG_STREAM_NAME_RULE;
}

/** As {@link logStreamNameProblem}, with room left for the rest of the name. */
export function logStreamPrefixProblem(prefix: string): NameProblem {
  const legal = logStreamNameProblem(prefix) === undefined && prefix.length <= MAX_STREAM_PREFIX_LENGTH;
  return legal ? undefined : LOG_STREAM_PREFIX_RULE;
}

/** Source: the IAM API's patterns of a role's path and name. */
export function roleArnProblem(arn: string): NameProblem {
  const legal = /^arn:aws[a-z-]*:iam::\d{12}:role\/([!-)+->@-~]{1,510}\/)?[\w+=,.@-]{1,64}$/.test(arn);
  return legal ? undefined : ROLE_ARN_RULE;
}

/** Source: the STS API, ExternalId of AssumeRole. */
export function externalIdProblem(id: string): NameProblem {
  return /^[\w+=,.@:/-]{2,1224}$/.test(id) ? undefined : EXTERNAL_ID_RULE;
}
