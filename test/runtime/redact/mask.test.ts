import { PATTERN_NAMES, SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import { nameMatcher } from '../../../runtime/serialize/key-names.js';
import { maskFor } from '../../../runtime/redact/mask.js';
import { within } from '../../support/within.js';

const none = (): boolean => false;

const samples = {
  email: 'jane@example.com',
  card_number: '4111 1111 1111 1111',
  aws_key: 'AKIAIOSFODNN7EXAMPLE',
  bearer_token: 'Bearer abc123',
};

test.each(PATTERN_NAMES)('%s hides its own kind and leaves the others', (name) => {
  const masked = Object.entries(samples).map(([kind, text]) => [
    kind,
    maskFor([name], none)(text, '') !== text,
  ]);

  expect(masked).toEqual(Object.keys(samples).map((kind) => [kind, kind === name]));
});

test('credentials in URLs go before the host becomes part of an address', () => {
  expect(maskFor(['email'], none)('https://jane:s3cr3t!tail@example.com/x', '')).toBe(
    'https://***@example.com/x',
  );
  expect(maskFor([], none)('https://jane:s3cr3t@example.com/x', '')).toBe('https://***@example.com/x');
});

test('what stands beside a sensitive name goes whole, before a pattern sees a part of it', () => {
  const mask = maskFor(PATTERN_NAMES, nameMatcher(['authorization', 'token']));

  expect(mask('{"authorization":"Basic YTpi and more"} token=jane@example.com/x', '')).toBe(
    '{"authorization":"[redacted]"} token=[redacted]',
  );
  expect(maskFor([], none)('{"authorization":"x"} token=x', '')).toBe('{"authorization":"x"} token=x');
});

test('no text is slow: 1 MB of anything', () => {
  const pieces = [
    'x',
    '4',
    '4 ',
    '4444 ',
    '4111111111111111 ',
    'a@',
    'aa@bb.cc ',
    '%40a',
    '%40a.a',
    'A-',
    'eyJ',
  ].concat(
    [
      ' eyJaaaaaa',
      'eyJaaaaaa.',
      'secret',
      'secret ',
      'AKIA',
      'authorization',
      'authorization bearer ',
      'bearer ',
    ],
    ['basic ', '://', 'a://u:p@', '\uD800@'],
  );
  const starts = ['', 'a@', 'bearer ', 'bearer', 'basic ', 'secret ', 'authorization bearer '];
  const fills = [' ', '=', 'a.', 'a-', 'A-', '%20', 'aaaa'];
  const texts = [
    ...pieces.map((piece) => piece.repeat(1_000_000 / piece.length)),
    ...starts.flatMap((start) => fills.map((fill) => `${start}${fill.repeat(1_000_000 / fill.length)}!`)),
  ];
  const mask = maskFor(PATTERN_NAMES, nameMatcher(SENSITIVE_KEYS));

  for (const text of texts) expect(within(() => mask(text, 'secret')).length).toBeGreaterThan(0);
}, 60_000);
