import { rejectedRanges, type RejectedRange } from './rejections.js';
import type { PutAnswer } from './port.js';

/**
 * How long to wait before the next attempt: `throttle` and `slow` wait longer from the start, `creation` longest: it is of streams that
 * cannot be made because too many are.
 */
export type Ladder = 'transient' | 'throttle' | 'slow' | 'creation';

/** What an answer or an error means for the batch. */
export type Verdict =
  | {
      readonly kind: 'delivered';
      readonly rejected: readonly RejectedRange[];
      /** What an endpoint older than 2023 expects in the next call. */
      readonly nextToken?: string | undefined;
    }
  | {
      readonly kind: 'retry';
      readonly ladder: Ladder;
      readonly reason: string;
      /** The server's own wish, in milliseconds. */
      readonly retryAfterMs?: number | undefined;
    }
  /** The log group or the log stream does not exist. */
  | { readonly kind: 'provision'; readonly reason: string }
  /** The endpoint takes no compressed body. */
  | { readonly kind: 'plain'; readonly reason: string }
  /** The endpoint may have refused the call for its entity. */
  | { readonly kind: 'bare'; readonly reason: string }
  /** An endpoint older than 2023 wants this sequence token; none for a fresh stream. */
  | { readonly kind: 'token'; readonly reason: string; readonly expected: string | undefined }
  /** The call as such is malformed, or too large. Sending it again unchanged is pointless. */
  | { readonly kind: 'divide'; readonly reason: string };

/** What the verdict depends on besides the answer. */
export interface CallFacts {
  readonly isCompressed: boolean;
  /** Not the service's own endpoint, but one from the settings. */
  readonly isCustomEndpoint: boolean;
  readonly hasEntity: boolean;
}

const THROTTLED = new Set([
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
]);

/** The service does not accept who calls, or that it may: other credentials might be accepted. */
const REFUSED_CALLERS = new Set([
  'UnrecognizedClientException',
  'InvalidClientTokenId',
  'InvalidAccessKeyId',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'IncompleteSignature',
  'IncompleteSignatureException',
  'ExpiredTokenException',
  'ExpiredToken',
  'TokenRefreshRequired',
  'RequestExpired',
  'RequestTimeTooSkewed',
  'AccessDeniedException',
  'AccessDenied',
  'NotAuthorized',
  'AuthFailure',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
]);

/** Credentials, clock, policy, Region or quota: a person has to act, and may do so while events wait. */
export const NEEDS_REPAIR = new Set([
  ...REFUSED_CALLERS,
  'CredentialsProviderError',
  'AssumeRoleRefused',
  'RegionMissing',
  'RegionMalformed',
  'SdkMissing',
  'OptInRequired',
  'LimitExceededException',
]);

/** Whether the service refuses the credentials, rather than what was asked with them. */
export function isRefusalOfCaller(error: unknown): boolean {
  return REFUSED_CALLERS.has(traits(error).reason);
}

const MALFORMED = new Set([
  'InvalidParameterException',
  'ValidationException',
  'SerializationException',
  'MalformedHttpRequestException',
  'RequestEntityTooLargeException',
]);

/** How an endpoint says that it cannot read a compressed body. The exact form is assumed (service contract, 6). */
const COMPRESSION_REFUSED = new Set([
  'MalformedHttpRequestException',
  'SerializationException',
  'UnknownOperationException',
]);

/** The meaning of a 200 for a call of `count` events. */
export function verdictOfAnswer(answer: PutAnswer, count: number): Verdict {
  // A proxy or a broken connection can say 200, too; only the service itself sends a request id.
  if (!answer.requestId) return { kind: 'retry', ladder: 'transient', reason: 'noRequestId' };
  const rejected = rejectedRanges(answer.rejectedLogEventsInfo, count);
  return { kind: 'delivered', rejected, nextToken: answer.nextSequenceToken };
}

/** The meaning of an error of the SDK, or of Node's network. Names decide, never classes. */
export function verdictOfError(error: unknown, facts: Partial<CallFacts> = {}): Verdict {
  const { reason, status, retryAfterMs, expectedSequenceToken } = traits(error);
  const serverFault = status !== undefined && status >= 500;
  if (reason === 'ResourceNotFoundException') return { kind: 'provision', reason };
  if (reason === 'InvalidSequenceTokenException')
    return { kind: 'token', reason, expected: expectedSequenceToken };
  // Endpoints older than 2023 suppress duplicates: the events are there already.
  if (reason === 'DataAlreadyAcceptedException')
    return { kind: 'delivered', rejected: [], nextToken: expectedSequenceToken };
  if (facts.isCompressed && (COMPRESSION_REFUSED.has(reason) || (serverFault && facts.isCustomEndpoint))) {
    return { kind: 'plain', reason };
  }
  if (THROTTLED.has(reason) || status === 429)
    return { kind: 'retry', ladder: 'throttle', reason, retryAfterMs };
  if (NEEDS_REPAIR.has(reason)) return { kind: 'retry', ladder: 'slow', reason, retryAfterMs };
  if (facts.hasEntity && (MALFORMED.has(reason) || (status === 400 && facts.isCustomEndpoint)))
    return { kind: 'bare', reason };
  if (MALFORMED.has(reason) || status === 413) return { kind: 'divide', reason };
  return { kind: 'retry', ladder: 'transient', reason, retryAfterMs };
}

/** The text of an error in one line. That of several attempts to connect has none of its own. */
export function messageOf(error: unknown): string {
  const { message, errors }: { message?: unknown; errors?: unknown } = Object(error);
  if (message === '' && Array.isArray(errors)) return errors.map(messageOf).join(', ');
  const text = typeof message === 'string' ? message : String(error);
  return text.trim().replaceAll(/\s+/g, ' ');
}

/** Name and text of an error. Those of Node.js have their code at the beginning of the text, or after the system call. */
export function describeError(reason: string, message: string): string {
  if (message === '') return reason;
  const [, code] = /^(?:[a-z]+ )?([A-Z][A-Z_]+)\b/.exec(message) ?? [];
  return code === reason ? message : `${reason}: ${message}`;
}

interface SdkError {
  readonly name?: unknown;
  readonly code?: unknown;
  readonly expectedSequenceToken?: unknown;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly $response?: { readonly headers?: Readonly<Record<string, string>> };
}

/** Node's network errors are all called "Error" and differ in their `code`. */
export function traits(error: unknown) {
  const { name, code, expectedSequenceToken, $metadata, $response }: SdkError =
    typeof error === 'object' && error !== null ? error : {};
  const chosen = typeof code === 'string' && code !== '' ? code : name;
  return {
    reason: typeof chosen === 'string' ? chosen : 'unknown',
    status: $metadata?.httpStatusCode,
    retryAfterMs: wishedDelayMs($response?.headers ?? {}),
    expectedSequenceToken: typeof expectedSequenceToken === 'string' ? expectedSequenceToken : undefined,
  };
}

/** `x-amz-retry-after` is in milliseconds, `retry-after` in seconds. A date, its other form, is not used by AWS. */
function wishedDelayMs(headers: Readonly<Record<string, string>>): number | undefined {
  const milliseconds = Number(headers['x-amz-retry-after'] ?? Number(headers['retry-after']) * 1_000);
  return milliseconds >= 0 ? milliseconds : undefined;
}
