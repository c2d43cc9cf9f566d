import { SettingsError } from '../../../contract/problems.js';
import { redactionSettings } from '../../../contract/settings/redaction.js';
import { complete } from '../../../contract/settings/setting.js';
import { checkRedaction, redactionProblems } from '../../../runtime/redact/check.js';
import { makeRedactor } from '../../../runtime/redact/redactor.js';
import { thrownBy } from '../../support/environment.js';

const settings = complete(redactionSettings, {});

test('the defaults are right', () => {
  expect(redactionProblems(settings)).toEqual([]);
});

test.each(['a..b', 'a[', 'a,b'])('the path %j is none', (path) => {
  expect(redactionProblems({ ...settings, paths: ['user.email', path] })).toEqual([
    {
      where: 'redaction.paths',
      value: path,
      allowed: `a path such as user.email or orders[*].iban (Invalid redaction path (${path}))`,
    },
  ]);
});

test.each([true, false])('all problems come at once, also in making a redactor (enabled: %s)', (enabled) => {
  const wrong = { ...settings, enabled, paths: ['a..b', 'user.email', 'a['] };
  const error = thrownBy(() => checkRedaction(wrong));

  expect(error).toBeInstanceOf(SettingsError);
  expect((error as SettingsError).problems.map(({ value }) => value)).toEqual(['a..b', 'a[']);
  expect(thrownBy(() => makeRedactor(wrong, () => undefined))).toEqual(error);
});
