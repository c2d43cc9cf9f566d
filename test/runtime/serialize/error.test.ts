import { readContent } from '../../../runtime/serialize/fields.js';
import type { Members } from '../../../runtime/serialize/reading.js';

/** What a line has of an error. */
function plainError(error: Error): Members {
  const { members } = readContent({ timeMs: 0, level: 'error', message: '', fields: [{ error }] });
  return members['error'] as Members;
}

/** An error with so many causes below it, the last of them of depth 0. */
function chain(causes: number): Error {
  let error = new Error('0');
  for (let depth = 1; depth <= causes; depth++) error = new Error(String(depth), { cause: error });
  return error;
}

/** Messages from the top of a chain down; what is no plain error any more ends it. */
function messages(plain: unknown): string[] {
  const { message, type, cause } = plain as Record<string, unknown>;
  return type === undefined ? [] : [String(message), ...(cause === undefined ? [] : messages(cause))];
}

test('an error is its type, message and stack', () => {
  const error = new RangeError('out of range');

  expect(plainError(error)).toEqual({ type: 'RangeError', message: 'out of range', stack: error.stack });
});

test('the type is the name of the class', () => {
  class PaymentError extends Error {}

  expect(plainError(new PaymentError('declined'))).toMatchObject({
    type: 'PaymentError',
    message: 'declined',
  });
});

test('members of its own are kept', () => {
  const error = Object.assign(new Error('e'), { code: 'ENOENT', errno: -2, $metadata: { requestId: 'r' } });

  expect(plainError(error)).toMatchObject({ code: 'ENOENT', errno: -2, $metadata: { requestId: 'r' } });
});

test('members of its own do not replace message and stack', () => {
  const error = Object.assign(new Error('e'), { a: 1 });
  Object.defineProperty(error, 'stack', { value: 'trace', enumerable: true });

  expect(plainError(error)).toEqual({ type: 'Error', message: 'e', stack: 'trace', a: 1 });
});

test('an error without prototype members has its name as type', () => {
  const error = Object.setPrototypeOf(
    new Error('e'),
    Object.create(Error.prototype, { constructor: { value: undefined } }),
  );

  expect(plainError(error as Error)).toMatchObject({ type: 'Error', message: 'e' });
});

test('the causes are followed', () => {
  const root = new TypeError('root');
  const middle = new RangeError('middle', { cause: root });

  expect(plainError(new Error('top', { cause: middle }))).toMatchObject({
    type: 'Error',
    message: 'top',
    cause: {
      type: 'RangeError',
      message: 'middle',
      cause: { type: 'TypeError', message: 'root', stack: root.stack },
    },
  });
});

test.each([['text'], [5], [null], [false], [{ a: 1 }]])('a cause may be no error: %p', (cause) => {
  expect(plainError(new Error('e', { cause }))['cause']).toEqual(cause);
});

test('a member whose name is taken stays under another one', () => {
  const error = Object.assign(new Error('e'), {
    type: 'StripeCardError',
    name: 'Declined',
    code: 'card_declined',
  });

  expect(plainError(error)).toEqual({
    type: 'Error',
    message: 'e',
    stack: error.stack,
    name: 'Declined',
    code: 'card_declined',
    _type: 'StripeCardError',
  });
});

test('a name that is taken with an underscore gets another one', () => {
  const error = Object.assign(new Error('e'), { type: 'card', _type: 'visa' });

  expect(plainError(error)).toMatchObject({ type: 'Error', __type: 'card', _type: 'visa' });
});

test('what only has headers keeps what else it has', () => {
  const error = Object.assign(new Error('e'), {
    record: { id: 7, data: [1], status: 'new', headers: { k: 'v' } },
  });

  expect(plainError(error)['record']).toEqual({ id: 7, data: [1], status: 'new', headers: '[redacted]' });
});

test('a toJSON decides about what there is besides type, message and stack', () => {
  const error = Object.assign(new Error('e'), { secret: 1, toJSON: () => ({ message: 'e', status: 502 }) });

  expect(plainError(error)).toEqual({ type: 'Error', message: 'e', stack: error.stack, status: 502 });
});

test('what a server answered is kept, though the toJSON of axios leaves it out', () => {
  const { response, config } = axiosParts();
  const error = Object.assign(new Error('e'), { response, toJSON: () => ({ message: 'e', config }) });

  expect(plainError(error)).toEqual({
    type: 'Error',
    message: 'e',
    stack: error.stack,
    config: { method: 'get', url: '/x', headers: '[redacted]' },
    response: { status: 502, statusText: 'Bad Gateway', data: { why: 1 }, headers: '[redacted]' },
  });
});

function axiosParts() {
  const headers = { authorization: 'Bearer secret' };
  const config = { method: 'get', url: '/x', headers, data: 'secret' };
  const request = { getHeaders: () => headers, method: 'GET', path: '/x', setNoDelay: () => undefined };
  return {
    config,
    response: { status: 502, statusText: 'Bad Gateway', data: { why: 1 }, headers, config, request },
  };
}

test('an error that is called otherwise than its class has its name, too', () => {
  expect(plainError(new DOMException('stopped', 'AbortError'))).toMatchObject({
    type: 'DOMException',
    name: 'AbortError',
    code: 20,
  });
});

test('what a class computes from the members of an error is not told a second time', () => {
  class ValidationError extends Error {
    readonly issues = [{ path: 'id' }];
    get errors(): object[] {
      return this.issues;
    }
  }
  class Wrapped extends Error {
    readonly inner = new Error('inner');
  }
  Object.defineProperty(Wrapped.prototype, 'cause', {
    value(this: Wrapped) {
      return this.inner;
    },
  });

  expect(plainError(new ValidationError('e'))).not.toHaveProperty('errors');
  expect(plainError(new Wrapped('e'))).not.toHaveProperty('cause');
  expect(plainError(new Wrapped('e'))).toMatchObject({ inner: { message: 'inner' } });
});

test('there is no cause where there is none', () => {
  expect(plainError(new Error('e'))).not.toHaveProperty('cause');
  expect(plainError(new Error('e', { cause: undefined }))).not.toHaveProperty('cause');
});

test.each([
  [98, 99],
  [99, 100],
  [100, 100],
])('of %d causes, %d errors are told', (causes, expected) => {
  const told = Array.from({ length: expected }, (_, depth) => String(causes - depth));

  expect(messages(plainError(chain(causes)))).toEqual(told);
});

test('a cause that closes a cycle is marked', () => {
  const error = new Error('e');
  error.cause = new Error('f', { cause: error });

  expect(plainError(error)).toMatchObject({ message: 'e', cause: { message: 'f', cause: '[circular]' } });
});

test('an aggregate error has its errors, and their causes', () => {
  const first = new TypeError('first', { cause: new Error('root') });

  expect(plainError(new AggregateError([first, 'second', 3], 'all failed'))).toMatchObject({
    type: 'AggregateError',
    message: 'all failed',
    errors: [{ type: 'TypeError', message: 'first', cause: { type: 'Error', message: 'root' } }, 'second', 3],
  });
});
