import * as fc from 'fast-check';
import {
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  logGroupNameProblem,
  logStreamNameProblem,
} from '../../contract/names.js';

describe('the name of a log group', () => {
  test.each([
    '/myapp/production',
    '/aws/lambda/fn',
    'aws',
    'aws-x',
    'AWS/x',
    'my_app-1.0#main/A9',
    '/',
    'a',
    ...[511, 512].map((length) => 'g'.repeat(length)),
  ])('may be %s', (name) => {
    expect(logGroupNameProblem(name)).toBeUndefined();
  });

  test.each([
    'aws/x',
    'aws/',
    'bad group!',
    'a:b',
    'a*b',
    'a$b',
    'a\n',
    'grüße',
    ' a',
    '',
    ...[513, 1_024].map((length) => 'g'.repeat(length)),
  ])('is not %p', (name) => {
    expect(logGroupNameProblem(name)).toBe(LOG_GROUP_NAME_RULE);
  });

  test('has no other characters than those of the rule', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3 }), (name) => {
        const legal = name !== '' && name.split('').every((character) => /[a-zA-Z0-9_/.#-]/.test(character));

        expect(logGroupNameProblem(name) === undefined).toBe(legal);
      }),
    );
  });

  test('is described by its rule', () => {
    expect(LOG_GROUP_NAME_RULE).toBe(
      '1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"',
    );
  });
});

describe('the name of a log stream', () => {
  test.each([
    'api-server',
    '2026/11/22/[$LATEST]8f3a',
    'aws/x',
    'bad stream!',
    'grüße',
    'a',
    ...[511, 512].map((length) => 's'.repeat(length)),
  ])('may be %s', (name) => {
    expect(logStreamNameProblem(name)).toBeUndefined();
  });

  test.each([
    'a:b',
    ':',
    '2026-11-22T08:00:00Z',
    'a*b',
    '*',
    '',
    ...[513, 1_024].map((length) => 's'.repeat(length)),
  ])('is not %p', (name) => {
    expect(logStreamNameProblem(name)).toBe(LOG_STREAM_NAME_RULE);
  });

  test('is described by its rule', () => {
    expect(LOG_STREAM_NAME_RULE).toBe('1 to 512 characters, without ":" and "*"');
  });
});
