import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import * as fc from 'fast-check';
import type { SettingsInput } from '../../contract/inputs.generated.js';
import { METRIC_UNITS } from '../../contract/metrics.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import {
  DIAGNOSTICS_CHANNEL,
  getLogger,
  Settings,
  type Diagnostic,
  type Logger,
} from '../../runtime/index.js';
import { streamFormat } from '../../runtime/sinks/lambda-format.js';
import { metricsOf, type RecordedMetric } from '../support/emf.js';
import { MemorySink } from '../support/memory-sink.js';
import { SinkBench } from '../support/sink-against-server.js';

jest.mock('../../runtime/io/stderr.js', () => ({ writeStderr: () => true }));

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

interface Stored {
  readonly lines: readonly Readonly<Record<string, unknown>>[];
  /** What CloudWatch would record of each line. */
  readonly metrics: readonly RecordedMetric[];
  /** Codes and messages of what was reported. */
  readonly reports: readonly string[];
}

interface Scene {
  readonly settings?: SettingsInput;
  readonly level?: string;
  readonly oversizeAction?: 'split' | 'truncate' | 'drop';
  readonly sinkLevel?: 'error';
}

/** What a logger with the service `shop` stores at the server. */
async function stored(act: (logger: Logger) => void, scene: Scene = {}): Promise<Stored> {
  const reports: string[] = [];
  const hear = (diagnostic: unknown): void => {
    const { code, message } = diagnostic as Diagnostic;
    reports.push(`${code}: ${message}`);
  };
  subscribe(DIAGNOSTICS_CHANNEL, hear);
  const target = bench.newTarget();
  const settings = new Settings(
    { app: { service: 'shop' }, ...scene.settings, core: { enrich: false, ...scene.settings?.core } },
    { env: {} },
  );
  const sink = bench.sink({ ...target, level: scene.sinkLevel, oversizeAction: scene.oversizeAction });
  const logger = getLogger({ settings, sinks: [sink], level: scene.level });
  act(logger);
  const account = await logger.close();
  unsubscribe(DIAGNOSTICS_CHANNEL, hear);
  expect(isBalanced(account)).toBe(true);
  if (account.accepted === 0) return { lines: [], metrics: [], reports };
  const lines = (await bench.stored(target)).map(({ message = '' }) => message);
  return {
    lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    metrics: lines.flatMap((line) => metricsOf(line)),
    reports,
  };
}

test('a metric is a line, and the line is a metric', async () => {
  const timestamp = Date.now() - 60_000;
  const { lines, metrics, reports } = await stored((logger) => {
    const child = logger.child({ requestId: 'r-1' });
    child.withContext({ tenant: 't-1' }, () =>
      child.metric('latency', [12, 31.5], {
        unit: 'Milliseconds',
        dimensions: { operation: 'pay' },
        namespace: 'Shop/Payments',
        storageResolution: 1,
        timestamp,
      }),
    );
  });

  expect(metrics).toEqual([
    {
      namespace: 'Shop/Payments',
      name: 'latency',
      unit: 'Milliseconds',
      dimensions: { service: 'shop', operation: 'pay' },
      values: [12, 31.5],
      timeMs: timestamp,
      resolution: 1,
    },
  ]);
  expect(lines).toMatchObject([
    {
      timestamp: new Date(timestamp).toISOString(),
      level: 'info',
      message: 'latency',
      service: 'shop',
      requestId: 'r-1',
      tenant: 't-1',
    },
  ]);
  expect(reports).toEqual([]);
});

test('several metrics share a line, its dimensions and its namespace', async () => {
  const { lines, metrics } = await stored((logger) =>
    logger.metrics(
      { rows: 40, latency: { value: 12, unit: 'Milliseconds' } },
      { dimensions: { table: 'orders' } },
    ),
  );

  expect(lines).toHaveLength(1);
  expect(metrics).toMatchObject([
    {
      namespace: 'shop',
      name: 'rows',
      unit: 'None',
      values: [40],
      dimensions: { service: 'shop', table: 'orders' },
    },
    { namespace: 'shop', name: 'latency', unit: 'Milliseconds', values: [12] },
  ]);
});

test('whatever a metric is called and wherever it is logged, CloudWatch gets name, value, unit and dimensions', async () => {
  const ascii = fc.string({ minLength: 1, maxLength: 40 }).map((text) => `m${text}`.replace(/[^ -~]/g, 'x'));
  const finite = fc.double({ noNaN: true, min: -1e100, max: 1e100 });
  const call = fc.record({
    name: fc.oneof(ascii, fc.constantFrom('error', 'err', 'pid', '0', 'constructor', 'toString')),
    value: fc.oneof(finite, fc.integer(), fc.array(finite, { minLength: 1, maxLength: 100 })),
    unit: fc.constantFrom(...METRIC_UNITS),
    dimension: ascii.map((name) => `d${name}`),
    bound: fc.constantFrom(
      {},
      { err: new Error('e') },
      { error: 'e' },
      { pid: 1 },
      { 0: 'zero' },
      { message: 'm' },
    ),
  });
  const calls = fc.sample(call, 200);

  const { metrics, reports } = await stored((logger) => {
    for (const { name, value, unit, dimension, bound } of calls)
      logger.child(bound).metric(name, value, { unit, dimensions: { [dimension]: name } });
  });

  expect(reports).toEqual([]);
  expect(metrics.map(({ name, values, unit, dimensions }) => ({ name, values, unit, dimensions }))).toEqual(
    calls.map(({ name, value, unit, dimension }) => ({
      name,
      values: [value].flat().map((each) => each + 0 || 0),
      unit,
      dimensions: { service: 'shop', [dimension]: name },
    })),
  );
});

test.each<[string, Scene]>([
  ['the level of the logger', { level: 'fatal' }],
  ['the level of the sink', { sinkLevel: 'error' }],
  [
    'a sampling of nothing',
    { settings: { core: { filters: ['sampling'] }, filterConfig: { sampling: { rate: 0 } } } },
  ],
  [
    'a limit on the rate',
    {
      settings: {
        core: { filters: ['rate_limit'] },
        filterConfig: { rateLimit: { capacity: 1, refillRatePerSec: 0.001 } },
      },
    },
  ],
  [
    'the first occurrence',
    {
      settings: {
        core: { filters: ['first_occurrence'] },
        filterConfig: { firstOccurrence: { windowSeconds: 60 } },
      },
    },
  ],
])('%s keeps no metric back', async (_, scene) => {
  const { metrics } = await stored((logger) => {
    for (let order = 0; order < 5; order++) logger.metric('orders', order);
  }, scene);

  expect(metrics.map(({ values }) => values[0])).toEqual([0, 1, 2, 3, 4]);
});

test('a metric does not wait with the details of a request, nor go with them', async () => {
  const { lines } = await stored((logger) =>
    logger.withContext(
      {},
      () => {
        logger.info('detail');
        logger.metric('orders', 1);
      },
      { bufferLevel: 'warn' },
    ),
  );

  expect(lines.map(({ message }) => message)).toEqual(['orders']);
});

test('a silent logger writes no metric', async () => {
  const { lines } = await stored((logger) => logger.metric('orders', 1), { level: 'silent' });

  expect(lines).toEqual([]);
});

test('redaction hides a secret dimension and no value; the metric is recorded under the mark', async () => {
  const { lines, metrics } = await stored(
    (logger) =>
      logger
        .child({ email: 'who@example.com' })
        .metric('token', 7, { dimensions: { apiKey: 'abc', user: 'who@example.com' } }),
    { settings: { redaction: { enabled: true, keys: ['token', 'apiKey'], patterns: ['email'] } } },
  );

  expect(JSON.stringify(lines)).not.toMatch(/abc|who@/);
  expect(metrics).toMatchObject([{ name: 'token', values: [7], dimensions: { service: 'shop' } }]);
  expect(Object.keys(metrics[0]!.dimensions)).toEqual(['service', 'apiKey', 'user']);
});

test.each(['truncate', 'split'] as const)(
  'a line over the service’s limit stays a metric, with %s',
  async (oversizeAction) => {
    const { metrics } = await stored(
      (logger) =>
        logger
          .child({
            body: 'x'.repeat(2_000_000),
            more: Array.from({ length: 9_000 }, (_, index) => ({ index })),
          })
          .metric('size', [1, 2, 3], { unit: 'Bytes', dimensions: { kind: 'k'.repeat(1_000) } }),
      { oversizeAction },
    );

    expect(metrics).toMatchObject([
      { name: 'size', values: [1, 2, 3], dimensions: { service: 'shop', kind: 'k'.repeat(1_000) } },
    ]);
  },
);

/** So many fields that each of them has little room in a line of the greatest size. */
const crowd = Object.fromEntries(
  Array.from({ length: 1_500 }, (_, index) => [`field${index}`, 'x'.repeat(900)]),
);

const wide = Object.fromEntries(
  Array.from({ length: 100 }, (_, index) => [`m${index}`, Array<number>(100).fill(1_234_567.5)]),
);

test('where every member is shortened, those of the metrics stay whole', async () => {
  const { lines, metrics } = await stored((logger) =>
    logger.child(crowd).metrics(wide, { dimensions: { kind: 'k'.repeat(1_000) } }),
  );

  expect(lines[0]).toHaveProperty('truncatedFromBytes');
  expect(Object.fromEntries(metrics.map(({ name, values }) => [name, values]))).toEqual(wide);
});

test('so do they in a line that Lambda delivers, which is at the root what it is for CloudWatch', () => {
  const sink = new MemorySink();
  const settings = new Settings({ app: { service: 'shop' } }, { env: {} });
  getLogger({ settings, sinks: [sink] })
    .child(crowd)
    .metric('orders', Array(100).fill(1_234_567.5));

  const format = streamFormat('stdout_json', () => undefined, { AWS_LAMBDA_FUNCTION_NAME: 'orders' });
  const line = format(sink.records[0]!);

  expect(line.length).toBeLessThanOrEqual(262_144);
  expect(metricsOf(line)).toMatchObject([{ name: 'orders', values: Array(100).fill(1_234_567.5) }]);
});

test('a field that has the name of a metric is moved aside, and both are stored', async () => {
  const { lines, metrics } = await stored((logger) =>
    logger
      .child({ latency: 'slow', _latency: 'x', err: new Error('late') })
      .metrics({ latency: 5, error: 1 }),
  );

  expect(metrics.map(({ name, values }) => [name, values])).toEqual([
    ['latency', [5]],
    ['error', [1]],
  ]);
  expect(lines[0]).toMatchObject({ __latency: 'slow', _latency: 'x', _err: { message: 'late' } });
});

const long = (length: number): string => 'n'.repeat(length);
const many = (count: number): Record<string, string> =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`d${index}`, 'v']));

type Call = Parameters<Logger['metric']>;

test.each<[string, readonly unknown[], RegExp]>([
  ['not a number', ['orders', NaN], /metric\.value: .*"orders" is NaN; allowed: a finite number/],
  ['infinite', ['orders', Infinity], /metric\.value: .*is Infinity/],
  ['too great', ['orders', 2 ** 361], /metric\.value/],
  ['a text', ['orders', 'secret'], /metric\.value: .*is a text of 6 characters/],
  ['nothing', ['orders'], /metric\.value: .*not set/],
  ['no values', ['orders', []], /metric\.value: .*an array of 0/],
  ['too many values', ['orders', Array(101).fill(1)], /metric\.value: .*an array of 101/],
  ['a hole among the values', ['orders', [1, , 3]], /metric\.value/], // oxlint-disable-line no-sparse-arrays
  ['an unknown unit', ['orders', 1, { unit: 'Stones' }], /metric\.unit: .*"Stones"; allowed: one of Seconds/],
  [
    'an unknown resolution',
    ['orders', 1, { storageResolution: 30 }],
    /metric\.resolution: .*30; allowed: 1 or 60/,
  ],
  ['no name', ['', 1], /metric\.name/],
  ['a name that is no text', [{ name: 'x' }, 1], /metric\.name/],
  ['a long name', [long(256), 1], /metric\.name/],
  ['a name of the line', ['message', 1], /metric\.name: .*"message" has the name of another member/],
  ['the name of the format', ['_aws', 1], /metric\.name/],
  ['the name of a dimension', ['kind', 1, { dimensions: { kind: 'x' } }], /metric\.name/],
  [
    'too many dimensions',
    ['orders', 1, { dimensions: many(31) }],
    /metric\.dimensions: .*31 dimensions; .*at most 30/,
  ],
  [
    'a dimension that is no text',
    ['orders', 1, { dimensions: { kind: 4 } }],
    /metric\.dimensions: .*"kind" is 4/,
  ],
  ['an empty dimension', ['orders', 1, { dimensions: { kind: '' } }], /metric\.dimensions/],
  [
    'a dimension with the name of the level',
    ['orders', 1, { dimensions: { level: 'x' } }],
    /metric\.dimensions/,
  ],
  [
    'a long dimension',
    ['orders', 1, { dimensions: { kind: long(1_025) } }],
    /metric\.dimensions: .*1025 characters/,
  ],
  ['a namespace of AWS', ['orders', 1, { namespace: 'AWS/EC2' }], /metric\.namespace: .*"AWS\/EC2"/],
  [
    'a misspelt option',
    ['orders', 1, { dimension: {} }],
    /metric\.options: .*"dimension"; allowed: unit, storageResolution, dimensions/,
  ],
  ['options that are none', ['orders', 1, 'Count'], /metric\.options: .*"Count"; allowed/],
  [
    'a timestamp that is none',
    ['orders', 1, { timestamp: 'now' }],
    /metric\.timestamp: .*"now"; allowed: a date/,
  ],
  [
    'a timestamp that no date has',
    ['orders', 1, { timestamp: 1e300 }],
    /metric\.timestamp: .*1e\+300; allowed/,
  ],
])('%s is reported, and stays a line that is no metric', async (_, args, report) => {
  const { lines, metrics, reports } = await stored((logger) => logger.metric(...(args as unknown as Call)));

  expect(reports).toHaveLength(1);
  expect(reports[0]).toMatch(report);
  expect(reports[0]).not.toContain('secret');
  expect(metrics).toEqual([]);
  expect(lines).toHaveLength(1);
});

test('a unit for all of several is reported, with the place where it belongs', async () => {
  const { reports } = await stored((logger) => logger.metrics({ orders: 1 }, { unit: 'Count' } as never));

  expect(reports).toEqual([
    expect.stringMatching(
      /metric\.options: .*"unit"; .*timestamp; unit stands beside a value: \{ value: 1, unit \}/,
    ),
  ]);
});

test('one bad value of several costs one metric', async () => {
  const { lines, metrics, reports } = await stored((logger) =>
    logger.metrics({ good: 1, bad: NaN, worse: { value: 2, unit: 'Stones' as 'None' } }),
  );

  expect(metrics.map(({ name }) => name)).toEqual(['good']);
  expect(lines).toMatchObject([{ good: 1, bad: 'NaN', worse: 2 }]);
  expect(reports.map((each) => each.split(':')[0])).toEqual(['metric.value', 'metric.unit']);
});

test('at the limits, all of it is a metric; one more, and the rest still is', async () => {
  const values = (count: number): Record<string, number> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`m${index}`, index]));
  const { metrics, reports } = await stored((logger) => {
    logger.metric(long(255), Array(100).fill(2 ** 360), {
      dimensions: { ...many(29), [long(250)]: long(1_024) },
    });
    logger.metrics(values(100));
    logger.metrics(values(101));
  });

  expect(metrics).toHaveLength(1 + 100 + 100);
  expect(reports).toEqual([expect.stringMatching(/metric\.name: .*"m100" is one too many/)]);
});

test('without a namespace and a service, it is a line and a report that says what to set', async () => {
  const { lines, metrics, reports } = await stored((logger) => logger.metric('orders', 3), {
    settings: { app: {} },
  });

  expect(metrics).toEqual([]);
  expect(lines).toMatchObject([{ message: 'orders', orders: 3 }]);
  expect(reports).toEqual([
    expect.stringMatching(/metric\.namespace: .*not set; .*FAPILOG_CORE__METRICS_NAMESPACE/),
  ]);
});

test('the setting names the namespace, the line names the service', async () => {
  const { metrics } = await stored((logger) => logger.child({ service: 'billing' }).metric('orders', 3), {
    settings: { app: {}, core: { metricsNamespace: 'Shop' } },
  });

  expect(metrics).toMatchObject([{ namespace: 'Shop', dimensions: { service: 'billing' } }]);
});

test('hostile options cost their own line at most, and throw nothing', async () => {
  const throwing = new Proxy({}, { ownKeys: () => { throw new Error('no'); } }); // prettier-ignore
  const { metrics } = await stored((logger) => {
    logger.metric('a', 1, throwing);
    logger.metrics(throwing);
    logger.metrics(null as unknown as Record<string, number>);
    logger.metric('b', 1, { get unit(): never { throw new Error('no'); } }); // prettier-ignore
    logger.metric('good', 1);
  });

  expect(metrics.map(({ name }) => name).at(-1)).toBe('good');
});

test('a logger with the sink cloudwatch writes metrics there alone, so that none is counted twice', () => {
  const [cloudwatch, stdout] = [new MemorySink('cloudwatch'), new MemorySink('stdout_json')];
  const settings = new Settings({ app: { service: 'shop' } }, { env: {} });
  getLogger({ settings, sinks: [stdout, cloudwatch] }).metric('orders', 1);
  getLogger({ settings, sinks: [stdout] }).metric('others', 1);

  expect(cloudwatch.lines.flatMap((line) => metricsOf(line)).map(({ name }) => name)).toEqual(['orders']);
  expect(stdout.lines.flatMap((line) => metricsOf(line)).map(({ name }) => name)).toEqual(['others']);
});
