import * as fc from 'fast-check';
import {
  EXTERNAL_ID_RULE,
  externalIdProblem,
  LOG_GROUP_NAME_RULE,
  LOG_STREAM_NAME_RULE,
  LOG_STREAM_PREFIX_RULE,
  logGroupNameProblem,
  logStreamNameProblem,
  logStreamPrefixProblem,
  ROLE_ARN_RULE,
  roleArnProblem,
} from '../../contract/names.js';
import { codePoint } from '../support/code-point.js';

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
      fc.property(fc.string({ unit: codePoint, maxLength: 3 }), (name) => {
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

describe('the beginning of the name of a log stream', () => {
  test.each(['api', 'api/', 'grüße', ...[255, 256].map((length) => 'p'.repeat(length))])(
    'may be %s',
    (prefix) => {
      expect(logStreamPrefixProblem(prefix)).toBeUndefined();
    },
  );

  test.each(['', 'a:b', 'api*', 'p'.repeat(257)])('is not %p', (prefix) => {
    expect(logStreamPrefixProblem(prefix)).toBe(LOG_STREAM_PREFIX_RULE);
  });
});

describe('the ARN of a role', () => {
  test.each([
    'arn:aws:iam::123456789012:role/log-writer',
    'arn:aws-cn:iam::123456789012:role/log-writer',
    'arn:aws-us-gov:iam::123456789012:role/a/b/log_writer+=,.@-',
    `arn:aws:iam::123456789012:role/${'r'.repeat(64)}`,
  ])('may be %s', (arn) => {
    expect(roleArnProblem(arn)).toBeUndefined();
  });

  test.each([
    'log-writer',
    'arn:aws:iam::12345678901:role/log-writer',
    'arn:aws:iam::1234567890123:role/log-writer',
    'arn:aws:iam::123456789012:user/log-writer',
    'arn:aws:sts::123456789012:assumed-role/log-writer/session',
    'arn:aws:iam::123456789012:role/',
    'arn:aws:iam::123456789012:role//log-writer',
    'arn:aws:iam::123456789012:role/a/*',
    'arn:aws:iam::123456789012:role/*/b',
    'arn:aws:iam::123456789012:role/log writer',
    ' arn:aws:iam::123456789012:role/log-writer',
    `arn:aws:iam::123456789012:role/${'r'.repeat(65)}`,
  ])('is not %s', (arn) => {
    expect(roleArnProblem(arn)).toBe(ROLE_ARN_RULE);
  });
});

describe('an external ID', () => {
  test.each(['ab', 'tenant-7', 'a+=,.@:/-_9', ...[1_223, 1_224].map((length) => 'x'.repeat(length))])(
    'may be %s',
    (id) => {
      expect(externalIdProblem(id)).toBeUndefined();
    },
  );

  test.each(['', 'a', 'a b', 'ä'.repeat(2), 'x'.repeat(1_225)])('is not %p', (id) => {
    expect(externalIdProblem(id)).toBe(EXTERNAL_ID_RULE);
  });
});
