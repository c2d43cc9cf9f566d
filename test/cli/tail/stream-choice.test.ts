import { streamChoice } from '../../../cli/tail/stream-choice.js';

test.each([
  [undefined, {}],
  [['*'], {}],
  [['api-1', 'api-2'], { names: ['api-1', 'api-2'] }],
  [['2026/01/15/[$LATEST]*'], { prefix: '2026/01/15/[$LATEST]' }],
])('%j', (values, choice) => {
  expect(streamChoice(values)).toEqual({ names: undefined, prefix: undefined, ...choice });
});

test.each([
  [['api*', 'web*'], '--stream api* --stream web*: the service takes names or one beginning, not both.'],
  [['api*', 'web'], '--stream api* --stream web: the service takes names or one beginning, not both.'],
  [
    ['a:b'],
    '--stream "a:b" cannot be the name of a log stream. Allowed: up to 512 characters without : and *',
  ],
  [['a*b'], '--stream "a*b" cannot be'],
  [
    Array.from({ length: 101 }, (_, index) => `s${index}`),
    '--stream is given 101 times. Allowed: 100 names.',
  ],
])('%j is refused', (values, message) => {
  expect(() => streamChoice(values)).toThrow(message);
});

test('100 names are taken', () => {
  const names = Array.from({ length: 100 }, (_, index) => `s${index}`);

  expect(streamChoice(names).names).toHaveLength(100);
});
