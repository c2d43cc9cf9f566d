import { variableName } from '../../contract/codec.js';
import { sections } from '../../contract/sections.js';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { coreSettings } from '../../contract/settings/core.js';
import { complete, type Rows } from '../../contract/settings/setting.js';
import { namedRows, rowsByName, type Row } from '../support/setting-values.js';

describe.each(rowsByName)('the row %s', (_, { section, key, row }) => {
  test('has a default, or says what happens without one, and not both', () => {
    expect([row.default !== undefined, row.otherwise !== undefined].filter(Boolean)).toHaveLength(1);
  });

  test('has a default that it would accept, and reads back from its variable', () => {
    if (row.default === undefined) return;

    expect(row.kind.read(row.default)).toEqual(row.default);
    expect(row.kind.read(row.kind.encode(row.default))).toEqual(row.default);
  });

  test("has its key's name in upper snake case", () => {
    expect(row.field).toBe(key.replaceAll(/[A-Z]/g, (letter) => `_${letter}`).toUpperCase());
  });

  test('has a field that no other row of its section has', () => {
    const same = namedRows.filter((other) => other.section === section && other.row.field === row.field);

    expect(same).toHaveLength(1);
  });

  test('says what it means in a sentence', () => {
    expect(row.meaning).toMatch(/^[A-Z].*\.$/);
    expect(row.kind.allowed).not.toMatch(/\.$/);
  });
});

/** Names that deployed stacks and Python services rely on. */
test.each([
  [
    'core',
    'FAPILOG_CORE__',
    {
      sinks: 'SINKS',
      logLevel: 'LOG_LEVEL',
    },
  ],
  [
    'cloudwatch',
    'FAPILOG_CLOUDWATCH__',
    {
      logGroupName: 'LOG_GROUP_NAME',
      logStreamName: 'LOG_STREAM_NAME',
      region: 'REGION',
      endpointUrl: 'ENDPOINT_URL',
      batchSize: 'BATCH_SIZE',
      batchTimeoutSeconds: 'BATCH_TIMEOUT_SECONDS',
      maxRetries: 'MAX_RETRIES',
      retryBaseDelay: 'RETRY_BASE_DELAY',
      createLogGroup: 'CREATE_LOG_GROUP',
      createLogStream: 'CREATE_LOG_STREAM',
      circuitBreakerEnabled: 'CIRCUIT_BREAKER_ENABLED',
      circuitBreakerThreshold: 'CIRCUIT_BREAKER_THRESHOLD',
    },
  ],
] as const)('the variables of %s are those of the Python library', (name, prefix, fields) => {
  const keys = Object.keys(fields);

  expect(keys.map((key) => variableName(sections[name], key))).toEqual(
    Object.values(fields).map((field) => prefix + field),
  );
});

test('the sink has a full spelling of each variable as well', () => {
  expect(sections.core.prefixes).toEqual(['FAPILOG_CORE__']);
  expect(sections.cloudwatch.prefixes).toEqual(['FAPILOG_CLOUDWATCH__', 'FAPILOG_SINK_CONFIG__CLOUDWATCH__']);
});

describe('complete', () => {
  test('fills in the default of each row, and undefined where there is none', () => {
    for (const { rows } of Object.values(sections)) {
      const values: Readonly<Record<string, unknown>> = complete<Rows>(rows, {});

      expect(Object.entries(values)).toEqual(
        Object.entries<Row>(rows).map(([key, row]) => [key, row.default]),
      );
    }
  });

  /** Documented, and relied on by who sets nothing. */
  test('has the defaults that users know', () => {
    expect(complete(coreSettings, {})).toEqual({
      sinks: ['cloudwatch'],
      logLevel: 'info',
      filters: [],
      plugins: [],
      worker: false,
      enrich: true,
      traceFormat: 'otel',
    });
    expect(complete(cloudWatchSettings, {})).toMatchObject({
      batchSize: 10_000,
      batchTimeoutSeconds: 2,
      maxRetries: undefined,
      retryBaseDelay: 0.5,
      maxBatchAgeSeconds: 3_600,
      maxQueueBytes: 33_554_432,
      createLogGroup: true,
      createLogStream: true,
      circuitBreakerEnabled: true,
      circuitBreakerThreshold: 5,
      shutdownDeadlineSeconds: 10,
      installSignalHandlers: true,
    });
  });

  test('keeps what is given, zero and false too', () => {
    const given = { maxRetries: 0, createLogGroup: false, batchSize: 1 };

    expect(complete(cloudWatchSettings, given)).toMatchObject(given);
  });
});
