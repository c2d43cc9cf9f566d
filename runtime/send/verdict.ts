import { rejectedRanges, type RejectedRange } from '../ack/rejections.js';
import type { PutAnswer } from './port.js';

/** How long to wait before the next attempt: `throttle` and `slow` wait longer from the start. */
export type Ladder = 'transient' | 'throttle' | 'slow';

/** What an answer or an error means for the batch. */
export type Verdict =
  | { readonly kind: 'delivered'; readonly rejected: readonly RejectedRange[] }
  | { readonly kind: 'retry'; readonly ladder: Ladder; readonly reason: string }
  /** The log group or the log stream does not exist. */
  | { readonly kind: 'provision'; readonly reason: string }
  /** The call as such is malformed: an event in it, or its size. Sending it again unchanged is pointless. */
  | { readonly kind: 'split'; readonly reason: string };

const THROTTLED = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]);

/** Credentials, clock, policy or quota: a person has to act, and may do so while events wait. */
const NEEDS_REPAIR = new Set([
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredTokenException',
  'RequestExpired',
  'AccessDeniedException',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'CredentialsProviderError',
  'OptInRequired',
  'LimitExceededException',
]);

const MALFORMED = new Set([
  'InvalidParameterException',
  'ValidationException',
  'SerializationException',
  'MalformedHttpRequestException',
  'RequestEntityTooLargeException',
]);

/** The meaning of a 200 for a call of `count` events. */
export function verdictOfAnswer(answer: PutAnswer, count: number): Verdict {
  // A proxy or a broken connection can say 200, too; only the service itself sends a request id.
  if (!answer.requestId) return { kind: 'retry', ladder: 'transient', reason: 'noRequestId' };
  return { kind: 'delivered', rejected: rejectedRanges(answer.rejectedLogEventsInfo, count) };
}

/** The meaning of an error of the SDK, or of Node's network. Errors are told apart by name, never by class. */
export function verdictOfError(error: unknown): Verdict {
  const { name, status } = traits(error);
  if (name === 'ResourceNotFoundException') return { kind: 'provision', reason: name };
  // Endpoints older than 2023 suppress duplicates: the events are there already.
  if (name === 'DataAlreadyAcceptedException') return { kind: 'delivered', rejected: [] };
  if (THROTTLED.has(name) || status === 429) return { kind: 'retry', ladder: 'throttle', reason: name };
  if (NEEDS_REPAIR.has(name)) return { kind: 'retry', ladder: 'slow', reason: name };
  if (MALFORMED.has(name) || status === 413) return { kind: 'split', reason: name };
  return { kind: 'retry', ladder: 'transient', reason: name };
}

interface Traits {
  readonly name: string;
  readonly status: number | undefined;
}

/** Node's network errors have a telling `code` and the name "Error". */
function traits(error: unknown): Traits {
  const { name, code, $metadata } = (typeof error === 'object' && error !== null ? error : {}) as {
    name?: unknown;
    code?: unknown;
    $metadata?: { httpStatusCode?: number };
  };
  const telling = typeof code === 'string' && code !== '' ? code : name;
  return { name: typeof telling === 'string' ? telling : 'unknown', status: $metadata?.httpStatusCode };
}
