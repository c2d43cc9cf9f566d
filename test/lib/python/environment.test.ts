import { Fn, Stack, Token } from 'aws-cdk-lib';
import * as fc from 'fast-check';
import {
  encodeEnvironment,
  parseEnvironment,
  variableName,
  type GivenSettings,
} from '../../../contract/codec.js';
import { MINIMUM_LEVELS, type MinimumLevel } from '../../../contract/levels.js';
import { pythonHarm } from '../../../contract/python-harm.js';
import { sections, type Section } from '../../../contract/sections.js';
import { SENSITIVE_KEYS } from '../../../contract/settings/redaction.js';
import type { Reader } from '../../../lib/reader.js';
import { redactionOf, Sensitive } from '../../../lib/group/sensitive.js';
import { environmentFor } from '../../../lib/python/environment.js';
import { pythonFindings } from '../../../lib/python/findings.js';
import { Settings } from '../../../runtime/settings/settings.js';
import { givenSettings, namedRows } from '../../support/setting-values.js';

const both: readonly Reader[] = ['nodejs', 'python'];
const python: readonly Reader[] = ['python'];

const FILTER = 'FAPILOG_FILTER_CONFIG__';

test('Node.js alone gets what it always got', () => {
  fc.assert(
    fc.property(givenSettings(), (settings) => {
      expect(environmentFor(settings, ['nodejs'])).toEqual(encodeEnvironment(settings));
      expect(pythonFindings(settings, ['nodejs'])).toEqual([]);
    }),
    { numRuns: 20 },
  );
});

describe('log streams', () => {
  test.each([
    ['api/', 'api/shared'],
    ['api-', 'api-shared'],
    ['api', 'api-shared'],
    ['münster', 'münster-shared'],
  ])('that begin with %s', (logStreamPrefix, name) => {
    const settings = { cloudwatch: { logStreamPrefix } };

    expect(environmentFor(settings, both)).toEqual({
      FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX: logStreamPrefix,
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: name,
    });
    expect(environmentFor(settings, python)).toEqual({ FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: name });
  });

  test('that begin with what only the deployment knows', () => {
    const settings = { cloudwatch: { logStreamPrefix: Fn.ref('Prefix') } };

    expect(new Stack().resolve(environmentFor(settings, python))).toEqual({
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: { 'Fn::Join': ['', [{ Ref: 'Prefix' }, 'shared']] },
    });
  });

  test.each([[{ logStreamName: 'api/one', logStreamPrefix: 'api/' }], [{ logStreamName: 'one' }]])(
    'with the name of %j keep it',
    (cloudwatch) => {
      expect(environmentFor({ cloudwatch }, both)['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME']).toBe(
        cloudwatch.logStreamName,
      );
    },
  );
});

describe('levels', () => {
  const levels: readonly (readonly [MinimumLevel, string, string])[] = [
    ['trace', 'DEBUG', 'DEBUG'],
    ['debug', 'DEBUG', 'DEBUG'],
    ['info', 'INFO', 'INFO'],
    ['warn', 'WARNING', 'WARNING'],
    ['error', 'ERROR', 'ERROR'],
    ['fatal', 'ERROR', 'CRITICAL'],
  ];

  test.each(levels)(
    '%s is %s for the logger, which may not count, and %s for the filter',
    (level, core, filter) => {
      for (const readers of [both, python]) {
        expect(environmentFor({ core: { logLevel: level } }, readers)).toEqual({
          FAPILOG_CORE__LOG_LEVEL: core,
          FAPILOG_CORE__FILTERS: '["level"]',
          [`${FILTER}LEVEL__MIN_LEVEL`]: filter,
        });
      }
    },
  );

  test('all but silent are in the table', () => {
    expect([...levels.map(([level]) => level), 'silent']).toEqual(MINIMUM_LEVELS);
  });

  test('silent lets a share of 0 pass, whatever the other filters say', () => {
    const settings: GivenSettings = {
      core: { logLevel: 'silent', filters: ['sampling', 'rate_limit'] },
      sampling: { rate: 0.5, keyField: 'a' },
      rateLimit: { windowSeconds: 9 },
    };

    expect(environmentFor(settings, both)).toEqual({
      FAPILOG_CORE__LOG_LEVEL: 'ERROR',
      FAPILOG_CORE__FILTERS: '["level","sampling"]',
      [`${FILTER}LEVEL__MIN_LEVEL`]: 'CRITICAL',
      [`${FILTER}SAMPLING__RATE`]: '0',
      [`${FILTER}SAMPLING__ALWAYS_LEVEL`]: 'SILENT',
      [`${FILTER}SAMPLING__CONFIG__SAMPLE_RATE`]: '0',
    });
    expect(environmentFor(settings, python)).toEqual({
      FAPILOG_CORE__LOG_LEVEL: 'ERROR',
      FAPILOG_CORE__FILTERS: '["level","trace_sampling"]',
      [`${FILTER}LEVEL__MIN_LEVEL`]: 'CRITICAL',
      [`${FILTER}TRACE_SAMPLING`]: '{"sample_rate":0,"always_pass_levels":[]}',
    });
  });

  test('one that only the deployment knows is written as it is', () => {
    const logLevel = Fn.ref('Level') as MinimumLevel;

    expect(new Stack().resolve(environmentFor({ core: { logLevel } }, both))).toEqual({
      FAPILOG_CORE__LOG_LEVEL: { Ref: 'Level' },
      FAPILOG_CORE__FILTERS: '["level"]',
      [`${FILTER}LEVEL__MIN_LEVEL`]: { Ref: 'Level' },
    });
  });
});

describe('filters', () => {
  const passing = '["ERROR","CRITICAL","AUDIT","SECURITY"]';

  test.each<[string, GivenSettings, object, object]>([
    [
      'a rate',
      { core: { filters: ['sampling'] }, sampling: { rate: 0.25 } },
      { [`${FILTER}SAMPLING__SAMPLE_RATE`]: '0.25' },
      { [`${FILTER}TRACE_SAMPLING`]: `{"sample_rate":0.25,"always_pass_levels":${passing}}` },
    ],
    [
      'no rate',
      { core: { filters: ['sampling'] }, sampling: {} },
      {},
      { [`${FILTER}TRACE_SAMPLING`]: `{"sample_rate":1,"always_pass_levels":${passing}}` },
    ],
    [
      'a rate and a level',
      { core: { filters: ['sampling'] }, sampling: { rate: 0.25, alwaysLevel: 'warn' } },
      {
        [`${FILTER}SAMPLING__RATE`]: '0.25',
        [`${FILTER}SAMPLING__ALWAYS_LEVEL`]: 'WARNING',
        [`${FILTER}SAMPLING__CONFIG__SAMPLE_RATE`]: '0.25',
      },
      {
        [`${FILTER}TRACE_SAMPLING`]:
          '{"sample_rate":0.25,"always_pass_levels":["WARNING","ERROR","CRITICAL","AUDIT","SECURITY"]}',
      },
    ],
    [
      'a field that decides',
      { core: { filters: ['sampling'] }, sampling: { keyField: 'user.id' } },
      { [`${FILTER}SAMPLING__KEY_FIELD`]: 'user.id', [`${FILTER}SAMPLING__CONFIG__SAMPLE_RATE`]: '1' },
      { [`${FILTER}TRACE_SAMPLING`]: `{"sample_rate":1,"always_pass_levels":${passing}}` },
    ],
    [
      'a limit',
      { core: { filters: ['rate_limit'] }, rateLimit: { capacity: 3, keyField: 'level' } },
      { [`${FILTER}RATE_LIMIT__CAPACITY`]: '3', [`${FILTER}RATE_LIMIT__KEY_FIELD`]: 'level' },
      { [`${FILTER}RATE_LIMIT__CAPACITY`]: '3', [`${FILTER}RATE_LIMIT__KEY_FIELD`]: 'level' },
    ],
    [
      'a window',
      { core: { filters: ['rate_limit'] }, rateLimit: { windowSeconds: 9 } },
      { [`${FILTER}RATE_LIMIT__WINDOW_SECONDS`]: '9', [`${FILTER}RATE_LIMIT__CONFIG__CAPACITY`]: '10' },
      {},
    ],
    [
      'a limit and a window',
      {
        core: { filters: ['rate_limit'] },
        rateLimit: { windowSeconds: 9, capacity: 3, overflowAction: 'mark' },
      },
      {
        [`${FILTER}RATE_LIMIT__WINDOW_SECONDS`]: '9',
        [`${FILTER}RATE_LIMIT__CAPACITY`]: '3',
        [`${FILTER}RATE_LIMIT__OVERFLOW_ACTION`]: 'mark',
        [`${FILTER}RATE_LIMIT__CONFIG__CAPACITY`]: '3',
        [`${FILTER}RATE_LIMIT__CONFIG__OVERFLOW_ACTION`]: 'mark',
      },
      { [`${FILTER}RATE_LIMIT__CAPACITY`]: '3', [`${FILTER}RATE_LIMIT__OVERFLOW_ACTION`]: 'mark' },
    ],
  ])('%s', (_, settings, forBoth, forPython) => {
    const [name] = settings.core!.filters!;
    const level = { [`${FILTER}LEVEL__MIN_LEVEL`]: 'INFO' };
    const alone = name === 'sampling' ? 'trace_sampling' : name;

    expect(environmentFor(settings, both)).toEqual({
      FAPILOG_CORE__FILTERS: `["level","${name}"]`,
      ...level,
      ...forBoth,
    });
    expect(environmentFor(settings, python)).toEqual({
      FAPILOG_CORE__FILTERS: `["level","${alone}"]`,
      ...level,
      ...forPython,
    });
  });

  test('a rate that only the deployment knows', () => {
    const settings: GivenSettings = {
      core: { filters: ['sampling'] },
      sampling: { rate: Token.asNumber(Fn.ref('Rate')) },
    };
    const stack = new Stack();

    expect(stack.resolve(environmentFor(settings, both))).toMatchObject({
      [`${FILTER}SAMPLING__SAMPLE_RATE`]: { Ref: 'Rate' },
    });
    expect(stack.resolve(environmentFor(settings, python))[`${FILTER}TRACE_SAMPLING`]).toEqual({
      'Fn::Join': ['', ['{"sample_rate":', { Ref: 'Rate' }, `,"always_pass_levels":${passing}}`]],
    });
  });
});

describe('redaction', () => {
  const PREFIX = 'FAPILOG_REDACTOR_CONFIG__';

  function redactors(...sensitive: Sensitive[]): Record<string, any> {
    const environment = environmentFor({ redaction: redactionOf(sensitive) }, python);
    return Object.fromEntries(
      Object.entries(environment).map(([name, value]) => [name.replace(PREFIX, ''), JSON.parse(value)]),
    );
  }

  test('hides fields by their path in the envelope, and names at any depth', () => {
    expect(redactors(Sensitive.field('customer.iban'), Sensitive.key('pin'))).toEqual({
      FAPILOG_CORE__REDACTORS: ['field_mask', 'field_blocker', 'url_credentials'],
      FAPILOG_CORE__REDACTION_MAX_DEPTH: 16,
      FIELD_MASK__FIELDS_TO_MASK: ['data.customer.iban'],
      FIELD_BLOCKER__BLOCKED_FIELDS: expect.arrayContaining(['pin', 'password']),
    });
  });

  test('hides the usual names with any other sensitive data', () => {
    const names = redactors(Sensitive.EMAIL)['FIELD_BLOCKER__BLOCKED_FIELDS'];

    expect(names).toEqual(expect.arrayContaining([...SENSITIVE_KEYS]));
    expect(redactors(Sensitive.EMAIL)).not.toHaveProperty('FIELD_MASK__FIELDS_TO_MASK');
  });

  test.each([
    ['pin', ['pin']],
    ['card_pin', ['card_pin', 'cardpin', 'card-pin']],
    ['card-pin', ['card_pin', 'cardpin', 'card-pin']],
    ['cardPin', ['card_pin', 'cardpin', 'card-pin']],
    ['IBAN', ['iban']],
    ['connect.sid', ['connect.sid']],
    ['_', ['_', '-']],
  ])('hides each spelling of %s', (name, spellings) => {
    const usual = new Set(redactors(Sensitive.EMAIL)['FIELD_BLOCKER__BLOCKED_FIELDS']);
    const named = redactors(Sensitive.key(name))['FIELD_BLOCKER__BLOCKED_FIELDS'];

    expect(named).toEqual(expect.arrayContaining(spellings));
    expect(named.filter((each: string) => !usual.has(each) && !spellings.includes(each))).toEqual([]);
  });

  test('is not written where nothing is to be hidden', () => {
    expect(environmentFor({ redaction: redactionOf([]) }, both)).toEqual({});
  });

  test('hides in Node.js what it would hide alone, and the same once more', () => {
    const given = redactionOf([
      Sensitive.field('customer.iban'),
      Sensitive.field('ids[*]'),
      Sensitive.key('cardPin'),
    ]);
    const { redaction, notices } = new Settings({}, { env: environmentFor({ redaction: given }, both) });
    const bare = (name: string): string => name.replaceAll(/[-_]/g, '').toLowerCase();

    expect(notices).toEqual([]);
    expect(redaction).toMatchObject({ enabled: true, patterns: [] });
    expect(redaction.paths).toEqual(expect.arrayContaining([...given.paths!]));
    expect(new Set(redaction.keys.map(bare))).toEqual(new Set(given.keys!.map(bare)));
  });

  test('stays beside that of Node.js', () => {
    const settings = { redaction: redactionOf([Sensitive.field('customer.iban')]) };

    expect(environmentFor(settings, both)).toEqual({
      ...environmentFor(settings, ['nodejs']),
      ...environmentFor(settings, python),
    });
  });
});

test.each([
  [{ installSignalHandlers: false }, { FAPILOG_CORE__SIGNAL_HANDLER_ENABLED: 'false' }],
  [{ maxRetries: 0 }, { FAPILOG_CLOUDWATCH__MAX_RETRIES: '1' }],
  [{ maxRetries: 4 }, { FAPILOG_CLOUDWATCH__MAX_RETRIES: '5' }],
  [{ batchSize: 7, gzip: false }, { FAPILOG_CLOUDWATCH__BATCH_SIZE: '7' }],
])('Python alone gets of %j what it reads', (cloudwatch, expected) => {
  expect(environmentFor({ cloudwatch, core: { worker: true, traceFormat: 'snake' } }, python)).toEqual(
    expected,
  );
});

/** Settings as the construct can be given them. */
const constructSettings = givenSettings().chain(({ core, app, cloudwatch, sampling, rateLimit, redaction }) =>
  fc.subarray(['sampling', 'rate_limit']).map((filters): GivenSettings => ({
    core: {
      sinks: ['cloudwatch'],
      ...(core.logLevel === undefined ? {} : { logLevel: core.logLevel }),
      ...(core.worker === undefined ? {} : { worker: core.worker }),
      ...(core.traceFormat === undefined ? {} : { traceFormat: core.traceFormat }),
      ...(filters.length > 0 ? { filters } : {}),
    },
    app: app.service === undefined ? {} : { service: app.service },
    cloudwatch,
    sampling: filters.includes('sampling') ? sampling : {},
    rateLimit: filters.includes('rate_limit') ? rateLimit : {},
    redaction: { ...redaction, ...(redaction.paths?.length ? { paths: ['a.b'] } : {}) },
  })),
);

/** Variables that take the harm from another one. */
const remedies: readonly (readonly [RegExp, (environment: Record<string, string>) => boolean])[] = [
  [
    /^FAPILOG_CLOUDWATCH__LOG_STREAM_PREFIX$/,
    (environment) => environment['FAPILOG_CLOUDWATCH__LOG_STREAM_NAME'] !== undefined,
  ],
  [
    /^FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS$/,
    (environment) => environment['FAPILOG_CORE__SIGNAL_HANDLER_ENABLED'] === 'false',
  ],
  [
    /^FAPILOG_FILTER_CONFIG__SAMPLING__/,
    (environment) => `${FILTER}SAMPLING__CONFIG__SAMPLE_RATE` in environment,
  ],
  [
    /^FAPILOG_FILTER_CONFIG__RATE_LIMIT__/,
    (environment) => `${FILTER}RATE_LIMIT__CONFIG__CAPACITY` in environment,
  ],
  [/^FAPILOG_REDACTION__(?!PATTERNS)/, (environment) => 'FAPILOG_CORE__REDACTORS' in environment],
];

describe.each([
  ['for both', both],
  ['for Python alone', python],
])('whatever the construct writes %s', (_, readers) => {
  test('does no harm that is not reported', () => {
    fc.assert(
      fc.property(constructSettings, (settings) => {
        const environment = environmentFor(settings, readers);
        const { settings: read } = parseEnvironment(environment);
        const reported = pythonFindings(settings, readers).map(({ name }) => name);
        const silent = namedRows.filter(({ section, key }) => {
          const name = variableName(sections[section] as Section, key);
          const value = (read[section] as Record<string, unknown>)[key];
          if (
            !(name in environment) ||
            pythonHarm(sections[section], key, value, read[section]) === undefined
          )
            return false;
          if (remedies.some(([pattern, holds]) => pattern.test(name) && holds(environment))) return false;
          if (section === 'redaction' && settings.redaction?.enabled !== true) return false;
          return ![key, `${section}.${key}`, section === 'redaction' ? 'sensitive' : ''].some((each) =>
            reported.includes(each),
          );
        });

        expect(silent.map(({ section, key }) => `${section}.${key}`)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });

  test('has a level and lists that Python takes', () => {
    fc.assert(
      fc.property(constructSettings, (settings) => {
        const environment = environmentFor(settings, readers);
        const { FAPILOG_CORE__LOG_LEVEL: level = 'INFO', FAPILOG_CORE__FILTERS: filters } = environment;

        expect(['DEBUG', 'INFO', 'WARNING', 'ERROR']).toContain(level);
        if (filters) expect(JSON.parse(filters)[0]).toBe('level');
        for (const [name, value] of Object.entries(environment)) {
          if (/REDACTORS$|FIELDS|SINKS|FILTERS/.test(name))
            expect(JSON.parse(value)).toEqual(expect.any(Array));
        }
      }),
      { numRuns: 30 },
    );
  });
});

test('Node.js reads from what both read what it would read alone', () => {
  fc.assert(
    fc.property(constructSettings, (given) => {
      fc.pre(given.core!.logLevel !== 'silent' && given.core!.logLevel !== 'trace');
      const read = parseEnvironment(environmentFor(given, both));
      const alone = parseEnvironment(environmentFor(given, ['nodejs'])).settings;

      expect({ problems: read.problems, notices: read.notices }).toEqual({ problems: [], notices: [] });
      for (const section of ['app', 'sampling', 'redaction'] as const) {
        expect(read.settings[section]).toMatchObject(alone[section]);
      }
      expect(read.settings.cloudwatch).toMatchObject(alone.cloudwatch);
      expect(read.settings.rateLimit).toMatchObject(alone.rateLimit);
      expect((read.settings.core.filters ?? []).filter((name) => name !== 'level')).toEqual(
        alone.core.filters ?? [],
      );
      expect(read.settings.level.minLevel ?? 'info').toBe(alone.core.logLevel ?? 'info');
    }),
    { numRuns: 60 },
  );
});
