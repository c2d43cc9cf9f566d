import * as fc from 'fast-check';
import { verdictOfError } from '../../../runtime/send/verdict.js';
import { carried, errorOf } from '../../../runtime/worker/messages.js';

const members = fc.record(
  {
    code: fc.constantFrom('ECONNRESET', 'ETIMEDOUT', ''),
    expectedSequenceToken: fc.constantFrom('49', 'x'),
    $metadata: fc.record({ httpStatusCode: fc.constantFrom(200, 400, 413, 429, 500, 503) }),
    $response: fc.record({
      headers: fc.dictionary(
        fc.constantFrom('retry-after', 'x-amz-retry-after', 'date'),
        fc.nat(9).map(String),
      ),
      body: fc.constant(() => 'a socket cannot be cloned'),
    }),
  },
  { requiredKeys: [] },
);

const names = fc.constantFrom(
  'ResourceNotFoundException',
  'InvalidSequenceTokenException',
  'DataAlreadyAcceptedException',
  'ThrottlingException',
  'AccessDeniedException',
  'AssumeRoleRefused',
  'RegionMissing',
  'InvalidParameterException',
  'SerializationException',
  'TypeError',
  'Error',
);

const facts = fc.record({ isCompressed: fc.boolean(), isCustomEndpoint: fc.boolean() });

test('an error that crossed to the other thread has the verdict, the name and the text that it had', () => {
  fc.assert(
    fc.property(names, fc.string(), members, facts, (name, message, more, call) => {
      const error = Object.assign(new Error(message), { name }, more);
      const crossed = errorOf(structuredClone(carried(error)));

      expect(crossed).toBeInstanceOf(Error);
      expect([crossed.name, crossed.message]).toEqual([name, message]);
      expect(verdictOfError(crossed, call)).toEqual(verdictOfError(error, call));
    }),
  );
});

test.each([
  [undefined, 'undefined'],
  [null, 'null'],
  ['text', 'text'],
  [7, '7'],
  [{ message: 'no error' }, '[object Object]'],
])('whatever was thrown crosses: %p', (thrown, message) => {
  expect(errorOf(structuredClone(carried(thrown))).message).toBe(message);
});

test('the attempts of an error that has no text of its own are told', () => {
  const attempts = ['::1', '127.0.0.1'].map((address) => new Error(`connect ECONNREFUSED ${address}:1`));
  const error = Object.assign(new AggregateError(attempts), { code: 'ECONNREFUSED' });

  expect(errorOf(structuredClone(carried(error))).message).toBe(
    'connect ECONNREFUSED ::1:1, connect ECONNREFUSED 127.0.0.1:1',
  );
});
