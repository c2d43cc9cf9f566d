import { Aws, Token } from 'aws-cdk-lib';
import { tokenText } from '../../lib/tokens.js';
import { newStack } from './stacks.js';

const reference = { Ref: 'Parameter' };

test.each<[string, unknown, unknown]>([
  ['text', Token.asString(reference), reference],
  ['a number', Token.asNumber(reference), reference],
  ['a list', Token.asList(reference), { 'Fn::Join': [',', reference] }],
  ['an object', Token.asAny(reference), reference],
  ['part of a text', `api-${Aws.REGION}`, { 'Fn::Join': ['', ['api-', { Ref: 'AWS::Region' }]] }],
])('a token as %s becomes the text of a variable', (_, token, rendered) => {
  const text = tokenText(token);

  expect(typeof text).toBe('string');
  expect(newStack().resolve(text)).toEqual(rendered);
});

test.each(['text', '', 5, 0, false, ['a'], undefined, null])('%p is no token', (value) => {
  expect(tokenText(value)).toBeUndefined();
});
