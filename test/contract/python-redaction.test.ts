import { Settings } from '../../runtime/index.js';
import { makeRedactor } from '../../runtime/redact/redactor.js';
import { formatLine } from '../../runtime/serialize/line.js';
import { thrownBy } from '../support/environment.js';

const MASK = 'FAPILOG_REDACTOR_CONFIG__FIELD_MASK__FIELDS_TO_MASK';
const BLOCKED = 'FAPILOG_REDACTOR_CONFIG__FIELD_BLOCKER__BLOCKED_FIELDS';
const PATTERNS = 'FAPILOG_REDACTOR_CONFIG__REGEX_MASK__PATTERNS';
const REDACTORS = 'FAPILOG_CORE__REDACTORS';
const SWITCH = 'FAPILOG_CORE__ENABLE_REDACTORS';

const FIELDS = {
  password: 'secret-1',
  user: { password: 'secret-2', email: 'secret-3', id: 'open' },
  cards: [{ iban: 'secret-4' }, { iban: 'secret-5' }],
  ids: ['secret-6', 'secret-7'],
  'x-api-key': 'secret-8',
  payload: 'secret-9',
  data: { password: 'secret-10' },
};

type Environment = Readonly<Record<string, string>>;

/** The numbers of the secrets that a line hides. */
function hiddenBy(env: Environment, input: ConstructorParameters<typeof Settings>[0] = {}): number[] {
  const { redaction } = new Settings(input, { env });
  const record = { timeMs: 0, level: 'info', message: 'm', fields: [FIELDS] } as const;
  const line = formatLine(makeRedactor(redaction, () => {}).redact(record));
  expect(line).toContain('open');
  return Array.from({ length: 10 }, (_, at) => at + 1).filter((n) => !line.includes(`"secret-${n}"`));
}

test.each<[string, Environment, number[]]>([
  ['a name, at any depth', { [MASK]: '["password"]' }, [1, 2, 10]],
  ['a path in the envelope', { [MASK]: '["data.password"]' }, [1, 10]],
  ['a path in another part of it', { [MASK]: '["metadata.user.email"]' }, [3]],
  ['a path without the envelope', { [MASK]: '["user.password"]' }, [2]],
  ['a path through a list', { [MASK]: '["data.cards.iban"]' }, [4, 5]],
  ['a path with wildcards', { [MASK]: '["data.cards[*].iban", "data.ids[*]"]' }, [4, 5, 6, 7]],
  ['a path that ends in a wildcard', { [MASK]: '["data.ids.*"]' }, [6, 7]],
  ['a name that is no identifier', { [MASK]: '["data.x-api-key"]' }, [8]],
  ['a list with commas', { [MASK]: 'password,data.user.email' }, [1, 2, 3, 10]],
  ['a policy', { FAPILOG_CORE__SENSITIVE_FIELDS_POLICY: '["data.user.email"]' }, [3]],
  [
    'the JSON of a redactor',
    { FAPILOG_REDACTOR_CONFIG__FIELD_MASK: '{"fields_to_mask":["data.payload"]}' },
    [9],
  ],
  [
    'the JSON of all',
    { FAPILOG_REDACTOR_CONFIG: '{"field_blocker":{"blocked_fields":["password"]}}' },
    [1, 2, 10],
  ],
  ['the JSON of the core', { FAPILOG_CORE: '{"redactors":["field_blocker"]}' }, [9]],
  ['blocked names', { [BLOCKED]: '["EMAIL"]' }, [3]],
  ['the names that are always blocked', { [REDACTORS]: '["field-blocker"]' }, [9]],
  [
    'fields whose redactor is not named',
    { [REDACTORS]: '["url_credentials"]', [MASK]: '["data.payload"]' },
    [9],
  ],
  ['redactors without fields', { [REDACTORS]: '["field_mask","regex_mask","url_credentials"]' }, []],
])('%s is hidden as Python does', (_, env, expected) => {
  expect(hiddenBy(env)).toEqual(expected);
  expect(new Settings({}, { env }).notices).toEqual([]);
});

test('what Python hides comes to what our own settings hide, wherever those stand', () => {
  const own = { redaction: { enabled: true, keys: ['email'], patterns: [] } };

  expect(hiddenBy({ [MASK]: '["data.payload"]' }, own)).toEqual([3, 9]);
  expect(hiddenBy({ [MASK]: '["data.payload"]' }, { redaction: { paths: ['user.email'] } })).toEqual([3, 9]);
  expect(hiddenBy({ [MASK]: '["data.payload"]', FAPILOG_REDACTION__ENABLED: 'true' })).toEqual([
    1, 2, 8, 9, 10,
  ]);
});

test.each<[string, Environment]>([
  [SWITCH, { [SWITCH]: 'false' }],
  [REDACTORS, { [REDACTORS]: '[]' }],
  ['redaction.enabled', { FAPILOG_REDACTION__ENABLED: 'false' }],
])('%s turns it off, which is said if something was to be hidden', (by, env) => {
  const withFields = { ...env, [MASK]: '["password"]' };

  expect(new Settings({}, { env }).notices).toEqual([]);
  expect(hiddenBy(withFields)).toEqual([]);
  expect(new Settings({}, { env: withFields }).notices).toEqual([
    `${by} turns off what ${MASK} and others of Python's variables hide`,
  ]);
});

test.each<[string, Environment]>([
  [PATTERNS, { [PATTERNS]: '["(?i).*secret.*"]' }],
  [PATTERNS, { FAPILOG_REDACTOR_CONFIG: '{"regex_mask":{"patterns":["a"]}}' }],
  [REDACTORS, { [REDACTORS]: '["field_mask","acme_redactor"]' }],
])(
  '%s is an error where we cannot do the same, and only reported where our own settings say what is hidden',
  (name, env) => {
    const { message } = thrownBy(() => new Settings({}, { env })) as Error;

    expect(message).toContain(name);
    expect(message).toContain('FAPILOG_REDACTION__ENABLED');
    expect(new Settings({ redaction: { enabled: true } }, { env }).notices).toEqual([
      `${name} is only for Python`,
    ]);
  },
);

test.each([
  [MASK, '[1'],
  [REDACTORS, '["a",1]'],
  ['FAPILOG_REDACTOR_CONFIG__FIELD_MASK', 'x'],
  ['FAPILOG_REDACTOR_CONFIG__FIELD_MASK__FIELD_TO_MASK', '["password"]'],
  ['FAPILOG_REDACTOR_CONFIG__FIELDS_MASK__FIELDS_TO_MASK', '["password"]'],
  ['FAPILOG_CORE__REDACTOR', '["field_mask"]'],
  ['FAPILOG_CORE__REDACTION_ENABLED', 'true'],
  ['FAPILOG_CORE__SENSITIVE_FIELD_POLICY', '["password"]'],
])('%s=%s is an error, since it may have been meant to hide something', (name, value) => {
  expect(String(thrownBy(() => new Settings({}, { env: { [name]: value } })))).toContain(name);
});

test('the words of both readers may stand side by side', () => {
  const env = {
    FAPILOG_REDACTION__ENABLED: 'true',
    FAPILOG_REDACTION__KEYS: '["password"]',
    FAPILOG_REDACTION__PATTERNS: 'none',
    [REDACTORS]: '["field_mask","field_blocker","url_credentials"]',
    [MASK]: '["data.user.email","context.user_id","data.ids.*","data.ids[*]"]',
    [BLOCKED]: '["password","pass-word"]',
    FAPILOG_CORE__REDACTION_MAX_DEPTH: '16',
  };

  expect(hiddenBy(env)).toEqual([1, 2, 3, 6, 7, 10]);
  expect(new Settings({}, { env }).notices).toEqual([]);
});

test('an unknown name under CORE is reported as any other', () => {
  const { notices } = new Settings({}, { env: { FAPILOG_CORE__WORKER_COUNTS: '2', FAPILOG_CORE__NEW: '1' } });

  expect(notices).toEqual([
    expect.stringContaining('unknown variable FAPILOG_CORE__WORKER_COUNTS'),
    expect.stringContaining('unknown variable FAPILOG_CORE__NEW'),
  ]);
});
