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

test.each([
  ['emial', 'bearer_token', 'email, card_number, aws_key, bearer_token; did you mean "email"?'],
  ['iban', 'email', 'email, card_number, aws_key, bearer_token'],
])('the unknown pattern %s is named with the known ones', (name, known, allowed) => {
  expect(redactionProblems({ ...settings, patterns: [known, name] })).toEqual([
    { where: 'redaction.patterns', value: name, allowed },
  ]);
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
  const wrong = { ...settings, enabled, patterns: ['x', 'y'], paths: ['a..b'] };
  const error = thrownBy(() => checkRedaction(wrong));

  expect(error).toBeInstanceOf(SettingsError);
  expect((error as SettingsError).problems.map(({ value }) => value)).toEqual(['x', 'y', 'a..b']);
  expect(thrownBy(() => makeRedactor(wrong, () => undefined))).toEqual(error);
});
