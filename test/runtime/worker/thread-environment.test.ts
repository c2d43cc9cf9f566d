import { threadEnvironment } from '../../../runtime/worker/thread-environment.js';

test.each([
  ['--require=a.js', ''],
  ['--require a.js --dns-result-order=ipv4first', '--dns-result-order=ipv4first'],
  ['--max-old-space-size=300 -r a.js --import=b.mjs', '--max-old-space-size=300'],
  ['--import "a b.mjs" --loader c.mjs --use-openssl-ca', '--use-openssl-ca'],
  [String.raw`"--require=a \" b.js" --title="x y"`, '--title="x y"'],
  ['--require a.js --require b.js', ''],
  ['--trace-warnings', '--trace-warnings'],
  ['', ''],
])('NODE_OPTIONS %p preload nothing as %p', (given, left) => {
  const env = { AWS_REGION: 'us-east-1', NODE_OPTIONS: given };
  expect(threadEnvironment(env)).toEqual({ AWS_REGION: 'us-east-1', NODE_OPTIONS: left });
});

test('an environment without them is the same', () => {
  const env = { AWS_REGION: 'us-east-1' };
  expect(threadEnvironment(env)).toEqual(env);
});
