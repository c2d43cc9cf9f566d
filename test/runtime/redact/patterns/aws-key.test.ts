import { maskAwsKeys } from '../../../../runtime/redact/patterns/aws-key.js';

/** The example keys of the AWS documentation. */
const ID = 'AKIAIOSFODNN7EXAMPLE';
const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

test.each([
  [ID, '[redacted]'],
  [`key ${ID.replace('AKIA', 'ASIA')}.`, 'key [redacted].'],
  [`Credential=${ID}/20250101/us-east-1/logs`, 'Credential=[redacted]/20250101/us-east-1/logs'],
  [`aws_secret_access_key = ${SECRET}`, 'aws_secret_access_key = [redacted]'],
  [`AWS_SECRET_ACCESS_KEY=${SECRET}\nX=1`, 'AWS_SECRET_ACCESS_KEY=[redacted]\nX=1'],
  [`{"SecretAccessKey":"${SECRET}"}`, '{"SecretAccessKey":"[redacted]"}'],
  [`the secret access key is ${SECRET}`, 'the secret access key is [redacted]'],
])('%j becomes %j', (text, expected) => {
  expect(maskAwsKeys(text, 'message')).toBe(expected);
});

test.each(['secret', 'awsSecret', 'AWS_SECRET_KEY'])('a secret in the field %s goes', (key) => {
  expect(maskAwsKeys(SECRET, key)).toBe('[redacted]');
});

test.each([
  ['a text of 40 characters that nothing tells of', SECRET],
  ['a hash beside the word', 'secret in commit 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12'],
  ['39 characters', `secret: ${SECRET.slice(1)}`],
  ['41 characters', `secret: ${SECRET}A`],
  ['an id of a role', 'AROAIOSFODNN7EXAMPLE'],
  ['19 characters', ID.slice(1)],
  ['21 characters', `${ID}A`],
  ['words', 'the secretary keeps the secret'],
])('%s: stays', (_, text) => {
  expect(maskAwsKeys(text, 'message')).toBe(text);
});

test('a hash in a field called secret stays', () => {
  const hash = '2fd4e1c67a2d28fced849ee1bb76e7391b93eb12';

  expect(maskAwsKeys(hash, 'secretVersion')).toBe(hash);
});
