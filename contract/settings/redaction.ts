import { flag, names, namesOf } from '../kinds.js';
import { harms } from './python-reading.js';
import { withDefault, type Rows } from './setting.js';

/**
 * Names of fields whose values are hidden at any depth, whatever the case, without regard to `-` and `_`. Only names of
 * secrets: people search for a `session` or an `sid`.
 */
export const SENSITIVE_KEYS: readonly string[] = [
  'password',
  'passwd',
  'pwd',
  'passphrase',
  'new_password',
  'old_password',
  'current_password',
  'confirm_password',
  'password_confirmation',
  'secret',
  'client_secret',
  'token',
  'access_token',
  'refresh_token',
  'id_token',
  'session_token',
  'auth_token',
  'x_auth_token',
  'csrf_token',
  'x_csrf_token',
  'x_xsrf_token',
  'jwt',
  'api_key',
  'x_api_key',
  'authorization',
  'proxy_authorization',
  'cookie',
  'set_cookie',
  'connect.sid',
  'jsessionid',
  'phpsessid',
  'private_key',
  'secret_access_key',
  'aws_secret_access_key',
  'x_amz_security_token',
  'x_amz_signature',
  'credit_card',
  'card_number',
  'cvv',
  'cvc',
  'ssn',
];

/** Patterns that are known by name. */
export const PATTERN_NAMES = ['email', 'card_number', 'aws_key', 'bearer_token'] as const;

const IN_CLEAR = 'ignores it and stores in clear what the settings of this section hide';

export const redactionSettings = {
  enabled: withDefault({
    field: 'ENABLED',
    kind: flag(),
    default: false,
    meaning: 'Hide what the other settings of this section name.',
    python: harms(IN_CLEAR, (isWanted) => isWanted),
  }),
  paths: withDefault({
    field: 'PATHS',
    kind: names(['user.email', 'orders[*].iban'], { mayBeEmpty: true }),
    default: [],
    meaning: 'Paths of fields that are hidden, with `*` for any key or index.',
    python: harms(IN_CLEAR, (list) => list.length > 0),
  }),
  keys: withDefault({
    field: 'KEYS',
    kind: names(['password', 'token'], { mayBeEmpty: true }),
    default: SENSITIVE_KEYS,
    meaning:
      'Names of fields to hide at any depth, in any case. Also hidden inside texts: in JSON, queries, forms, cookies and headers.',
    python: harms(IN_CLEAR, (list) => list.length > 0),
  }),
  patterns: withDefault({
    field: 'PATTERNS',
    kind: namesOf(PATTERN_NAMES),
    default: PATTERN_NAMES,
    meaning:
      'What is hidden in any text: e-mail addresses, card numbers with a right checksum, AWS keys, bearer tokens.',
    python: harms(IN_CLEAR, (list) => list.length > 0),
  }),
} satisfies Rows;
