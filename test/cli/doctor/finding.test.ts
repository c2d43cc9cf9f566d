import { fault } from '../../../cli/doctor/finding.js';

test('a finding has no login and no query of a URL, whoever quotes it', () => {
  const { message, fix } = fault(
    'container-unknown',
    'http://user:sesame@127.0.0.1:9/v4/abc?token=sesame: cannot fetch http://user:sesame@127.0.0.1:9/v4/abc',
    'write another URL than ftp://user:sesame@logs.example/',
  );

  expect(message).toBe('http://***@127.0.0.1:9/v4/abc?… cannot fetch http://***@127.0.0.1:9/v4/abc');
  expect(fix).toBe('write another URL than ftp://***@logs.example/');
});
