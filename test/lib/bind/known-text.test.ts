import { Aws, CfnParameter, Fn, Lazy, Token } from 'aws-cdk-lib';
import { estimatedBytes, firstLineOf } from '../../../lib/bind/known-text.js';
import { newStack } from '../stacks.js';

const stack = newStack();
const parameter = new CfnParameter(stack, 'Parameter').valueAsString;

test.each<[string, string, string | undefined]>([
  ['a text', '#!/bin/sh\nexport A=1', '#!/bin/sh'],
  ['a text of one line', '#!/bin/sh', '#!/bin/sh'],
  ['no text', '', ''],
  ['a text with a reference in a later line', `#!/bin/sh\nexport A=${parameter}`, '#!/bin/sh'],
  ['a text with a reference in the first line', `#!/bin/sh ${parameter}\nexport A=1`, undefined],
  ['a reference', parameter, undefined],
  ['an import', Fn.importValue('x'), undefined],
  ['a lazy text', Lazy.string({ produce: () => '#!/bin/sh\nexport A=1' }), '#!/bin/sh'],
  ['a template', Fn.sub('#!/bin/sh\nexport A=${AWS::Region}'), '#!/bin/sh'],
  ['a template with values', Fn.sub('#!/bin/sh\nexport A=${A}', { A: Aws.REGION }), '#!/bin/sh'],
  ['a template with a literal', Fn.sub('#!/bin/sh\necho ${!A}'), '#!/bin/sh'],
  ['a template that begins with a reference', Fn.sub('${AWS::Region}\n'), undefined],
  ['a template without a second line', Fn.sub('#!/bin/sh ${AWS::Region}'), undefined],
  ['a list', Fn.join('\n', ['#!/bin/sh', Aws.REGION]), '#!/bin/sh'],
  ['a list that only the deployment knows', Fn.join('\n', Fn.split(',', parameter)), undefined],
  ['an encoded text', Fn.base64('#!/bin/sh'), undefined],
])('the first line of %s', (_, text, line) => {
  expect(firstLineOf(text, stack)).toBe(line);
});

test('the first line leaves lazy values of later lines alone', () => {
  let value = 'early';
  const text = `#!/bin/sh\n${Lazy.string({ produce: () => value })}`;

  firstLineOf(text, stack);
  value = 'late';

  expect(stack.resolve(text)).toBe('#!/bin/sh\nlate');
});

test.each<[string, string, number]>([
  ['a text', 'äb', 3],
  ['a reference', parameter, 64],
  ['a text with references', `ab${parameter}c${parameter}`, 3 + 2 * 64],
  ['a list', Fn.join('--', ['a', parameter, 'b']), 1 + 2 + 64 + 2 + 1],
  ['a list that only the deployment knows', Fn.join('\n', Fn.split(',', parameter)), 64],
  ['a template', Fn.sub('ab${AWS::Region}'), 16],
  ['a template with values', Fn.sub('ab${A}', { A: parameter }), 6],
  ['an encoded text', Fn.base64('abcd'), 8],
  ['an encoded reference', Fn.base64(parameter), 88],
])('the bytes of %s', (_, text, bytes) => {
  expect(estimatedBytes(stack.resolve(text))).toBe(bytes);
});

test.each([
  [undefined, 0],
  [12, 2],
  [Token.asAny({ Ref: 'x' }), 64],
])('the bytes of %s', (value, bytes) => {
  expect(estimatedBytes(stack.resolve(value))).toBe(bytes);
});
