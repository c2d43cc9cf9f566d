import { lambdaContextOf, remainingMs, textOf } from '../../../runtime/lambda/lambda-context.js';

test.each<[unknown, number | undefined]>([
  [{ getRemainingTimeInMillis: () => 7 }, 7],
  [{ getRemainingTimeInMillis: () => -1 }, -1],
  [{ getRemainingTimeInMillis: () => NaN }, undefined],
  [{ getRemainingTimeInMillis: () => '7' }, undefined],
  [{ getRemainingTimeInMillis: 7 }, undefined],
  [{ lambdaContext: { getRemainingTimeInMillis: () => 7 } }, 7],
  [{}, undefined],
  [null, undefined],
])('of %p, the time that is left is %p', (given, ms) => {
  expect(remainingMs(lambdaContextOf(given))).toBe(ms);
});

test.each([
  ['r-1', 'r-1'],
  ['', undefined],
  [5, undefined],
  [null, undefined],
])('the request id %p is %p', (awsRequestId, text) => {
  expect(textOf(lambdaContextOf({ awsRequestId }), 'awsRequestId')).toBe(text);
});
