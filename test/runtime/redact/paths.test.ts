import { SettingsError } from '../../../contract/problems.js';
import { redactionSettings } from '../../../contract/settings/redaction.js';
import { complete } from '../../../contract/settings/setting.js';
import { checkPaths } from '../../../runtime/redact/paths.js';
import { makeRedactor } from '../../../runtime/redact/redactor.js';
import { thrownBy } from '../../support/environment.js';

const settings = complete(redactionSettings, {});

const problemsOf = (error: unknown): unknown => (error as SettingsError).problems;

test('the defaults are right', () => {
  expect(() => checkPaths(settings.paths)).not.toThrow();
});

test.each(['a..b', 'a[', 'a,b'])('the path %j is none', (path) => {
  expect(problemsOf(thrownBy(() => checkPaths(['user.email', path])))).toEqual([
    {
      where: 'redaction.paths',
      value: path,
      allowed: `a path such as user.email or orders[*].iban (Invalid redaction path (${path}))`,
    },
  ]);
});

test.each([true, false])('making a redactor reports all problems at once (enabled: %s)', (enabled) => {
  const wrong = { ...settings, enabled, paths: ['a..b', 'user.email', 'a['] };
  const error = thrownBy(() => makeRedactor(wrong, () => undefined));

  expect(error).toBeInstanceOf(SettingsError);
  expect(problemsOf(error)).toMatchObject([{ value: 'a..b' }, { value: 'a[' }]);
});
