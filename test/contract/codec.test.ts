import * as fc from 'fast-check';
import {
  encodeEnvironment,
  parseEnvironment,
  variableName,
  type GivenSettings,
} from '../../contract/codec.js';
import { sectionNames, sections } from '../../contract/sections.js';
import { withheld } from '../../contract/withheld.js';
import { givenSettings, namedRows, rowsByName } from '../support/setting-values.js';

const SHORT = 'FAPILOG_CLOUDWATCH__';
const FULL = 'FAPILOG_SINK_CONFIG__CLOUDWATCH__';

const noSettings = Object.fromEntries(sectionNames.map((name) => [name, {}]));

const nothing = {
  settings: noSettings,
  problems: [],
  misspelt: [],
  notices: [],
  pythonRedaction: { paths: [], keys: [], problems: [], inapplicable: [], offBy: undefined },
};

function inFullSpelling(environment: Record<string, string>): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.map(([name, value]) => [name.replace(SHORT, FULL), value]));
}

function inLowerCase(environment: Record<string, string>): Record<string, string> {
  const entries = Object.entries(environment);
  return Object.fromEntries(entries.map(([name, value]) => [name.toLowerCase(), value]));
}

describe('parse of encode is identity', () => {
  test.each<[string, (environment: Record<string, string>) => Record<string, string>]>([
    ['as the construct writes it', (environment) => environment],
    ['in the full spelling', inFullSpelling],
    ['in lower case', inLowerCase],
    ['in the full spelling and lower case', (environment) => inLowerCase(inFullSpelling(environment))],
  ])('%s', (_, respelt) => {
    fc.assert(
      fc.property(givenSettings(), (settings) => {
        expect(parseEnvironment(respelt(encodeEnvironment(settings)))).toMatchObject({
          ...nothing,
          settings,
        });
      }),
    );
  });

  // A name of white space alone passes the check in code, is written as it is, and reads as absent.
});

describe('encode', () => {
  test('writes one variable of the short spelling for each setting that is given', () => {
    fc.assert(
      fc.property(givenSettings(), (settings) => {
        const given = namedRows.filter(({ section, key }) => Object.hasOwn(settings[section], key));

        expect(Object.keys(encodeEnvironment(settings)).toSorted()).toEqual(
          given.map(({ section, row }) => sections[section].prefixes[0] + row.field).toSorted(),
        );
      }),
    );
  });

  test('writes what Python reads: JSON lists, plain numbers, true and false, upper-case levels', () => {
    const settings: GivenSettings = {
      core: { sinks: ['cloudwatch'], logLevel: 'warn' },
      cloudwatch: {
        logGroupName: '/myapp/production',
        logStreamName: 'api-server',
        region: 'us-west-2',
        batchSize: 50,
        batchTimeoutSeconds: 0.25,
        maxRetries: 3,
        maxQueueBytes: 10_485_760,
        createLogGroup: false,
        circuitBreakerEnabled: true,
      },
    };

    expect(encodeEnvironment(settings)).toEqual({
      FAPILOG_CORE__SINKS: '["cloudwatch"]',
      FAPILOG_CORE__LOG_LEVEL: 'WARNING',
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-server',
      FAPILOG_CLOUDWATCH__REGION: 'us-west-2',
      FAPILOG_CLOUDWATCH__BATCH_SIZE: '50',
      FAPILOG_CLOUDWATCH__BATCH_TIMEOUT_SECONDS: '0.25',
      FAPILOG_CLOUDWATCH__MAX_RETRIES: '3',
      FAPILOG_CLOUDWATCH__MAX_QUEUE_BYTES: '10485760',
      FAPILOG_CLOUDWATCH__CREATE_LOG_GROUP: 'false',
      FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_ENABLED: 'true',
    });
  });

  test('writes nothing for what is not given', () => {
    expect(encodeEnvironment({})).toEqual({});
    expect(encodeEnvironment({ cloudwatch: { batchSize: undefined } })).toEqual({});
  });

  test.each(rowsByName)('lets a token of %s pass', (_, { section, key }) => {
    const token = Symbol('token');
    const settings: GivenSettings = { [section]: { [key]: token } };

    expect(encodeEnvironment(settings, (value) => (value === token ? '${Token[1]}' : undefined))).toEqual({
      [variableName(sections[section], key)]: '${Token[1]}',
    });
  });
});

describe('parse', () => {
  test('finds nothing in an environment without variables of ours', () => {
    const environment = { PATH: '/bin', AWS_REGION: 'us-west-2', FAPILOG: 'x', XFAPILOG_CORE__SINKS: '[]' };

    expect(parseEnvironment(environment)).toEqual({ ...nothing, places: new Map() });
  });

  test.each(
    namedRows.flatMap(({ section, row }) => sections[section].prefixes.map((prefix) => prefix + row.field)),
  )('takes a blank %s for absent', (name) => {
    for (const blank of ['', ' ', '\t\n', undefined]) {
      expect(parseEnvironment({ [name]: blank })).toMatchObject(nothing);
    }
  });

  test('lets the short spelling win over the full one, and says so', () => {
    expect(parseEnvironment({ [`${FULL}BATCH_SIZE`]: '60', [`${SHORT}BATCH_SIZE`]: '50' })).toEqual({
      ...nothing,
      settings: { ...noSettings, cloudwatch: { batchSize: 50 } },
      places: new Map([['cloudwatch.batchSize', `${SHORT}BATCH_SIZE`]]),
      notices: [
        'FAPILOG_CLOUDWATCH__BATCH_SIZE and FAPILOG_SINK_CONFIG__CLOUDWATCH__BATCH_SIZE disagree; ' +
          'FAPILOG_CLOUDWATCH__BATCH_SIZE is used',
      ],
    });
  });

  test('says nothing about two spellings of one value', () => {
    const environment = {
      [`${SHORT}BATCH_TIMEOUT_SECONDS`]: '500ms',
      [`${FULL}BATCH_TIMEOUT_SECONDS`]: '0.5',
      [`${SHORT}CREATE_LOG_GROUP`]: 'no',
      [`${FULL}CREATE_LOG_GROUP`]: 'FALSE',
    };

    expect(parseEnvironment(environment)).toMatchObject({
      ...nothing,
      settings: { ...noSettings, cloudwatch: { batchTimeoutSeconds: 0.5, createLogGroup: false } },
    });
  });

  test('falls back to the full spelling where the short one is blank', () => {
    expect(parseEnvironment({ [`${SHORT}BATCH_SIZE`]: ' ', [`${FULL}BATCH_SIZE`]: '60' })).toEqual({
      ...nothing,
      settings: { ...noSettings, cloudwatch: { batchSize: 60 } },
      places: new Map([['cloudwatch.batchSize', `${FULL}BATCH_SIZE`]]),
    });
  });

  test.each([
    ['before', { fapilog_cloudwatch__batch_size: '60', [`${SHORT}BATCH_SIZE`]: '50' }],
    ['after', { [`${SHORT}BATCH_SIZE`]: '50', fapilog_cloudwatch__batch_size: '60' }],
  ])('prefers upper case to a lower-case name %s it', (_, environment) => {
    expect(parseEnvironment(environment).settings.cloudwatch).toEqual({ batchSize: 50 });
  });

  test('prefers a lower-case name to a blank one in upper case', () => {
    const environment = { [`${SHORT}BATCH_SIZE`]: '', fapilog_cloudwatch__batch_size: '60' };

    expect(parseEnvironment(environment).settings.cloudwatch).toEqual({ batchSize: 60 });
  });

  test('reports every malformed value at once, the losing spelling included', () => {
    const { settings, problems, notices } = parseEnvironment({
      FAPILOG_CORE__LOG_LEVEL: 'loud',
      [`${SHORT}LOG_GROUP_NAME`]: 'bad group!',
      [`${SHORT}BATCH_SIZE`]: '50',
      [`${FULL}BATCH_SIZE`]: '20000',
      [`${SHORT}MAX_RETRIES`]: '3.5',
      [`${FULL}MAX_RETRIES`]: '1e1',
      [`${FULL}CREATE_LOG_STREAM`]: 'maybe',
    });

    expect(problems).toEqual([
      {
        where: 'FAPILOG_CORE__LOG_LEVEL',
        value: 'loud',
        allowed:
          'one of trace, debug, info, warn, error, fatal, silent (also warning, critical), in any case',
      },
      {
        where: 'FAPILOG_CLOUDWATCH__LOG_GROUP_NAME',
        value: 'bad group!',
        allowed: '1 to 512 of the characters a-z A-Z 0-9 _ - / . #, not starting with "aws/"',
      },
      {
        where: 'FAPILOG_SINK_CONFIG__CLOUDWATCH__BATCH_SIZE',
        value: '20000',
        allowed: 'an integer from 1 to 10000',
      },
      { where: 'FAPILOG_CLOUDWATCH__MAX_RETRIES', value: '3.5', allowed: 'an integer of at least 0' },
      {
        where: 'FAPILOG_SINK_CONFIG__CLOUDWATCH__MAX_RETRIES',
        value: '1e1',
        allowed: 'an integer of at least 0',
      },
      {
        where: 'FAPILOG_SINK_CONFIG__CLOUDWATCH__CREATE_LOG_STREAM',
        value: 'maybe',
        allowed: 'true or false (also 1, yes, on, 0, no, off)',
      },
    ]);
    expect(settings).toEqual({ ...noSettings, cloudwatch: { batchSize: 50 } });
    expect(notices).toEqual([]);
  });

  test.each([
    [`${SHORT}LOG_GROUPNAME`, `${SHORT}LOG_GROUP_NAME`],
    [`${FULL}BATCHSIZE`, `${FULL}BATCH_SIZE`],
    ['fapilog_cloudwatch__regoin', `${SHORT}REGION`],
    ['FAPILOG_CLOUDWATCH_LOG_GROUP_NAME', `${SHORT}LOG_GROUP_NAME`],
    ['FAPILOG__CLOUDWATCH__LOG_GROUP_NAME', `${SHORT}LOG_GROUP_NAME`],
    ['FAPILOG_SINK_CONFIG__CLOUDWATCH_BATCH_SIZE', `${FULL}BATCH_SIZE`],
    ['FAPLOG_CLOUDWATCH__REGION', `${SHORT}REGION`],
    ['FAPILOG-CLOUDWATCH--REGION', `${SHORT}REGION`],
    // in another section, or in none
    ['FAPILOG_CORE__LOG_GROUP_NAME', `${SHORT}LOG_GROUP_NAME`],
    ['FAPILOG_LOG_GROUP_NAME', `${SHORT}LOG_GROUP_NAME`],
    ['FAPILOG_AWS__LOG_GROUP', `${SHORT}LOG_GROUP_NAME`],
    ['FAPILOG_REGION', `${SHORT}REGION`],
    ['FAPILOG_LEVEL', 'FAPILOG_CORE__LOG_LEVEL'],
    ['FAPILOG_LOG_LEVEL', 'FAPILOG_CORE__LOG_LEVEL'],
    ['FAPILOG_CORE__LEVEL', 'FAPILOG_CORE__LOG_LEVEL'],
    ['FAPILOG_SINK', 'FAPILOG_CORE__SINKS'],
    ['FAPILOG_CORE__SERVICE', 'FAPILOG_SERVICE'],
    ['FAPILOG_APP__ENV', 'FAPILOG_ENV'],
    ['FAPILOG_SERVICE_NAME', 'FAPILOG_SERVICE'],
    ['FAPILOG_RATE_LIMIT__CAPACITY', 'FAPILOG_FILTER_CONFIG__RATE_LIMIT__CAPACITY'],
    [`${SHORT}COLOUR`, 'FAPILOG_SINK_CONFIG__STDOUT_PRETTY__COLOUR'],
    // a part of the name
    [`${SHORT}LOG_STREAM`, `${SHORT}LOG_STREAM_NAME`],
    [`${SHORT}RETENTION`, `${SHORT}RETENTION_IN_DAYS`],
    // sources and whole nodes
    ['FAPILOG_CONFIG__FILE', 'FAPILOG_CONFIG_FILE'],
    ['FAPILOG_CONFIG_SMS', 'FAPILOG_CONFIG_SSM'],
    ['FAPILOG_SINKCONFIG', 'FAPILOG_SINK_CONFIG'],
  ])('takes %s for a notice and no error, which names %s', (name, meant) => {
    expect(parseEnvironment({ [name]: 'hunter2' })).toMatchObject({
      ...nothing,
      misspelt: [
        {
          where: name.toUpperCase(),
          value: withheld('hunter2'),
          allowed: `no such variable; did you mean ${meant}?`,
        },
      ],
      notices: [`unknown variable ${name.toUpperCase()} is ignored; did you mean ${meant}?`],
    });
  });

  test.each(['FAPILOG_FOO', `${SHORT}ACCELERATE`, 'FAPILOG_SINK_CONFIG__KAFKA__TOPIC'])(
    'takes %s for a notice without a hint',
    (name) => {
      expect(parseEnvironment({ [name]: 'x' })).toMatchObject({
        ...nothing,
        notices: [`unknown variable ${name} is ignored`],
      });
    },
  );

  test.each([
    ['FAPILOG_REDACTION__ENABLE', '; did you mean FAPILOG_REDACTION__ENABLED?'],
    ['FAPILOG_REDACTION_ENABLED', '; did you mean FAPILOG_REDACTION__ENABLED?'],
    ['fapilog_redaction__key', '; did you mean FAPILOG_REDACTION__KEYS?'],
    ['FAPILOG_REDATION__PATHS', '; did you mean FAPILOG_REDACTION__PATHS?'],
    ['FAPILOG_REDACT__ENABLED', '; did you mean FAPILOG_REDACTION__ENABLED?'],
    ['FAPILOG_CORE__REDACTION_ENABLED', '; did you mean FAPILOG_REDACTION__ENABLED?'],
    ['FAPLOG_REDACTION__ENABLED', '; did you mean FAPILOG_REDACTION__ENABLED?'],
    ['FAPILOG_REDACTIONS', '; did you mean FAPILOG_REDACTION?'],
    ['FAPILOG_REDACTION__SALT', ''],
    ['FAPILOG_ENABLE_REDACTION', ''],
  ])('takes %s for an error, because to ignore it could log secrets', (name, hint) => {
    expect(parseEnvironment({ [name]: 'hunter2' })).toMatchObject({
      ...nothing,
      problems: [
        { where: name.toUpperCase(), value: withheld('hunter2'), allowed: `no such variable${hint}` },
      ],
    });
  });

  test('looks into the JSON of a node for a redaction setting that is misspelt', () => {
    expect(parseEnvironment({ FAPILOG_REDACTION: '{"enable":true}' }).problems).toMatchObject([
      { where: 'FAPILOG_REDACTION__ENABLE' },
    ]);
  });

  test.each([
    'FAPILOG_CORE__SERIALIZE_IN_FLUSH',
    'FAPILOG_CORE__REDACTION_FAIL_MODE',
    'FAPILOG_CORE__REDACTORS_ORDER',
    'FAPILOG_CORE__FALLBACK_REDACT_MODE',
    'FAPILOG_REDACTOR_CONFIG__FIELD_MASK__MASK_STRING',
    'FAPILOG_REDACTOR_CONFIG__URL_CREDENTIALS__MAX_STRING_LENGTH',
    'FAPILOG_HTTP__ENDPOINT',
    'FAPILOG_SINK_CONFIG__LOKI__URL',
    'FAPILOG_SINK_CONFIG__LOKI',
    'FAPILOG_FILE__MAX_BYTES',
    'FAPILOG_PLUGINS__ENABLED',
    'FAPILOG_SCHEMA_VERSION',
  ])('says nothing about %s, which Python’s fapilog reads', (name) => {
    expect(parseEnvironment({ [name]: 'x' })).toMatchObject(nothing);
  });

  test('says nothing about a blank unknown variable', () => {
    expect(parseEnvironment({ [`${SHORT}COLOUR`]: '' })).toMatchObject(nothing);
  });

  test.each(['FORCE_COLOR', 'FAPILOG', 'FAPI_LOG_FORMAT', 'MY_FAPILOG_CORE__SINKS', 'FAPILOGS'])(
    'leaves %s to others',
    (name) => {
      expect(parseEnvironment({ [name]: 'x' })).toMatchObject(nothing);
    },
  );
});
