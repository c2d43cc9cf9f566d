import * as fc from 'fast-check';
import { CredentialsError, roleSessionName } from '../../../runtime/send/credentials-error.js';
import { verdictOfError } from '../../../runtime/send/verdict.js';

const ARN = 'arn:aws:iam::210987654321:role/log-writer';
const facts = { isCompressed: true, isCustomEndpoint: true };

function answer(name: string, httpStatusCode?: number): Error {
  return Object.assign(new Error('why'), { name, $metadata: { httpStatusCode } });
}

test('the name of the session tells host and process', () => {
  expect(roleSessionName('ip-10-0-0-7.ec2.internal', 42)).toBe('fapilog-ip-10-0-0-7.ec2.internal-42');
});

test('every host makes a legal name of the session', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.nat(), (host, pid) => {
      expect(roleSessionName(host, pid)).toMatch(/^fapilog-[\w+=,.@-]{0,54}$/);
      expect(roleSessionName(host, pid).endsWith(`-${pid}`)).toBe(true);
    }),
  );
});

test.each([
  ['AccessDenied', 403, 'AssumeRoleRefused', 'slow'],
  ['ExpiredToken', 400, 'AssumeRoleRefused', 'slow'],
  ['ValidationError', 400, 'AssumeRoleRefused', 'slow'],
  ['RegionDisabledException', 403, 'AssumeRoleRefused', 'slow'],
  // These names, of the logs service, would be about the batch.
  ['SerializationException', 400, 'AssumeRoleRefused', 'slow'],
  ['ResourceNotFoundException', 400, 'AssumeRoleRefused', 'slow'],
  ['CredentialsProviderError', undefined, 'AssumeRoleRefused', 'slow'],
  ['Throttling', 400, 'ThrottlingException', 'throttle'],
  ['TooManyRequests', 429, 'ThrottlingException', 'throttle'],
  ['InternalFailure', 500, 'AssumeRoleFailed', 'transient'],
  ['TimeoutError', undefined, 'AssumeRoleFailed', 'transient'],
] as const)('%s with status %p is %s: a retry, and %s', (name, status, reason, ladder) => {
  const error = new CredentialsError(answer(name, status), ARN);

  expect(String(error)).toBe(`${reason}: cannot assume ${ARN}: ${name}: why`);
  expect(verdictOfError(error, facts)).toEqual({ kind: 'retry', ladder, reason });
});
