import { getLogger, Settings, type Logger } from '../../../runtime/index.js';
import { MemorySink, type Line } from '../../support/memory-sink.js';

const HIDDEN = '[redacted]';
const secret = { password: 'secret', user: 'Ann' };
const hidden = { password: HIDDEN, user: 'Ann' };

/** The line of one log call of a logger that redacts, without time and level. */
function told(call: (logger: Logger) => void): Line {
  const sink = new MemorySink();
  const settings = new Settings({ core: { enrich: false }, redaction: { enabled: true } }, { env: {} });
  call(getLogger({ settings, sinks: [sink] }));
  expect(sink.lines.join('\n')).not.toContain('secret');
  return sink.told[0]!;
}

function clientError(): Error {
  return Object.assign(new Error('failed'), {
    config: { headers: { authorization: 'Bearer secret' }, url: '/orders' },
    password: 'secret',
  });
}

describe('redaction sees all arguments', () => {
  test.each<[string, (logger: Logger) => void, Line]>([
    ['fields', (logger) => logger.info('login', secret), { message: 'login', ...hidden }],
    ['fields alone', (logger) => logger.info(secret), { message: '', ...hidden }],
    [
      'further fields',
      (logger) => logger.info('login', { id: 7 }, secret),
      { message: 'login', id: 7, ...hidden },
    ],
    [
      'fields of one name',
      (logger) => logger.info('login', { password: 'secret 1' }, { password: 'secret 2' }),
      { message: 'login', password: HIDDEN, _password: HIDDEN },
    ],
    ['%s', (logger) => logger.info('login %s', secret), { message: `login ${JSON.stringify(hidden)}` }],
    ['%d', (logger) => logger.info('login %d', secret), { message: `login ${JSON.stringify(hidden)}` }],
    ['%j', (logger) => logger.info('login %j', secret), { message: `login ${JSON.stringify(hidden)}` }],
    ['%o', (logger) => logger.info('login %o', secret), { message: `login ${JSON.stringify(hidden)}` }],
    ['%O', (logger) => logger.info('login %O', secret), { message: `login ${JSON.stringify(hidden)}` }],
    ['a list', (logger) => logger.info('login', [secret]), { message: `login [${JSON.stringify(hidden)}]` }],
    ['a list alone', (logger) => logger.info([secret]), { message: `[${JSON.stringify(hidden)}]` }],
    [
      'pairs',
      (logger) => logger.info('sent', [['authorization', 'secret']]),
      { message: 'sent [["authorization","[redacted]"]]' },
    ],
    [
      'a Map',
      (logger) => logger.info('login', new Map([['password', 'secret']])),
      { message: 'login', password: HIDDEN },
    ],
    ['a child logger', (logger) => logger.child(secret).info('login'), { message: 'login', ...hidden }],
    [
      'setBindings',
      (logger) => {
        const child = logger.child({});
        child.setBindings(secret);
        child.info('login');
      },
      { message: 'login', ...hidden },
    ],
    [
      'the context',
      (logger) => logger.withContext(secret, () => logger.info('login')),
      { message: 'login', ...hidden },
    ],
    [
      'what a serializer returns',
      (logger) => logger.child({}, { serializers: { of: () => secret } }).info('login', { of: 1 }),
      { message: 'login', of: hidden },
    ],
  ])('%s', (_, call, expected) => {
    expect(told(call)).toEqual(expected);
  });

  test.each<[string, (log: Logger['error'], error: Error) => void, string]>([
    ['behind fields', (log, error) => log('payment', { id: 7 }, error), 'payment'],
    ['before fields', (log, error) => log(error, { id: 7 }), 'failed'],
    ['for %s', (log, error) => log('payment %s', error, { id: 7 }), 'payment Error: failed'],
    ['for %j', (log, error) => log('payment %j', error, { id: 7 }), 'payment Error: failed'],
    ['as a cause', (log, cause) => log('payment', { id: 7 }, new Error('e', { cause })), 'payment'],
  ])('an error %s', (_, call, message) => {
    const line = told((logger) => call(logger.error, clientError()));

    expect(line).toMatchObject({ message, id: 7 });
    const { error } = line as { error: Line };
    expect(error['cause'] ?? error).toMatchObject({
      message: 'failed',
      config: { url: '/orders', headers: HIDDEN },
      password: HIDDEN,
    });
  });
});

describe('redaction sees what is in a value', () => {
  test.each<[string, unknown, unknown]>([
    ['an object in a list', [{ deep: secret }], [{ deep: hidden }]],
    ['a Map', new Map([['password', 'secret']]), { password: HIDDEN }],
    [
      'a Map with other keys',
      new Map<unknown, unknown>([
        [1, secret],
        ['password', 'secret'],
      ]),
      [
        [1, hidden],
        ['password', HIDDEN],
      ],
    ],
    ['a Map in a Map', new Map([['k', new Map([['password', 'secret']])]]), { k: { password: HIDDEN } }],
    ['a Set', new Set([secret]), [hidden]],
    ['a toJSON', { toJSON: () => ({ deep: secret }) }, { deep: hidden }],
    [
      'headers',
      new Headers({ authorization: 'secret', accept: '*/*' }),
      { accept: '*/*', authorization: HIDDEN },
    ],
    ['parameters', new URLSearchParams('password=secret&id=7'), { password: HIDDEN, id: '7' }],
    [
      'pairs',
      [
        ['Authorization', 'secret'],
        ['host', 'a'],
      ],
      [
        ['Authorization', HIDDEN],
        ['host', 'a'],
      ],
    ],
    ['pairs in a row', ['Host', 'a', 'Authorization', 'secret'], ['Host', 'a', 'Authorization', HIDDEN]],
    ['name and value', [{ name: 'cookie', value: 'secret' }], [{ name: 'cookie', value: HIDDEN }]],
    ['key and value', [{ key: 'x-api-key', value: 'secret' }], [{ key: 'x-api-key', value: HIDDEN }]],
    [
      'names in other spellings',
      { passWord: 'secret', PASS_WORD: 'secret' },
      { passWord: HIDDEN, PASS_WORD: HIDDEN },
    ],
    ['a list of secrets', { 'set-cookie': ['secret'] }, { 'set-cookie': HIDDEN }],
  ])('%s', (_, value, expected) => {
    expect(told((logger) => logger.info('m', { value }))).toEqual({ message: 'm', value: expected });
  });
});
