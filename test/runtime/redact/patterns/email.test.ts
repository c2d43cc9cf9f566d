import { maskEmails } from '../../../../runtime/redact/patterns/email.js';

test.each([
  ['jane.doe+tag@mail.example.com', '[redacted]'],
  ['user jane@example.com, then', 'user [redacted], then'],
  ['<jane@example.com>', '<[redacted]>'],
  ['mailto:jane@example.com.', 'mailto:[redacted].'],
  ['a@b.example and c@d.example', '[redacted] and [redacted]'],
  ['?mail=jane%40example.com&x=1', '?mail=[redacted]&x=1'],
  ['{"mail":"jane@example.com"}', '{"mail":"[redacted]"}'],
  ["o'neil@example.com", '[redacted]'],
  ['jürgen@müller.example', '[redacted]'],
  ['jane@163.com', '[redacted]'],
  [`${'x'.repeat(100)}@example.com`, '[redacted]'],
])('%j becomes %j', (text, expected) => {
  expect(maskEmails(text)).toBe(expected);
});

test.each([
  'at 10:00 @ the office',
  '@scope/package',
  'express@4.18.2',
  '/node_modules/.pnpm/express@4.18.2/node_modules/express/lib/router.js:10:5',
  'user@localhost',
  '@decorator.call()',
  'jane@',
  '100%40',
])('%j stays', (text) => {
  expect(maskEmails(text)).toBe(text);
});
