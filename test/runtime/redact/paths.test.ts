import { SettingsError } from '../../../contract/problems.js';
import { redactionSettings } from '../../../contract/settings/redaction.js';
import { pathProblems } from '../../../runtime/redact/paths.js';

test('the defaults are right', () => {
  expect(pathProblems(redactionSettings.paths.default, 'x')).toEqual([]);
});

test.each(['a..b', 'a[', 'a,b'])('the path %j is none', (path) => {
  expect(pathProblems(['user.email', path], 'FAPILOG_REDACTION__PATHS')).toEqual([
    {
      where: 'FAPILOG_REDACTION__PATHS',
      value: path,
      allowed: 'a path such as user.email or orders[*].iban',
    },
  ]);
});

test('one that holds a secret is not quoted', () => {
  const error = new SettingsError(pathProblems(['password=hunter2['], 'x'));

  expect(error.message).not.toContain('hunter2');
});

test('all that are wrong are reported', () => {
  expect(pathProblems(['a..b', 'user.email', 'a['], 'x')).toMatchObject([{ value: 'a..b' }, { value: 'a[' }]);
});
