import {
  registerFilter,
  registered,
  registeredNames,
  registerSink,
} from '../../../runtime/plugins/registry.js';
import { thrownBy } from '../../support/environment.js';
import { TestSink } from './fixture.js';

const REGISTRY = Symbol.for('fapilog-cloudwatch.registry');
const makeSink = (): TestSink => new TestSink();
const makeFilter = (): never => {
  throw new Error('not called');
};

beforeEach(() => {
  Reflect.deleteProperty(globalThis, REGISTRY);
});

test('what is registered is found in any spelling, as what it is', () => {
  const definition = { create: makeFilter };
  registerSink('Acme-Kafka', makeSink);
  registerFilter('acme_kafka', definition);

  expect(registered('sink', 'acme_kafka')).toBe(makeSink);
  expect(registered('sink', 'ACME-KAFKA')).toBe(makeSink);
  expect(registered('filter', 'acme-kafka')).toBe(definition);
  expect(registered('sink', 'kafka')).toBeUndefined();
  expect(registeredNames('sink')).toEqual(['acme_kafka']);
});

test('the same factory may be registered again, another one may not', () => {
  registerSink('kafka', makeSink);
  registerSink('KAFKA', makeSink);

  expect(thrownBy(() => registerSink('Kafka', () => new TestSink()))).toMatchObject({
    code: 'FAPILOG_PLUGIN',
    message: 'a sink named "Kafka" is registered already, with another factory',
  });
  expect(registered('sink', 'kafka')).toBe(makeSink);
});

test.each([
  [
    () => registerSink('stdout-json', makeSink),
    '"stdout-json" is the name of a built-in sink; choose another',
  ],
  [
    () => registerFilter('Rate_Limit', makeFilter),
    '"Rate_Limit" is the name of a built-in filter; choose another',
  ],
  [
    () => registerSink('kafka', undefined as never),
    'the factory of sink "kafka" is not set; a function or { schema, create } is wanted',
  ],
  [
    () => registerFilter('quiet', { create: 1 } as never),
    'the factory of filter "quiet" is { create: 1 }; a function or { schema, create } is wanted',
  ],
])('%s is refused', (register, message) => {
  expect(thrownBy(register)).toMatchObject({ name: 'PluginError', message });
  expect([...registeredNames('sink'), ...registeredNames('filter')]).toEqual([]);
});

test('another copy of the package in the process sees the same registry', () => {
  registerSink('kafka', makeSink);
  let other = makeSink as unknown;

  jest.isolateModules(() => {
    // oxlint-disable-next-line typescript/no-require-imports -- a second copy of the module
    const copy = require('../../../runtime/plugins/registry.js') as {
      registered: typeof registered;
      registerFilter: typeof registerFilter;
    };
    expect(copy.registered).not.toBe(registered);
    other = copy.registered('sink', 'kafka');
    copy.registerFilter('quiet', makeFilter);
  });

  expect(other).toBe(makeSink);
  expect(registered('filter', 'quiet')).toBe(makeFilter);
});
