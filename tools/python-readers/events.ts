/** What both programs log, so that what arrives can be told by count and by text. */
export interface LoggedEvent {
  readonly level: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'fatal';
  readonly message: string;
  readonly fields: Readonly<Record<string, unknown>>;
}

/** So many events of each level that a sum names its levels. */
const COUNTS: readonly (readonly [LoggedEvent['level'], number])[] = [
  ['debug', 1],
  ['info', 2],
  ['warn', 4],
  ['error', 8],
  ['fatal', 16],
  ['trace', 32],
];

/** Texts that somebody may want hidden, by what the table calls them. */
export const SECRETS = {
  password: 'correct-horse',
  'customer.iban': 'DE02120300000000202051',
  cardHolder: 'Jane Miller',
  user_id: 'user-4711',
  'number of an order': 'order-0815',
  'e-mail address': 'jane@example.com',
  'card number': '4111111111111111',
  'AWS key': 'AKIAIOSFODNN7EXAMPLE',
  'bearer token': 'mF_9.B5f-4.1JqMmF_9.B5f',
  'password in a URL': 'battery-staple',
} as const;

export type Secret = keyof typeof SECRETS;

export const secretNames = Object.keys(SECRETS) as Secret[];

const MESSAGE = `${SECRETS['e-mail address']} paid with ${SECRETS['card number']}; ${SECRETS['AWS key']}, Bearer ${SECRETS['bearer token']}`;

/** The events of each level, and one of 300,000 bytes if it is asked for. */
export function loggedEvents(hasLargeEvent: boolean): LoggedEvent[] {
  const levels = COUNTS.flatMap(([level, count]) => Array.from({ length: count }, () => level));
  const events = levels.map((level, number) => ({ level, message: MESSAGE, fields: fieldsOf(number) }));
  const large: LoggedEvent = { level: 'info', message: 'large', fields: { text: 'x'.repeat(300_000) } };
  return hasLargeEvent ? [...events, large] : events;
}

function fieldsOf(number: number): Record<string, unknown> {
  return {
    number,
    requestId: `request-${number % 2}`,
    password: SECRETS.password,
    customer: { iban: SECRETS['customer.iban'] },
    cardHolder: SECRETS.cardHolder,
    user_id: SECRETS.user_id,
    orders: [{ number: SECRETS['number of an order'] }],
    url: `https://user:${SECRETS['password in a URL']}@example.com/`,
  };
}
