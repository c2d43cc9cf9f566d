import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudWatchInput } from '../../contract/sections.js';
import { type Fault, startLocalCloudWatchLogs } from '../../local/index.js';
import {
  CloudWatchLogRecordExporter,
  CloudWatchLogRecordProcessor,
  type CloudWatchLogRecordExporterOptions,
  type OtelLogRecord,
} from '../../runtime/adapters/otel.js';
import pinoTransport, { type PinoTransportOptions } from '../../runtime/adapters/pino.js';
import { CloudWatchStream, type CloudWatchStreamOptions } from '../../runtime/adapters/stream.js';
import {
  CloudWatchSink,
  type CloseOptions,
  type CloudWatchSinkOptions,
  DIAGNOSTICS_CHANNEL,
  type Diagnostic,
  type FlushOptions,
  getLogger,
  type Logger,
  type LoggerOptions,
  Settings,
  type Sink,
} from '../../runtime/index.js';
import { DeferredSink } from '../../runtime/plugins/deferred-sink.js';
import { FileSink, type FileSinkOptions } from '../../runtime/sinks/file-sink.js';
import type { LineSinkOptions } from '../../runtime/sinks/line-sink.js';
import { withEdges, type WorkerOptions } from '../../runtime/edges.js';
import { StreamSink } from '../../runtime/sinks/stream-sink.js';
import { systemClock } from '../../runtime/io/clock.js';
import { FakeStream } from '../runtime/sinks/fake-stream.js';
import { record, reporter, withDirectory } from '../runtime/sinks/support.js';
import { pause, useDummyCredentials } from '../support/delivery-stage.js';
import { FakePort } from '../support/fake-port.js';
import { root } from '../support/imports.js';
import { ManualClock, promisesRun } from '../support/manual-clock.js';
import { MemorySink } from '../support/memory-sink.js';
import { poll } from '../support/poll.js';
import { run } from '../support/programs.js';

jest.mock('../../runtime/io/stderr.js', () => ({ writeStderr: () => true }));

/** Shows that an option changes something. The settings of the sink for CloudWatch Logs are in sink-options.test.ts. */
type Shows<Options> = { readonly [Key in keyof Options]-?: () => void | Promise<void> };

type ChildOptions = NonNullable<Parameters<Logger['child']>[1]>;

const TARGET = { logGroupName: '/app', logStreamName: 'writer', region: 'us-east-1' };
const directory = withDirectory();

beforeAll(() => useDummyCredentials());

const settings = (input: ConstructorParameters<typeof Settings>[0] = {}): Settings =>
  new Settings(input, { env: {} });

/** The codes of what is said about sinks while the work is being done, as soon as there is one. */
async function firstDiagnostic(work: () => Logger): Promise<string> {
  const codes: string[] = [];
  const hear = (diagnostic: unknown): void => void codes.push((diagnostic as Diagnostic).code);
  subscribe(DIAGNOSTICS_CHANNEL, hear);
  const logger = work();
  try {
    return await poll('a diagnostic', () => codes[0]);
  } finally {
    await logger.close({ deadlineMs: 0 });
    unsubscribe(DIAGNOSTICS_CHANNEL, hear);
  }
}

/** A logger whose worker runs a file that is not there. */
const workerLogger = (): Logger =>
  getLogger({
    settings: settings({ sinkConfig: { cloudwatch: TARGET } }),
    worker: { file: join(directory.path, 'missing.js') },
  });

const loggerOptions: Shows<LoggerOptions> = {
  settings: () =>
    expect(getLogger({ settings: settings({ core: { logLevel: 'error' } }), sinks: [] }).level).toBe('error'),
  sinks() {
    const sink = new MemorySink();
    getLogger({ settings: settings(), sinks: [sink] }).info('hi');
    expect(sink.records).toHaveLength(1);
  },
  level: () => expect(getLogger({ settings: settings(), sinks: [], level: 'WARNING' }).level).toBe('warn'),
  worker: async () => expect(await firstDiagnostic(workerLogger)).toBe('worker'),
  serializers() {
    const sink = new MemorySink();
    const serializers = { user: ({ id }: { readonly id: number }) => id };
    getLogger({ settings: settings(), sinks: [sink], serializers }).info({ user: { id: 7, name: 'a' } });
    expect(sink.told).toMatchObject([{ user: 7 }]);
  },
};

const workerOptions: Shows<WorkerOptions> = {
  file: async () => expect(await firstDiagnostic(workerLogger)).toBe('worker'),
  /** Without it, an exit waits for five seconds: worker-exits.test.ts shows that. */
  async exitDeadlineMs() {
    const service = await startLocalCloudWatchLogs({
      faults: [{ kind: 'hang', operation: '*', times: Infinity }],
    });
    const program = `
      import { logMany, workerLogger } from ${JSON.stringify(join(root, 'test/pipeline/programs/worker-settings.mjs'))};
      logMany(workerLogger({}, { exitDeadlineMs: 50 }), 1);
      const startedMs = Date.now();
      process.on('exit', () => console.log(Date.now() - startedMs));
      process.exit();`;
    const { stdout } = await run(['--input-type=module', '--eval', program], service.endpoint);
    await service.close();
    expect(stdout).toMatch(/^\d+\n$/);
    expect(Number(stdout)).toBeLessThan(5_000);
  },
};

const childOptions: Shows<ChildOptions> = {
  level() {
    const logger = getLogger({ settings: settings(), sinks: [new MemorySink()] });
    expect(logger.child({}, { level: 'silent' }).level).toBe('silent');
  },
  serializers() {
    const sink = new MemorySink();
    const logger = getLogger({ settings: settings(), sinks: [sink] });
    logger.child({}, { serializers: { id: (id: number) => id + 1 } }).info({ id: 6 });
    expect(sink.told).toMatchObject([{ id: 7 }]);
  },
  msgPrefix() {
    const sink = new MemorySink();
    getLogger({ settings: settings(), sinks: [sink] })
      .child({}, { msgPrefix: '[http] ' })
      .info('hi');
    expect(sink.told).toMatchObject([{ message: '[http] hi' }]);
  },
};

const sinkOptions: Shows<Omit<CloudWatchSinkOptions, keyof CloudWatchInput>> = {
  env() {
    const env = { FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/of/the/environment' };
    expect(new CloudWatchSink({ env }).stats().logGroupName).toBe('/of/the/environment');
  },
  async onDiagnostic() {
    const codes: string[] = [];
    const sink = new CloudWatchSink({
      ...TARGET,
      env: {},
      onDiagnostic: ({ code }) => void codes.push(code),
    });
    await sink.close();
    sink.write(record);
    expect(codes).toEqual(['dropped.closed']);
  },
  async onRejected() {
    const messages: string[] = [];
    await onService([{ kind: 'rejectAll' }], async (endpointUrl) => {
      const onRejected: CloudWatchSinkOptions['onRejected'] = ({ message }) => void messages.push(message);
      const sink = new CloudWatchSink({ ...TARGET, endpointUrl, env: {}, onRejected });
      sink.writeLine({ timeMs: Date.now(), level: 'info', line: 'refused' });
      await sink.close();
    });
    expect(messages).toEqual(['refused']);
  },
  /** own-client.test.ts shows more, and a client in place of its options. */
  async clientConfig() {
    const { region, ...target } = TARGET;
    const lines = await onService([], async (endpoint) => {
      const sink = new CloudWatchSink({ ...target, env: {}, clientConfig: { region, endpoint } });
      sink.writeLine({ timeMs: Date.now(), level: 'info', line: 'by the SDK' });
      await sink.close();
    });
    expect(lines).toEqual(['by the SDK']);
  },
};

const pinoOptions: Shows<Omit<PinoTransportOptions, keyof CloudWatchInput>> = {
  env: async () => expect(await pinoLines({})).toEqual(['{"level":"info","time":1}']),
  levelNames: async () => expect(await pinoLines({ levelNames: false })).toEqual(['{"level":30,"time":1}']),
};

const otelOptions: Shows<
  Omit<CloudWatchLogRecordExporterOptions, Exclude<keyof CloudWatchSinkOptions, 'level'>>
> = {
  logger: () => expect(otelLines({})).toHaveLength(1),
  level: () => expect(otelLines({ level: 'warn' })).toEqual([]),
  resourceAttributes: () => expect(otelLines({ resourceAttributes: ['host.name'] })[0]).toContain('h-1'),
  async flushDeadlineMs() {
    const processor = new CloudWatchLogRecordProcessor({ ...UNREACHABLE, flushDeadlineMs: 1 });
    processor.onEmit(otelRecord);
    await processor.forceFlush();
    expect(processor.stats().pending).toBe(1);
    await processor.shutdown();
  },
  async exportDeadlineMs() {
    const exporter = new CloudWatchLogRecordExporter({ ...UNREACHABLE, exportDeadlineMs: 1 });
    const { code } = await new Promise<{ code: number }>((resolve) => exporter.export([otelRecord], resolve));
    expect([code, exporter.stats().pending]).toEqual([0, 1]);
    await exporter.shutdown();
  },
};

/** Nothing listens there. */
const UNREACHABLE = { ...TARGET, endpointUrl: 'http://127.0.0.1:1', shutdownDeadlineSeconds: 0, env: {} };

const otelRecord: OtelLogRecord = {
  // Without a time, it is now.
  hrTime: [0, 0],
  hrTimeObserved: [0, 0],
  body: 'order placed',
  attributes: {},
  droppedAttributesCount: 0,
  resource: { attributes: { 'host.name': 'h-1' } },
  instrumentationScope: { name: 'shop' },
};

function otelLines(options: CloudWatchLogRecordExporterOptions): readonly string[] {
  const sink = new MemorySink();
  const logger = getLogger({ settings: settings(), sinks: [sink] });
  new CloudWatchLogRecordProcessor({ logger, ...options }).onEmit(otelRecord);
  return sink.lines;
}

/** A line of pino's as it arrives; where it goes, the environment says. */
async function pinoLines(options: PinoTransportOptions): Promise<string[]> {
  return onService([], async (endpointUrl) => {
    const env = {
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/app',
      FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: endpointUrl,
    };
    const transport = pinoTransport({ ...options, env });
    const closed = new Promise((resolve) => transport.once('close', resolve));
    transport.write(`{"level":30,"time":${Date.now()}}\n`);
    transport.end();
    await closed;
  });
}

const cloudWatchStreamOptions: Shows<Pick<CloudWatchStreamOptions, 'levelNames' | 'textLevel'>> = {
  levelNames: async () => expect(await streamLines({ levelNames: false })).toContain('{"level":30,"time":1}'),
  textLevel: async () =>
    expect((await streamLines({ textLevel: 'warning' })).at(-1)).toMatch(/"level":"warn","message":"text"/),
};

/** A line of JSON and another one, as they arrive. */
async function streamLines(options: CloudWatchStreamOptions): Promise<string[]> {
  return onService([], async (endpointUrl) => {
    const stream = new CloudWatchStream({ ...TARGET, endpointUrl, env: {}, ...options });
    stream.write(`{"level":30,"time":${Date.now()}}\n`);
    stream.write('text\n');
    const closed = new Promise((resolve) => stream.once('close', resolve));
    stream.end();
    await closed;
  });
}

/** The messages that a service with these faults has stored, once the work is done; their times are 1. */
async function onService(
  faults: readonly Fault[],
  work: (endpoint: string) => Promise<void>,
): Promise<string[]> {
  const messages = new Set<string>();
  const when: Fault['when'] = (call) => {
    for (const message of call.messages) messages.add(message.replace(/"time":\d+/, '"time":1'));
    return false;
  };
  const service = await startLocalCloudWatchLogs({
    faults: [{ kind: 'internal', times: Infinity, when }, ...faults],
  });
  await work(service.endpoint);
  await service.close();
  return [...messages];
}

const streamOptions: Shows<LineSinkOptions> = {
  async report() {
    const { reports, report } = reporter();
    const sink = streamSink(new FakeStream(), { report });
    await sink.close();
    sink.write(record);
    expect(reports.map(([code]) => code)).toEqual(['dropped.test.closed']);
  },
  maxWaitingBytes() {
    const sink = streamSink(new FakeStream(), { maxWaitingBytes: 1 });
    sink.write(record);
    expect(sink.stats().dropped.byReason).toEqual({ streamFull: 1 });
  },
  async clock() {
    const clock = new ManualClock();
    const sink = streamSink(stuck(), { clock });
    sink.write(record);
    const closing = sink.close({ deadlineMs: 3_600_000 });
    await promisesRun();
    clock.advance(3_600_000);
    expect((await closing).dropped.byReason).toEqual({ deadline: 1 });
  },
  async deadlineMs() {
    const clock = new ManualClock();
    const sink = streamSink(stuck(), { clock, deadlineMs: 3_600_000 });
    sink.write(record);
    const closing = sink.close();
    await promisesRun();
    clock.advance(3_600_000);
    expect((await closing).dropped.byReason).toEqual({ deadline: 1 });
  },
};

function streamSink(stream: FakeStream, options: LineSinkOptions = {}): StreamSink {
  return new StreamSink('test', stream, ({ message }) => message, options);
}

function stuck(): FakeStream {
  return Object.assign(new FakeStream(), { manner: 'holds' as const });
}

const fileOptions: Shows<FileSinkOptions> = {
  async path() {
    const path = join(directory.path, 'log');
    await logged({ path });
    expect(readFileSync(path, 'utf8')).toContain('"message":"hi"');
  },
  async makeDirectory() {
    const path = join(directory.path, 'new', 'log');
    await logged({ path, makeDirectory: false });
    expect(existsSync(path)).toBe(false);
    await logged({ path });
    expect(existsSync(path)).toBe(true);
  },
  async report() {
    const { reports, report } = reporter();
    await logged({ path: directory.path, report });
    expect(reports.map(([code]) => code)).toContain('dropped.file.streamFailed');
  },
  async maxWaitingBytes() {
    const sink = await logged({ path: join(directory.path, 'log'), maxWaitingBytes: 1 });
    expect(sink.stats().dropped.byReason).toEqual({ streamFull: 1 });
  },
  async clock() {
    const after = jest.fn(systemClock.after.bind(systemClock));
    await logged({ path: join(directory.path, 'log'), clock: { ...systemClock, after } });
    expect(after).toHaveBeenCalled();
  },
  async deadlineMs() {
    const after = jest.fn(systemClock.after.bind(systemClock));
    const clock = { ...systemClock, monotonic: () => 0, after };
    await logged({ path: join(directory.path, 'log'), clock, deadlineMs: 3_600_000 });
    expect(after.mock.calls.map(([delayMs]) => delayMs)).toContain(3_600_000);
  },
};

async function logged(options: FileSinkOptions): Promise<FileSink> {
  const sink = new FileSink(options);
  sink.write(record);
  await sink.close();
  return sink;
}

/** What has a record that it never gets rid of. */
const waiting: Readonly<Record<string, () => Pick<Sink, 'flush' | 'close'>>> = {
  CloudWatchSink: hanging,
  StreamSink() {
    const sink = streamSink(stuck());
    sink.write(record);
    return sink;
  },
  'a plugin that does not come'() {
    const never = new Promise<never>(() => undefined);
    const parts = { clock: systemClock, report: () => undefined, writeStderr: () => true };
    const sink = new DeferredSink('late', never, parts);
    sink.write(record);
    return sink;
  },
  'a plugin that has come'() {
    return new DeferredSink('there', Promise.resolve(hanging()), {
      clock: systemClock,
      report: () => undefined,
      writeStderr: () => true,
    });
  },
  'a logger': () => getLogger({ settings: settings(), sinks: [hanging()] }),
};

function hanging(): CloudWatchSink {
  const port = new FakePort({ putLogEvents: ['hang'] });
  const sink = new CloudWatchSink(withEdges({ ...TARGET, env: {} }, { port }));
  sink.write({ ...record, timeMs: Date.now() });
  return sink;
}

const flushOptions: Shows<FlushOptions> = {
  async deadlineMs() {
    for (const make of Object.values(waiting)) {
      const sink = make();
      const isDone = Promise.race([sink.flush().then(() => 'flushed'), pause(50).then(() => 'waiting')]);
      expect((await sink.flush({ deadlineMs: 20 })).pending).toBe(1);
      expect(await isDone).toBe('waiting');
      await sink.close({ deadlineMs: 0 });
    }
  },
  async leftover() {
    // The others keep what waits: only the sink for CloudWatch Logs has a place for it.
    for (const make of [hanging, waiting['a plugin that has come']!, waiting['a logger']!]) {
      const sink = make();
      const account = await sink.flush({ deadlineMs: 20, leftover: 'divert' });
      expect([account.pending, account.diverted.byReason]).toEqual([0, { flushDeadline: 1 }]);
      await sink.close({ deadlineMs: 0 });
    }
  },
};

const closeOptions: Shows<CloseOptions> = {
  async deadlineMs() {
    for (const make of Object.values(waiting)) {
      const startedMs = Date.now();
      const { accepted, pending } = await make().close({ deadlineMs: 20 });
      expect([accepted, pending]).toEqual([1, 0]);
      // Far below what each of them waits for by default.
      expect(Date.now() - startedMs).toBeLessThan(5_000);
    }
  },
};

describe.each(
  Object.entries({
    'getLogger()': loggerOptions,
    'its worker': workerOptions,
    'child()': childOptions,
    CloudWatchSink: sinkOptions,
    "OpenTelemetry's exporter": otelOptions,
    "pino's target": pinoOptions,
    CloudWatchStream: cloudWatchStreamOptions,
    StreamSink: streamOptions,
    FileSink: fileOptions,
    'flush()': flushOptions,
    'close()': closeOptions,
  }),
)('of the options of %s,', (_, shows) => {
  test.each(Object.entries(shows as Record<string, () => void | Promise<void>>))(
    '%s changes something',
    async (__, show) => {
      expect.hasAssertions();
      await show();
    },
    30_000,
  );
});
