import { maskBearerTokens } from '../../../../runtime/redact/patterns/bearer-token.js';

const JWT = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk';
const BASIC = Buffer.from('jane:pässwörd').toString('base64');

test.each([
  ['Bearer abc123', 'Bearer [redacted]'],
  ['bearer abc.def.ghi', 'bearer [redacted]'],
  [`Bearer ${'a'.repeat(20)}`, 'Bearer [redacted]'],
  [`Authorization: Bearer ${JWT}`, 'Authorization: Bearer [redacted]'],
  ['Authorization: Bearer hunter', 'Authorization: Bearer [redacted]'],
  ['{"authorization":"Bearer hunter"}', '{"authorization":"Bearer [redacted]"}'],
  [`Basic ${BASIC}`, 'Basic [redacted]'],
  ['authorization: basic YTpi', 'authorization: basic [redacted]'],
  ['basic YTpi, again', 'basic [redacted], again'],
  ['bearer%20abc123&x=1', 'bearer%20[redacted]&x=1'],
  ['Bearer: 1|sanctum2token', 'Bearer: [redacted]'],
  [`token=${JWT};`, 'token=[redacted];'],
])('%j becomes %j', (text, expected) => {
  expect(maskBearerTokens(text)).toBe(expected);
});

test.each([
  'the bearer token is missing',
  'Bearer authentication failed.',
  'bearer tokens: none',
  'Bearer JWT expected',
  'Bearer token-based/JWT access',
  'WWW-Authenticate: Bearer realm="api", error="invalid_token"',
  'Basic realm="api"',
  'basic authentication with JavaScript',
  'Basic HTTP/1.1 request',
  'basic JavaScript',
  'forbearer 12345678',
  '{"token_type":"Bearer","expires":3600}',
  'heyJude.and.others',
  'eyJust.two',
])('%j stays', (text) => {
  expect(maskBearerTokens(text)).toBe(text);
});

/** At, one under and one over: five characters are no token, and nineteen letters may be a word. */
test.each([
  ['Bearer abcd1', false],
  ['Bearer abcde1', true],
  ['Bearer abcdef1', true],
  [`Bearer ${'a'.repeat(18)}`, false],
  [`Bearer ${'a'.repeat(19)}`, false],
  [`Bearer ${'a'.repeat(20)}`, true],
])('%j', (text, goes) => {
  expect(maskBearerTokens(text)).toBe(goes ? 'Bearer [redacted]' : text);
});
