import { withoutHttpGuts } from '../../../runtime/serialize/http-shapes.js';

test('of what a client puts into an error, the place is told and no header', () => {
  const config = { method: 'get', url: '/orders', data: 'secret', headers: { authorization: 'secret' } };

  expect(withoutHttpGuts(config)).toEqual({ method: 'get', url: '/orders', headers: '[redacted]' });
});

test('of an answer, status and content are told', () => {
  const response = {
    status: 400,
    statusText: 'Bad Request',
    data: { reason: 'no id' },
    headers: {},
    config: {},
  };

  expect(withoutHttpGuts(response)).toEqual({
    status: 400,
    statusText: 'Bad Request',
    data: { reason: 'no id' },
    headers: '[redacted]',
  });
});

test('what has headers and is neither keeps all else', () => {
  expect(withoutHttpGuts({ headers: ['id', 'name'], rows: 7 })).toEqual({ headers: '[redacted]', rows: 7 });
});

test('what cannot be read shows nothing', () => {
  const bad = Object.defineProperty({ headers: {} }, 'a', {
    enumerable: true,
    get() {
      throw new Error('no');
    },
  });

  expect(withoutHttpGuts(bad)).toEqual({ headers: '[redacted]' });
});
