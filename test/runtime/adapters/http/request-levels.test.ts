import * as fc from 'fast-check';
import type { RequestFacts } from '../../../../runtime/adapters/http/request-facts.js';
import {
  defaultLevel,
  hasFailed,
  levelIn,
  levelProblems,
} from '../../../../runtime/adapters/http/request-levels.js';

const facts = (given: Partial<RequestFacts>): RequestFacts => ({
  request: {},
  method: 'GET',
  url: '/',
  path: '/',
  requestId: 'r-1',
  isAborted: false,
  ...given,
});

const boom = new Error('boom');

test.each([
  ['info', false, { statusCode: 101 }],
  ['info', false, { statusCode: 200 }],
  ['info', false, { statusCode: 399 }],
  ['warn', false, { statusCode: 400 }],
  ['warn', false, { statusCode: 499 }],
  ['error', true, { statusCode: 500 }],
  ['error', true, { statusCode: 599 }],
  ['warn', false, { statusCode: 404, error: boom }],
  ['error', true, { statusCode: 200, error: boom }],
  ['error', true, { statusCode: 503, error: boom }],
  ['error', true, { error: boom }],
  ['warn', true, { isAborted: true }],
  ['warn', true, { isAborted: true, statusCode: 500 }],
  ['error', true, { isAborted: true, statusCode: 200, error: boom }],
])('the level is %s, and that the request has failed %p, for %j', (level, failed, given) => {
  expect([defaultLevel(facts(given)), hasFailed(facts(given))]).toEqual([level, failed]);
});

test('a request has failed wherever its level is error', () => {
  fc.assert(
    fc.property(
      fc.record({
        statusCode: fc.option(fc.integer({ min: 100, max: 599 }), { nil: undefined }),
        isAborted: fc.boolean(),
        error: fc.option(fc.constant(boom), { nil: undefined }),
      }),
      (given) => {
        if (defaultLevel(facts(given)) === 'error') expect(hasFailed(facts(given))).toBe(true);
      },
    ),
  );
});

test('a table has levels by status, which come before those by class, and for aborted requests', () => {
  const table = { '4xx': 'info', 404: 'debug', aborted: 'silent' } as const;

  expect(levelIn(table, facts({ statusCode: 404 }))).toBe('debug');
  expect(levelIn(table, facts({ statusCode: 403 }))).toBe('info');
  expect(levelIn(table, facts({ statusCode: 503 }))).toBeUndefined();
  expect(levelIn(table, facts({ statusCode: 404, isAborted: true }))).toBe('silent');
  expect(levelIn({ '4xx': 'info' }, facts({ statusCode: 404, isAborted: true }))).toBeUndefined();
});

test('a table with another key or another level is told of, by key', () => {
  const problems = levelProblems('level', { '4xx': 'info', '6xx': 'info', 99: 'warn', 404: 'loud' });

  expect(problems).toEqual([
    {
      where: 'level.99',
      value: 'warn',
      allowed: expect.stringMatching(/^no such key; there are statuses such as 404, .* aborted$/),
    },
    { where: 'level.404', value: 'loud', allowed: expect.stringContaining('trace, debug, info') },
    { where: 'level.6xx', value: 'info', allowed: expect.stringContaining('no such key') },
  ]);
});
