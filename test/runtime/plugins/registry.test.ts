import * as fc from 'fast-check';
import {
  BUILT_IN,
  builtInName,
  canonicalName,
  nameProblem,
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

const spelt = (name: string): fc.Arbitrary<string> =>
  fc.array(fc.boolean(), { minLength: name.length, maxLength: name.length }).map((flips) =>
    Array.from(name)
      .map((letter, index) => (flips[index] ? letter.toUpperCase().replace('_', '-') : letter))
      .join(''),
  );

test('a canonical name is its own canonical name', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(canonicalName(canonicalName(name))).toBe(canonicalName(name));
    }),
  );
});

test.each([
  ['sink', 'filter'],
  ['filter', 'sink'],
] as const)('every built-in %s is taken, in any spelling, and free for a %s', (kind, other) => {
  const names = fc.constantFrom(...Object.keys(BUILT_IN[kind])).chain(spelt);

  fc.assert(
    fc.property(names, (name) => {
      expect(builtInName(kind, name)).toBe(canonicalName(name));
      expect(nameProblem(kind, name)).toBe(`"${name}" is the name of a built-in ${kind}; choose another`);
      expect(nameProblem(other, name)).toBeUndefined();
    }),
  );
});

test.each(['kafka', 'K', 'acme-kafka', 'acme_kafka', 'acme.kafka2'])(
  '%s can be the name of a sink',
  (name) => {
    expect(nameProblem('sink', name)).toBeUndefined();
  },
);

test.each([
  ['', '""'],
  [' kafka', '" kafka"'],
  ['a,b', '"a,b"'],
  ['2kafka', '"2kafka"'],
  ['@acme/kafka', '"@acme/kafka"'],
  [undefined, 'not set'],
  [7, '7'],
])('%j cannot', (name, given) => {
  expect(nameProblem('sink', name)).toBe(
    `${given} is no name of a sink; a letter, then letters, digits, "_", "-" and "." are`,
  );
});
