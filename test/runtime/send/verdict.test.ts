import {
  NEEDS_REPAIR,
  verdictOfAnswer,
  verdictOfError,
  type Verdict,
} from '../../../runtime/send/verdict.js';
import { errorNamed } from '../../support/fake-port.js';

const PLAIN_CALL = { isCompressed: false, isCustomEndpoint: false };
const COMPRESSED = { isCompressed: true, isCustomEndpoint: false };
const CUSTOM = { isCompressed: false, isCustomEndpoint: true };
const COMPRESSED_CUSTOM = { isCompressed: true, isCustomEndpoint: true };
const FACTS = [PLAIN_CALL, COMPRESSED, CUSTOM, COMPRESSED_CUSTOM];

/** An error as the SDK throws it. */
function serviceError(name: string, status = 400, headers: Record<string, string> = {}): Error {
  return errorNamed(name, { $metadata: { httpStatusCode: status }, $response: { headers } });
}

/** A network error as Node throws it. */
function networkError(code: string): Error {
  return Object.assign(new Error(`connect ${code} 127.0.0.1:1`), { code, errno: -111, syscall: 'connect' });
}

/** The kind, with the ladder where there is one. */
function meaning(verdict: Verdict): string {
  return verdict.kind === 'retry' ? `retry ${verdict.ladder}` : verdict.kind;
}

const THROTTLED = [
  'ThrottlingException',
  'Throttling',
  'ThrottledException',
  'RequestThrottledException',
  'RequestLimitExceeded',
  'TooManyRequestsException',
  'SlowDown',
];
const TRANSIENT = [
  'ServiceUnavailableException',
  'ServiceUnavailable',
  'InternalFailure',
  'RequestTimeout',
  'RequestTimeoutException',
  'OperationAbortedException',
  'AbortError',
  'TimeoutError',
  'SyntaxError',
  'UnknownOperationException',
  'SomethingNew',
  'Error',
];
const SLOW = [
  'LimitExceededException',
  'UnrecognizedClientException',
  'InvalidSignatureException',
  'SignatureDoesNotMatch',
  'ExpiredTokenException',
  'ExpiredToken',
  'RequestExpired',
  'AccessDeniedException',
  'AccessDenied',
  'MissingAuthenticationToken',
  'MissingAuthenticationTokenException',
  'InvalidClientTokenId',
  'OptInRequired',
  'CredentialsProviderError',
  'RegionMissing',
  'SdkMissing',
];
const DIVIDE = [
  'InvalidParameterException',
  'ValidationException',
  'SerializationException',
  'MalformedHttpRequestException',
  'RequestEntityTooLargeException',
];

describe('errors by name, in a plain call', () => {
  test.each([
    ...THROTTLED.map((name) => [name, 'retry throttle']),
    ...TRANSIENT.map((name) => [name, 'retry transient']),
    ...SLOW.map((name) => [name, 'retry slow']),
    ...DIVIDE.map((name) => [name, 'divide']),
    ['ResourceNotFoundException', 'provision'],
    ['InvalidSequenceTokenException', 'token'],
    ['DataAlreadyAcceptedException', 'delivered'],
  ])('%s: %s', (name, expected) => {
    const verdict = verdictOfError(serviceError(name), PLAIN_CALL);
    expect(meaning(verdict)).toBe(expected);
    if (verdict.kind !== 'delivered') expect(verdict.reason).toBe(name);
    expect(verdictOfError(serviceError(name), CUSTOM)).toEqual(verdict);
  });
});

describe('network errors by code', () => {
  test.each([
    'ECONNRESET',
    'ECONNREFUSED',
    'EPIPE',
    'ETIMEDOUT',
    'ENOTFOUND',
    'EAI_AGAIN',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'ECONNABORTED',
    'EPROTO',
    'ERR_SSL_WRONG_VERSION_NUMBER',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
  ])('%s: retry transient, however the call was made', (code) => {
    for (const facts of FACTS) {
      expect(verdictOfError(networkError(code), facts)).toEqual({
        kind: 'retry',
        ladder: 'transient',
        reason: code,
        retryAfterMs: undefined,
      });
    }
  });

  test('several addresses that all failed are one error with a code', () => {
    const error = Object.assign(new AggregateError([networkError('ECONNREFUSED')]), { code: 'ECONNREFUSED' });
    expect(verdictOfError(error, PLAIN_CALL)).toMatchObject({ kind: 'retry', reason: 'ECONNREFUSED' });
  });

  test('a code that is no text, as an abort has it, gives way to the name', () => {
    const error = errorNamed('AbortError', { code: 20 });
    expect(verdictOfError(error, PLAIN_CALL)).toMatchObject({ kind: 'retry', reason: 'AbortError' });
    expect(verdictOfError(errorNamed('AbortError', { code: '' }), PLAIN_CALL)).toMatchObject({
      reason: 'AbortError',
    });
  });

  test.each([undefined, null, 'text', 7, {}, { name: 7 }, { code: 7 }])(
    '%j, which is no error: retry',
    (thrown) => {
      expect(verdictOfError(thrown, PLAIN_CALL)).toEqual({
        kind: 'retry',
        ladder: 'transient',
        reason: 'unknown',
        retryAfterMs: undefined,
      });
    },
  );
});

describe('errors by status, whatever their name', () => {
  test.each([
    [412, 'retry transient'],
    [413, 'divide'],
    [414, 'retry transient'],
    [428, 'retry transient'],
    [429, 'retry throttle'],
    [430, 'retry transient'],
    [500, 'retry transient'],
    [502, 'retry transient'],
    [503, 'retry transient'],
    [504, 'retry transient'],
    [403, 'retry transient'],
  ])('%d: %s', (status, expected) => {
    expect(meaning(verdictOfError(serviceError('UnknownError', status), PLAIN_CALL))).toBe(expected);
  });

  test('a throttled call is throttled with status 400 and 503 alike', () => {
    expect(meaning(verdictOfError(serviceError('SlowDown', 503), PLAIN_CALL))).toBe('retry throttle');
  });
});

describe('a compressed body', () => {
  test.each([
    ['MalformedHttpRequestException', 400, ['divide', 'plain', 'divide', 'plain']],
    ['SerializationException', 400, ['divide', 'plain', 'divide', 'plain']],
    ['UnknownOperationException', 400, ['retry transient', 'plain', 'retry transient', 'plain']],
    ['InternalFailure', 499, Array(4).fill('retry transient')],
    ['InternalFailure', 500, ['retry transient', 'retry transient', 'retry transient', 'plain']],
    ['ServiceUnavailableException', 503, ['retry transient', 'retry transient', 'retry transient', 'plain']],
    ['InvalidParameterException', 400, Array(4).fill('divide')],
    ['RequestEntityTooLargeException', 413, Array(4).fill('divide')],
    ['ThrottlingException', 400, Array(4).fill('retry throttle')],
    ['AccessDeniedException', 400, Array(4).fill('retry slow')],
    ['ResourceNotFoundException', 400, Array(4).fill('provision')],
  ])('%s with %d: plain, compressed, custom endpoint, both: %j', (name, status, expected) => {
    expect(FACTS.map((facts) => meaning(verdictOfError(serviceError(name, status), facts)))).toEqual(
      expected,
    );
  });
});

describe("the server's wish", () => {
  const wish = (headers: Record<string, string>, name = 'ThrottlingException'): number | undefined => {
    const verdict = verdictOfError(serviceError(name, 400, headers), PLAIN_CALL);
    return verdict.kind === 'retry' ? verdict.retryAfterMs : undefined;
  };

  test.each([
    ['none', {}, undefined],
    ['seconds', { 'retry-after': '3' }, 3_000],
    ['half a second', { 'retry-after': '0.5' }, 500],
    ['at once', { 'retry-after': '0' }, 0],
    ['milliseconds, where AWS says it', { 'x-amz-retry-after': '250' }, 250],
    ['milliseconds win', { 'x-amz-retry-after': '250', 'retry-after': '3' }, 250],
    ['a date is not read', { 'retry-after': 'Thu, 15 Jan 2026 12:00:00 GMT' }, undefined],
    ['nonsense is not read', { 'x-amz-retry-after': 'soon' }, undefined],
    ['the past is not read', { 'retry-after': '-1' }, undefined],
  ])('%s', (_, headers: Record<string, string>, expected) => {
    expect(wish(headers)).toBe(expected);
  });

  test.each(['ThrottlingException', 'ServiceUnavailableException', 'AccessDeniedException'])(
    'counts for %s',
    (name) => {
      expect(wish({ 'retry-after': '2' }, name)).toBe(2_000);
    },
  );
});

describe('a sequence token', () => {
  test.each([
    ['that is expected', { expectedSequenceToken: '4961' }, '4961'],
    ['of a fresh stream', {}, undefined],
    ['that is no text', { expectedSequenceToken: null }, undefined],
  ])('%s', (_, members, expected) => {
    expect(verdictOfError(errorNamed('InvalidSequenceTokenException', members), PLAIN_CALL)).toEqual({
      kind: 'token',
      reason: 'InvalidSequenceTokenException',
      expected,
    });
  });
});

describe('a 200', () => {
  test.each([[undefined], ['']])('without a request id (%j) is nobody’s word', (requestId) => {
    expect(verdictOfAnswer({ requestId }, 3)).toEqual({
      kind: 'retry',
      ladder: 'transient',
      reason: 'noRequestId',
    });
  });

  test('with one is the service’s, whether or not a next token comes along', () => {
    expect(verdictOfAnswer({ requestId: 'r' }, 3)).toEqual({ kind: 'delivered', rejected: [] });
    expect(verdictOfAnswer({ requestId: 'r', nextSequenceToken: 't' }, 3)).toEqual({
      kind: 'delivered',
      rejected: [],
      nextToken: 't',
    });
  });

  test('can be a success in part', () => {
    const answer = { requestId: 'r', rejectedLogEventsInfo: { tooNewLogEventStartIndex: 1 } };
    expect(verdictOfAnswer(answer, 3)).toEqual({
      kind: 'delivered',
      rejected: [{ reason: 'tooNew', start: 1, end: 3 }],
    });
  });
});

test('what a person has to repair is what climbs the slow ladder', () => {
  expect(
    [...SLOW, ...THROTTLED, ...TRANSIENT, ...DIVIDE].filter((reason) => NEEDS_REPAIR.has(reason)),
  ).toEqual(SLOW);
});
