import * as fc from 'fast-check';
import * as v from 'valibot';
import type { SettingsError } from '../../../contract/problems.js';
import type { Filter, FilterContext } from '../../../runtime/filter/filter.js';
import { canonicalName, registerFilter, registerSink } from '../../../runtime/plugins/registry.js';
import { resolvePlugins, type ResolvedFilter, type ResolvedSink } from '../../../runtime/plugins/resolve.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import type { Sink } from '../../../runtime/sink-port.js';
import { thrownBy } from '../../support/environment.js';
import {
  listener,
  ManualClock,
  packageFiles,
  record,
  settle,
  temporaryFolders,
  TestSink,
  type Report,
} from './fixture.js';

const folderWith = temporaryFolders();

beforeEach(() => {
  Reflect.deleteProperty(globalThis, Symbol.for('fapilog-cloudwatch.registry'));
});

interface Bench {
  readonly sinks: () => readonly ResolvedSink[];
  readonly filters: () => readonly ResolvedFilter[];
  readonly both: () => ReturnType<typeof resolvePlugins>;
  readonly reports: Report[];
  readonly lines: string[];
  /** Files that were loaded. */
  readonly loaded: string[];
}

/** What a program with these settings, in this folder, resolves; modules are what the test says. */
function bench(
  input: SettingsInput,
  from = folderWith(),
  modules: Readonly<Record<string, unknown>> = {},
): Bench {
  const settings = new Settings(input, { env: {} });
  const { reports, report } = listener();
  const [lines, loaded]: [string[], string[]] = [[], []];
  const options = {
    report,
    from,
    clock: new ManualClock(),
    writeStderr: (line: string) => lines.push(line) > 0,
    importFile: async (path: string): Promise<unknown> => {
      const [name] = Object.keys(modules).filter((each) => path.endsWith(`/${each}`));
      loaded.push(name ?? path);
      if (name === undefined) throw new Error('no module');
      return modules[name];
    },
  };
  const makers = { sink: () => builtin, filter: (name: string) => filterNamed(name) };
  const both = (): ReturnType<typeof resolvePlugins> => resolvePlugins(settings, makers, options);
  return {
    sinks: () => both().sinks,
    filters: () => both().filters,
    both,
    reports,
    lines,
    loaded,
  };
}

const builtin = new TestSink();
const context: FilterContext = {
  clock: new ManualClock(),
  random: () => 0.5,
  emit: () => undefined,
  report: () => undefined,
};

function filterNamed(name: string): Filter {
  return { name, apply: (taken) => taken };
}

function problemsOf(work: () => unknown): unknown {
  const error = thrownBy(work) as SettingsError;
  expect(error).toMatchObject({ code: 'FAPILOG_SETTINGS' });
  return error.problems;
}

const kafkaFiles = packageFiles(
  '@acme/fapilog-kafka',
  { sinks: { kafka: './sink.js' }, filters: { quiet: './quiet.js' } },
  { 'sink.js': '', 'quiet.js': '' },
);

describe('a name', () => {
  const known = fc.constantFrom(
    'cloudwatch',
    'stdout_json',
    'stdout_pretty',
    'stderr_json',
    'file',
    'acme_kafka',
  );
  const lists = fc.uniqueArray(known, { minLength: 1 });
  const spelling = fc.constantFrom(
    (name: string) => name,
    (name: string) => name.toUpperCase(),
    (name: string) => name.replaceAll('_', '-'),
  );

  test('in any spelling stands for one sink, in the order of the settings', () => {
    registerSink('acme-kafka', () => new TestSink());

    fc.assert(
      fc.property(lists, spelling, (names, spelt) => {
        const sinks = bench({ core: { sinks: names.map(spelt) } }, '/').sinks();

        expect(sinks.map(({ name }) => name)).toEqual(names.map(canonicalName));
      }),
    );
  });

  test('of a built-in one is made by the caller', () => {
    const { both } = bench({ core: { sinks: ['STDOUT-json'], filters: ['rate-limit'] } });
    const { sinks, filters } = both();

    expect(sinks[0]?.make()).toBe(builtin);
    expect(filters[0]?.make(context)).toMatchObject({ name: 'rate_limit' });
  });

  test('that is unknown, twice there or of a broken package is a problem, all of them at once', () => {
    registerSink('kafka', () => new TestSink());
    const from = folderWith(packageFiles('broken', { sinks: { file: './sink.js' } }, { 'sink.js': '' }));
    const settings: SettingsInput = {
      core: {
        sinks: ['stdout_jsn', 'kafka', 'Kafka'],
        filters: ['samplin', 'zzzzzzzz'],
        plugins: ['broken', '@acme/missing'],
      },
    };

    expect(problemsOf(() => bench(settings, from).both())).toEqual([
      {
        where: 'core.plugins',
        value: 'broken',
        allowed:
          'a package with a valid package.json; in this one, "file" is the name of a built-in sink; choose another',
      },
      {
        where: 'core.plugins',
        value: '@acme/missing',
        allowed: `a package in node_modules of ${from} or above; install it with npm`,
      },
      {
        where: 'core.sinks',
        value: 'stdout_jsn',
        allowed:
          'one of cloudwatch, stdout_json, stdout_pretty, stderr_json, file, kafka, or one of a package in ' +
          'core.plugins; did you mean "stdout_json"?',
      },
      { where: 'core.sinks', value: 'Kafka', allowed: 'each sink once' },
      {
        where: 'core.filters',
        value: 'samplin',
        allowed:
          'one of level, rate_limit, sampling, first_occurrence, size_guard, or one of a package in ' +
          'core.plugins; did you mean "sampling"?',
      },
      {
        where: 'core.filters',
        value: 'zzzzzzzz',
        allowed:
          'one of level, rate_limit, sampling, first_occurrence, size_guard, or one of a package in core.plugins',
      },
    ]);
  });
});

describe('a registered sink', () => {
  test('is made with its settings, checked, and its context', () => {
    const made: unknown[] = [];
    const create = (...given: unknown[]): Sink => {
      made.push(...given);
      return builtin;
    };
    registerSink('acme_kafka', { schema: v.strictObject({ brokers: v.optional(v.number(), 3) }), create });
    const { sinks, reports } = bench({
      core: { sinks: ['acme-kafka'] },
      sinkConfig: { acmeKafka: { level: 'WARNING' } },
    });

    const [sink] = sinks();
    expect(made).toEqual([]);
    expect(sink).toMatchObject({ name: 'acme_kafka', level: 'warn' });
    expect(sink?.make()).toBe(builtin);
    expect(made).toEqual([{ brokers: 3 }, { name: 'acme_kafka', report: expect.any(Function) }]);
    expect(reports).toEqual([]);
  });

  test('has its settings checked before anything is made', () => {
    const create = jest.fn();
    registerSink('kafka', { schema: v.object({ brokers: v.number() }), create });
    registerFilter('quiet', { schema: v.object({ paths: v.string() }), create });
    const { both } = bench({
      core: { sinks: ['kafka'], filters: ['quiet'] },
      sinkConfig: { kafka: { level: 'loud', brokers: 'many' } },
    });

    expect(problemsOf(both)).toEqual([
      { where: 'sink_config.kafka.level', value: 'loud', allowed: expect.stringMatching(/^one of trace/) },
      {
        where: 'sink_config.kafka.brokers',
        value: 'many',
        allowed: 'Invalid type: Expected number but received "many"',
      },
      {
        where: 'filter_config.quiet.paths',
        value: undefined,
        allowed: expect.stringContaining('received undefined'),
      },
    ]);
    expect(create).not.toHaveBeenCalled();
  });

  test.each([
    ['throws', () => refuse()],
    ['rejects', async () => refuse()],
  ])('whose factory %s is stood in for, loudly', async (_, create) => {
    registerSink('kafka', create);
    const { sinks, reports, lines } = bench({ core: { sinks: ['kafka'] } });

    const sink = sinks()[0]?.make();
    sink?.write(record);
    await settle();

    expect(sink?.stats()).toMatchObject({ accepted: 1, diverted: { total: 1 } });
    expect(lines).toHaveLength(1);
    expect(reports).toEqual([
      {
        code: 'plugin.kafka',
        message:
          'sink "kafka" cannot be made: no broker; or take it out of core.sinks; its log records go to stderr',
      },
    ]);
  });

  test('that is no sink is not used', async () => {
    registerSink('kafka', () => ({ name: 'kafka', write: () => undefined }) as never);
    const { sinks, reports } = bench({ core: { sinks: ['kafka'] } });

    sinks()[0]?.make();
    await settle();

    expect(reports[0]?.message).toContain('what it made lacks flush, close, stats;');
  });

  test('wins over a package that declares the same name', () => {
    registerSink('kafka', () => builtin);
    const { sinks, loaded } = bench(
      { core: { sinks: ['kafka'], plugins: ['@acme/fapilog-kafka'] } },
      folderWith(kafkaFiles),
    );

    expect(sinks()[0]?.make()).toBe(builtin);
    expect(loaded).toEqual([]);
  });
});

function refuse(): never {
  throw new Error('no broker');
}

describe('a sink of a package', () => {
  const plugins = ['@acme/fapilog-kafka'];

  test('is loaded when it is made, and then takes what waited', async () => {
    const sink = new TestSink();
    const create = jest.fn(() => sink);
    const { sinks, loaded } = bench(
      { core: { sinks: ['Kafka'], plugins }, sinkConfig: { kafka: { brokers: 1 } } },
      folderWith(kafkaFiles),
      { 'sink.js': { default: create } },
    );
    const [resolved] = sinks();
    expect(loaded).toEqual([]);

    const made = resolved?.make();
    made?.write(record);
    expect(made?.stats()).toMatchObject({ accepted: 1, pending: 1 });
    await settle();

    expect(loaded).toEqual(['sink.js']);
    expect(create).toHaveBeenCalledWith({ brokers: 1 }, { name: 'kafka', report: expect.any(Function) });
    expect(sink.taken).toEqual(['hi']);
  });

  test.each([
    ['@acme/fapilog-kafka', { '@acme/fapilog-kafka': { a: 1 } }],
    ['@acme/fapilog-kafka', { kafka: { a: 1 } }],
  ])('may be named by its package: %s with %j', async (name, sinkConfig) => {
    const create = jest.fn(() => new TestSink());
    const { sinks } = bench({ core: { sinks: [name] }, sinkConfig }, folderWith(kafkaFiles), {
      'sink.js': { default: create },
    });

    const [sink] = sinks();
    expect(sink?.name).toBe('@acme/fapilog_kafka');
    sink?.make();
    await settle();

    expect(create).toHaveBeenCalledWith({ a: 1 }, expect.anything());
  });

  test('may be called like its package, among several', async () => {
    const { sinks, loaded } = bench(
      { core: { sinks: ['fapilog-kafka'] } },
      folderWith(
        packageFiles(
          'fapilog-kafka',
          { sinks: { other: './other.js', fapilog_kafka: './sink.js' } },
          { 'sink.js': '', 'other.js': '' },
        ),
      ),
      { 'sink.js': { default: () => new TestSink() } },
    );

    sinks()[0]?.make();
    await settle();

    expect(loaded).toEqual(['sink.js']);
  });

  test.each([
    [
      { sinks: { a: './sink.js', b: './sink.js' } },
      'the name of one of its sinks, a, b, with the package in core.plugins',
    ],
    [{ filters: { a: './sink.js' } }, 'a package that declares a sink'],
  ])('is not found in %j by the name of its package', (declared, allowed) => {
    const from = folderWith(packageFiles('@acme/two', declared, { 'sink.js': '' }));

    expect(problemsOf(() => bench({ core: { sinks: ['@acme/two'] } }, from).sinks())).toEqual([
      { where: 'core.sinks', value: '@acme/two', allowed },
    ]);
  });

  test('is one sink under both names', () => {
    const settings = { core: { sinks: ['kafka', '@acme/fapilog-kafka'], plugins } };

    expect(problemsOf(() => bench(settings, folderWith(kafkaFiles)).sinks())).toEqual([
      { where: 'core.sinks', value: '@acme/fapilog-kafka', allowed: 'each sink once' },
    ]);
  });

  test('that another package declares, too, is nobody’s', () => {
    const from = folderWith({
      ...kafkaFiles,
      ...packageFiles('other', { sinks: { KAFKA: './x.js' } }, { 'x.js': '' }),
    });
    const settings = { core: { sinks: ['kafka'], plugins: [...plugins, 'other'] } };

    expect(problemsOf(() => bench(settings, from).sinks())).toEqual([
      {
        where: 'core.sinks',
        value: 'kafka',
        allowed: 'a name that one package declares; @acme/fapilog-kafka and other do',
      },
    ]);
  });

  test.each([
    [
      'has no module',
      {},
      'cannot be loaded: no module; see that the package is installed with all that it needs, or',
    ],
    [
      'exports nothing',
      { 'sink.js': { default: 1 } },
      'cannot be loaded: its default export is 1; a function or { schema, create } is wanted; see that the ' +
        'package is installed with all that it needs, or',
    ],
    [
      'has wrong settings',
      { 'sink.js': { schema: v.objectAsync({ brokers: v.number() }), create: () => builtin } },
      'has wrong settings: invalid setting: sink_config.kafka.brokers is "many"; allowed: Invalid type: ' +
        'Expected number but received "many"; correct them, or',
    ],
    ['cannot be made', { 'sink.js': { create: refuse } }, 'cannot be made: no broker; or'],
    [
      'makes no sink',
      { 'sink.js': { default: () => undefined } },
      'cannot be made: what it made lacks name, write, flush, close, stats; or',
    ],
  ])('that %s leaves its records on stderr, and says why', async (_, modules, message) => {
    const { sinks, reports, lines } = bench(
      { core: { sinks: ['kafka'], plugins }, sinkConfig: { kafka: { brokers: 'many' } } },
      folderWith(kafkaFiles),
      modules,
    );

    const sink = sinks()[0]?.make();
    sink?.write(record);
    await settle();

    expect(lines).toHaveLength(1);
    expect(sink?.stats()).toMatchObject({ accepted: 1, diverted: { total: 1 } });
    expect(reports.map(({ code }) => code)).toEqual(['plugin.kafka']);
    expect(reports[0]?.message).toContain(`sink "kafka" of package @acme/fapilog-kafka ${message}`);
  });
});

describe('nothing is read or loaded that was not named', () => {
  test.each([[{ sinks: ['stdout_json'], plugins: ['@acme/fapilog-kafka'] }], [{ sinks: ['stdout_json'] }]])(
    'with %j',
    async (core) => {
      const { both, loaded } = bench({ core }, folderWith(kafkaFiles));

      both().sinks[0]?.make();
      await settle();

      expect(loaded).toEqual([]);
    },
  );

  test('a name that only a package knows is unknown without it', () => {
    expect(problemsOf(() => bench({ core: { sinks: ['kafka'] } }, folderWith(kafkaFiles)).sinks())).toEqual([
      { where: 'core.sinks', value: 'kafka', allowed: expect.stringMatching(/^one of cloudwatch/) },
    ]);
  });
});

describe('a package is refused', () => {
  const core = { sinks: ['kafka'], plugins: ['@acme/fapilog-kafka'] };
  const denied = 'a package that is not in plugins.denylist';
  const notAllowed = 'a package that is in plugins.allowlist';

  test.each([
    [{ denylist: ['@acme/fapilog-kafka'] }, denied],
    [{ denylist: ['@ACME/fapilog_kafka'] }, denied],
    [{ denylist: ['@acme/fapilog-kafka'], allowlist: ['@acme/fapilog-kafka'] }, denied],
    [{ allowlist: ['@acme/fapilog_kafka'] }, notAllowed],
    [{ allowlist: [] }, notAllowed],
  ])('with %j', (plugins, allowed) => {
    expect(problemsOf(() => bench({ core, plugins }, folderWith(kafkaFiles)).sinks())).toContainEqual({
      where: 'core.plugins',
      value: '@acme/fapilog-kafka',
      allowed,
    });
    expect(
      problemsOf(() =>
        bench({ core: { sinks: ['@acme/fapilog-kafka'] }, plugins }, folderWith(kafkaFiles)).sinks(),
      ),
    ).toEqual([{ where: 'core.sinks', value: '@acme/fapilog-kafka', allowed }]);
  });

  test.each(['alias', 'evil'])('under an alias, too, with %s denied', (name) => {
    const from = folderWith({
      'node_modules/alias/package.json': { name: 'evil', fapilog: { sinks: { kafka: './sink.js' } } },
      'node_modules/alias/sink.js': '',
    });
    const settings = { core: { sinks: ['alias'] }, plugins: { denylist: [name] } };

    expect(problemsOf(() => bench(settings, from).sinks())).toEqual([
      { where: 'core.sinks', value: 'alias', allowed: denied },
    ]);
  });

  test('before it is read', () => {
    const from = folderWith({ 'node_modules/kafka/package.json': '{' });
    const settings = { core: { sinks: ['kafka'] }, plugins: { denylist: ['kafka'] } };

    expect(problemsOf(() => bench(settings, from).sinks())).toMatchObject([{ allowed: denied }]);
  });

  test('but not with it on the list of those allowed', () => {
    const settings = { core, plugins: { allowlist: ['@acme/fapilog-kafka'], denylist: ['other'] } };

    expect(bench(settings, folderWith(kafkaFiles)).sinks()).toHaveLength(1);
  });
});

describe('a filter', () => {
  const core = { sinks: ['stdout_json'], filters: ['quiet'], plugins: ['@acme/fapilog-kafka'] };

  test('that is registered is there at once', () => {
    const quiet = filterNamed('quiet');
    registerFilter('quiet', () => quiet);

    expect(
      bench({ core: { filters: ['QUIET'] } })
        .filters()[0]
        ?.make(context),
    ).toBe(quiet);
  });

  test('of a package is a promise, made with its settings and its context', async () => {
    const quiet = filterNamed('quiet');
    const create = jest.fn(() => quiet);
    const { filters } = bench({ core, filterConfig: { quiet: { paths: ['/'] } } }, folderWith(kafkaFiles), {
      'quiet.js': { default: create },
    });

    const made = filters()[0]?.make(context);

    expect(made).toBeInstanceOf(Promise);
    expect(await made).toBe(quiet);
    expect(create).toHaveBeenCalledWith({ paths: ['/'] }, context);
  });

  test('that cannot be made rejects, and says why', async () => {
    registerFilter('broken', refuse);
    const { filters } = bench({ core: { ...core, filters: ['quiet', 'broken'] } }, folderWith(kafkaFiles), {
      'quiet.js': { default: () => ({ apply: 1 }) },
    });
    const [quiet, broken] = filters();

    await expect(quiet?.make(context)).rejects.toMatchObject({
      code: 'FAPILOG_PLUGIN',
      message:
        'filter "quiet" of package @acme/fapilog-kafka cannot be made: what it made lacks name, apply; ' +
        'or take it out of core.filters',
    });
    await expect(broken?.make(context)).rejects.toMatchObject({
      message: 'filter "broken" cannot be made: no broker; or take it out of core.filters',
      cause: new Error('no broker'),
    });
  });
});

describe('settings of a sink that is not in use', () => {
  test('are fine if it is known', () => {
    registerSink('acme_kafka', () => builtin);
    const settings = { core: { sinks: ['file'] }, sinkConfig: { acmeKafka: {}, 'acme-kafka': {} } };

    expect(bench(settings).both().notices).toEqual([]);
  });

  test('are reported if it is not', () => {
    expect(bench({ core: { sinks: ['file'] }, sinkConfig: { kafka: {} } }).both().notices).toEqual([
      'sinkConfig.kafka belongs to no known sink',
    ]);
  });

  test.each([
    ['kafkaa', 'kafka'],
    ['cloudwach', 'cloudwatch'],
    ['stdoutJsn', 'stdout_json'],
    ['constructo', 'constructor'],
  ])('are a problem if they are misspelt: %s', (key, meant) => {
    registerSink('kafka', () => builtin);
    registerSink('constructor', () => builtin);

    expect(problemsOf(() => bench({ core: { sinks: ['kafka'] }, sinkConfig: { [key]: {} } }).both())).toEqual(
      [
        {
          where: `sinkConfig.${key}`,
          value: undefined,
          allowed: `settings of a known sink; did you mean "${meant}"?`,
        },
      ],
    );
  });
});
