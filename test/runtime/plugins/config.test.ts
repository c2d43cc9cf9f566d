import type { Problem } from '../../../contract/problems.js';
import { withheld } from '../../../contract/withheld.js';
import * as v from 'valibot';
import { checkConfig, checkConfigLater, configOf, type RawConfig } from '../../../runtime/plugins/config.js';
import type { StandardSchema } from '../../../runtime/plugins/definition.js';

const schema = v.strictObject({ brokers: v.array(v.string()), retries: v.optional(v.number(), 3) });
const slow: StandardSchema = {
  '~standard': {
    version: 1,
    validate: async () => ({ issues: [{ message: 'no', path: ['a', { key: 1 }] }] }),
  },
};
const throwing: StandardSchema = {
  '~standard': {
    version: 1,
    validate() {
      throw new Error('no');
    },
  },
};

function checked(of: StandardSchema | undefined, config: RawConfig): unknown {
  const problems: Problem[] = [];
  const value = checkConfig(of, config, problems);
  return problems.length > 0 ? { problems } : { value };
}

async function checkedLater(of: StandardSchema, config: RawConfig): Promise<unknown> {
  const problems: Problem[] = [];
  const value = await checkConfigLater(of, config, problems);
  return problems.length > 0 ? { problems } : { value };
}

describe('settings of a plugin are found', () => {
  test.each(['acme_kafka', 'acme-kafka', 'ACME_Kafka', 'acmeKafka'])('under %s', (key) => {
    expect(configOf({ other: 1, [key]: { a: 1 } }, ['acme_kafka'])).toEqual({ a: 1 });
  });

  test('under the first of its names', () => {
    const configs = { kafka: { a: 1 }, '@acme/fapilog-kafka': { a: 2 } };

    expect(configOf(configs, ['@acme/fapilog_kafka', 'kafka'])).toEqual({ a: 2 });
    expect(configOf({ kafka: { a: 1 } }, ['@acme/fapilog_kafka', 'kafka'])).toEqual({ a: 1 });
  });

  test('in the spelling that comes last, which is that of code', () => {
    expect(configOf({ 'acme-kafka': { a: 1 }, acmeKafka: { a: 2 } }, ['acme_kafka'])).toEqual({ a: 2 });
  });

  test.each([[{}], [{ kafka: null }], [{ kafka: undefined }], [{ kafkas: 1 }]])('in %j as {}', (configs) => {
    expect(configOf(configs, ['kafka'])).toEqual({});
  });
});

test('a schema gives the value, and says what is wrong and where', () => {
  expect(checked(schema, { where: 'sink_config.kafka', value: { brokers: ['a'] } })).toEqual({
    value: { brokers: ['a'], retries: 3 },
  });
  expect(checked(schema, { where: 'sink_config.kafka', value: { brokers: ['a', 2], retries: {} } })).toEqual({
    problems: [
      {
        where: 'sink_config.kafka.brokers.1',
        value: 2,
        allowed: 'Invalid type: Expected string but received 2',
      },
      {
        where: 'sink_config.kafka.retries',
        value: withheld({}),
        allowed: 'Invalid type: Expected number but received Object',
      },
    ],
  });
});

test('without a schema, settings are as they were written', () => {
  const config = { a: 1 };

  expect(checked(undefined, { where: 'sink_config.kafka', value: config })).toEqual({ value: config });
});

test.each([
  ['password', { password: 7 }],
  ['saslPassword', { saslPassword: 7 }],
  ['API-Key', { 'API-Key': 7 }],
])('%s is not shown, in the value or in what the schema says', (key, config) => {
  const strict = v.object({ [key]: v.string() });

  expect(checked(strict, { where: 'sink_config.kafka', value: config })).toEqual({
    problems: [
      {
        where: `sink_config.kafka.${key}`,
        value: withheld(7),
        allowed: 'what the schema of the plugin allows',
      },
    ],
  });
});

test('nor is what is inside an object or a list', () => {
  const strict = v.object({ sasl: v.string(), hosts: v.string() });

  expect(
    checked(strict, { where: 'x', value: { sasl: { user: 'u', password: 'p' }, hosts: ['h'] } }),
  ).toMatchObject({
    problems: [{ value: withheld({}) }, { value: withheld(['h']) }],
  });
});

test('a schema that takes its time is a problem where nobody can wait', async () => {
  expect(checked(slow, { where: 'sink_config.kafka', value: { a: [1, 2] } })).toEqual({
    problems: [
      {
        where: 'sink_config.kafka',
        value: withheld({}),
        allowed: 'settings whose schema answers at once; an asynchronous schema needs a package',
      },
    ],
  });
  expect(await checkedLater(slow, { where: 'sink_config.kafka', value: { a: [1, 2] } })).toEqual({
    problems: [{ where: 'sink_config.kafka.a.1', value: 2, allowed: 'no' }],
  });
});

test('a schema that throws is a problem', async () => {
  const problems = [
    { where: 'x', value: withheld({}), allowed: 'settings that the schema can check; it threw: no' },
  ];

  expect(checked(throwing, { where: 'x', value: {} })).toEqual({ problems });
  expect(await checkedLater(throwing, { where: 'x', value: {} })).toEqual({ problems });
});
