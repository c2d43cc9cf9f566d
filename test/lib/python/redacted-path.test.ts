import { Fn, Token } from 'aws-cdk-lib';
import { pythonPaths } from '../../../lib/python/redacted-path.js';

test.each([
  ['customer.iban', ['data.customer.iban']],
  ['orders[*].iban', ['data.orders.*.iban']],
  ['orders[0].iban', ['data.orders.*.iban']],
  ['orders.0.iban', ['data.orders.*.iban']],
  ['*.iban', ['data.*.iban']],
  ['a["b"].c', ['data.a.b.c']],
  ["a['b-c'].d", ['data.a.b-c.d']],
  ['a["*"].b', ['data.a']],
  // A wildcard at the end is one for objects and one for lists.
  ['ids[*]', ['data.ids.*', 'data.ids[*]']],
  ['ids.*', ['data.ids.*', 'data.ids[*]']],
  ['ids[3]', ['data.ids.*', 'data.ids[*]']],
  ['a.*.*', ['data.a.*', 'data.a[*]']],
  ['*', ['data.*', 'context.*']],
  // What Python's syntax cannot say hides the object around it.
  ['a["b.c"].d', ['data.a']],
  ['["b.c"]', ['data.*', 'context.*']],
  // Python's fapilog takes these out of the data.
  ['user_id', ['data.user_id', 'context.user_id']],
  ['trace_id.x', ['data.trace_id.x', 'context.trace_id.x']],
  ['service', ['data.service', 'diagnostics.service']],
  ['host', ['data.host', 'diagnostics.host']],
  ['message', ['data.message', 'message']],
  ['error', ['data.error', 'diagnostics.exception']],
  ['error.message', ['data.error.message', 'diagnostics.exception']],
  ['err.*', ['data.err.*', 'data.err[*]', 'diagnostics.exception']],
  ['error.config.headers', ['data.error.config.headers']],
  ['userId', ['data.userId']],
  ['toString', ['data.toString']],
])('%s', (path, expected) => {
  expect(pythonPaths(path)).toEqual(expected);
});

test('a path that only the deployment knows', () => {
  const [only, ...others] = pythonPaths(Fn.ref('Path'));

  expect(others).toEqual([]);
  expect(only).toMatch(/^data\./);
  expect(Token.isUnresolved(only)).toBe(true);
});
