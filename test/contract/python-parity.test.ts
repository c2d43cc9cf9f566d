import { encodeEnvironment, parseEnvironment } from '../../contract/codec.js';
import { MINIMUM_LEVELS, PYTHON_LOG_LEVELS } from '../../contract/levels.js';
import { MAX_MESSAGE_BYTES } from '../../contract/limits.js';
import { pythonHarm } from '../../contract/python-harm.js';
import { sections, type Section } from '../../contract/sections.js';

/**
 * What Python's fapilog reads from the variables that both libraries know, as its documentation and its behaviour have
 * it; where it ignores a malformed value, ours is an error by design, and the table says `refused`.
 */
const REFUSED = Symbol('refused');

const cases: readonly (readonly [string, string, unknown])[] = [
  ['FAPILOG_CORE__SINKS', '["cloudwatch"]', ['cloudwatch']],
  ['FAPILOG_CORE__SINKS', '["cloudwatch","stdout_json"]', ['cloudwatch', 'stdout_json']],
  ['FAPILOG_CORE__SINKS', '[1]', REFUSED],
  ['FAPILOG_CORE__FILTERS', '["rate_limit"]', ['rate_limit']],
  ['FAPILOG_CORE__LOG_LEVEL', 'DEBUG', 'debug'],
  ['FAPILOG_CORE__LOG_LEVEL', 'INFO', 'info'],
  ['FAPILOG_CORE__LOG_LEVEL', 'WARNING', 'warn'],
  ['FAPILOG_CORE__LOG_LEVEL', 'ERROR', 'error'],
  ['FAPILOG_CORE__LOG_LEVEL', 'LOUD', REFUSED],
  ['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME', '/myapp/production', '/myapp/production'],
  ['FAPILOG_CLOUDWATCH__LOG_GROUP_NAME', 'bad group!', REFUSED],
  ['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME', 'api-server', 'api-server'],
  ['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME', 'a:b', REFUSED],
  ['FAPILOG_CLOUDWATCH__REGION', 'us-west-2', 'us-west-2'],
  ['FAPILOG_CLOUDWATCH__REGION', 'nowhere', REFUSED],
  ['FAPILOG_CLOUDWATCH__ENDPOINT_URL', 'http://127.0.0.1:4566', 'http://127.0.0.1:4566'],
  ['FAPILOG_CLOUDWATCH__ENDPOINT_URL', '127.0.0.1', REFUSED],
  ['FAPILOG_CLOUDWATCH__BATCH_SIZE', '1', 1],
  ['FAPILOG_CLOUDWATCH__BATCH_SIZE', '100', 100],
  ['FAPILOG_CLOUDWATCH__BATCH_SIZE', '10000', 10_000],
  ['FAPILOG_CLOUDWATCH__BATCH_SIZE', '10001', REFUSED],
  ['FAPILOG_CLOUDWATCH__BATCH_SIZE', '1e3', REFUSED],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '5', 5],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '5.0', 5],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '500ms', 0.5],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '1 m', 60],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '1h30m', REFUSED],
  ['FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS', '-1', REFUSED],
  ['FAPILOG_CLOUDWATCH__MAX_RETRIES', '3', 3],
  ['FAPILOG_CLOUDWATCH__MAX_RETRIES', 'three', REFUSED],
  ['FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY', '0.5', 0.5],
  ['FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY', '250ms', 0.25],
  ['FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP', 'false', false],
  ['FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP', 'YES', true],
  ['FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM', '0', false],
  ['FAPILOG_CLOUDWATCH__CREATE_LOG_STREAM', 'maybe', REFUSED],
  ['FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_ENABLED', 'on', true],
  ['FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_THRESHOLD', '5', 5],
  ['FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_THRESHOLD', '0', REFUSED],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY', '10', 10],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY', '0', REFUSED],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__REFILL_RATE_PER_SEC', '5.0', 5],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__REFILL_RATE_PER_SEC', '-1', REFUSED],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__KEY_FIELD', 'user_id', 'user_id'],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__MAX_KEYS', '10000', 10_000],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__OVERFLOW_ACTION', 'mark', 'mark'],
  ['FAPILOG_FILTER_CONFIG__RATE_LIMIT__OVERFLOW_ACTION', 'wait', REFUSED],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '256000', 256_000],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '10 KB', 10_240],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '1 MB', MAX_MESSAGE_BYTES],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '"1 MB"', MAX_MESSAGE_BYTES],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '1048576', MAX_MESSAGE_BYTES],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '10 MB', MAX_MESSAGE_BYTES],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '99', REFUSED],
  ['FAPILOG_SIZE_GUARD__MAX_BYTES', '1 MiB', REFUSED],
  ['FAPILOG_SIZE_GUARD__ACTION', 'truncate', 'truncate'],
  ['FAPILOG_SINK_ROUTING__ENABLED', 'true', true],
  [
    'FAPILOG_SINK_ROUTING__RULES',
    '[{"levels":["ERROR","CRITICAL"],"sinks":["cloudwatch"]}]',
    [{ levels: ['error', 'fatal'], sinks: ['cloudwatch'] }],
  ],
  ['FAPILOG_SERVICE', 'api', 'api'],
];

const FULL: readonly (readonly [string, string])[] = [
  ['FAPILOG_CLOUDWATCH__', 'FAPILOG_SINK_CONFIG__CLOUDWATCH__'],
  ['FAPILOG_SIZE_GUARD__', 'FAPILOG_PROCESSOR_CONFIG__SIZE_GUARD__'],
];

/** The name as it is, and where there are two spellings, the other one. */
const spellings = cases.flatMap(([name, value, expected]) => {
  const [short, full] = FULL.find(([prefix]) => name.startsWith(prefix)) ?? ['', ''];
  const other = full === '' ? [] : [[name.replace(short, full), value, expected] as const];
  return [[name, value, expected] as const, ...other];
});

test.each(spellings)('%s=%s', (name, value, expected) => {
  const { settings, problems } = parseEnvironment({ [name]: value });
  const values = Object.values(settings).flatMap((section) => Object.values(section) as unknown[]);

  expect(expected === REFUSED ? problems.map(({ where }) => where) : values).toEqual(
    expected === REFUSED ? [name] : [expected],
  );
});

/** What Python's documents write for the filters that both have. */
const filters: readonly (readonly [string, string, object])[] = [
  ['SAMPLING__SAMPLE_RATE', '0.2', { sampling: { rate: 0.2 } }],
  ['SAMPLING__RATE', '0.1', { sampling: { rate: 0.1 } }],
  ['SAMPLING__CONFIG__SAMPLE_RATE', '0.2', { sampling: { rate: 0.2 } }],
  ['SAMPLING__CONFIG', '{"sample_rate":0.25}', { sampling: { rate: 0.25 } }],
  ['SAMPLING', '{"config":{"sample_rate":0.25}}', { sampling: { rate: 0.25 } }],
  ['SAMPLING', '{"sample_rate":0.25}', { sampling: { rate: 0.25 } }],
  ['LEVEL', '{"config":{"min_level":"WARNING"}}', { level: { minLevel: 'warn' } }],
  ['LEVEL__CONFIG__MIN_LEVEL', 'WARNING', { level: { minLevel: 'warn' } }],
  ['RATE_LIMIT__CONFIG__CAPACITY', '1000', { rateLimit: { capacity: 1_000 } }],
  ['RATE_LIMIT', '{"config":{"key_field":"user_id"}}', { rateLimit: { keyField: 'user_id' } }],
  [
    'FIRST_OCCURRENCE__KEY_FIELDS',
    '["message","user_id"]',
    { firstOccurrence: { keyFields: ['message', 'user_id'] } },
  ],
  ['FIRST_OCCURRENCE__MAX_ENTRIES', '10000', { firstOccurrence: { maxKeys: 10_000 } }],
  [
    'FIRST_OCCURRENCE__CONFIG',
    '{"key_fields":["message"],"window_seconds":60,"max_keys":10,"subsequent_sample_rate":0}',
    { firstOccurrence: { keyFields: ['message'], windowSeconds: 60, maxKeys: 10, subsequentSampleRate: 0 } },
  ],
  ['SIZE_GUARD__CONFIG__ACTION', 'warn', { sizeGuard: { action: 'warn' } }],
];

test.each(filters)('FAPILOG_FILTER_CONFIG__%s=%s', (name, value, expected) => {
  expect(parseEnvironment({ [`FAPILOG_FILTER_CONFIG__${name}`]: value })).toMatchObject({
    settings: expected,
    problems: [],
    notices: [],
  });
});

test('spellings that disagree are reported, each with the one that wins', () => {
  const filter = 'FAPILOG_FILTER_CONFIG__SAMPLING__';
  const { settings, notices } = parseEnvironment({
    [`${filter}SAMPLE_RATE`]: '0.5',
    [`${filter}CONFIG__RATE`]: '0.50',
    [`${filter}CONFIG__SAMPLE_RATE`]: '0.2',
  });

  expect(settings.sampling).toEqual({ rate: 0.5 });
  expect(notices).toEqual([
    `${filter}SAMPLE_RATE and ${filter}CONFIG__SAMPLE_RATE disagree; ${filter}SAMPLE_RATE is used`,
  ]);
});

test('a name that Python reads in place of ours is one that we read, too', () => {
  const rows = Object.values<Section>(sections).flatMap((section) => Object.values(section.rows));
  const missing = rows.filter(({ python: { field }, aliases = [] }) => field && !aliases.includes(field));

  expect(missing).toEqual([]);
});

test.each(
  Object.values<Section>(sections).flatMap(({ path, rows }) =>
    Object.entries(rows).map(([key, { python }]) => [`${path.join('.')}.${key}`, python] as const),
  ),
)('%s says what goes wrong if something does, and what is different if it is', (_, python) => {
  const { mark, harm, isHarmful, difference } = python;
  expect(mark === 'harms' ? harm : '-').toBeTruthy();
  expect(mark === 'differs' ? difference : '-').toBeTruthy();
  expect(isHarmful === undefined || harm !== undefined).toBe(true);
  expect(['reads', 'ignores'].includes(mark) ? harm : undefined).toBeUndefined();
});

test('levels of routing rules are written in the words of Python, which compares them', () => {
  const rules = [{ levels: ['debug', 'info', 'warn', 'error', 'fatal'], sinks: ['cloudwatch'] }] as const;
  const { FAPILOG_SINK_ROUTING__RULES: written } = encodeEnvironment({ sinkRouting: { rules } });

  expect(JSON.parse(written!)).toEqual([
    { levels: ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL'], sinks: ['cloudwatch'] },
  ]);
  expect(parseEnvironment({ FAPILOG_SINK_ROUTING__RULES: written }).settings.sinkRouting).toEqual({ rules });
});

test('a prefix of log streams does no harm beside the whole name, which both read', () => {
  const harm = (given: object): unknown =>
    pythonHarm(sections.cloudwatch, 'logStreamPrefix', 'api/', given as Record<string, unknown>);

  expect(harm({ logStreamPrefix: 'api/' })).toContain('every line is lost');
  expect(harm({ logStreamPrefix: 'api/', logStreamName: 'api/1' })).toBeUndefined();
});

test('the level is written as Python reads it where Python has it', () => {
  const harmful = MINIMUM_LEVELS.filter(
    (level) => pythonHarm(sections.core, 'logLevel', level) !== undefined,
  );

  expect(PYTHON_LOG_LEVELS).toEqual(['DEBUG', 'INFO', 'WARNING', 'ERROR']);
  expect(harmful).toEqual(['trace', 'fatal', 'silent']);
});
