import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pino from 'pino';
import { LEVELS, type Level, type MinimumLevel } from '../../contract/levels.js';
import type { Target } from '../../runtime/batch/target.js';
import pinoTransport from '../../runtime/adapters/pino.js';
import { CloudWatchSink, getLogger, registerSink, Settings, type Logger } from '../../runtime/index.js';
import type { LoggerOptions } from '../../runtime/logger/logger-options.js';
import type { SettingsInput } from '../../runtime/settings/settings.js';
import { root } from '../support/imports.js';
import { MemorySink } from '../support/memory-sink.js';
import { SinkBench } from '../support/sink-against-server.js';

/** As built: a thread runs no TypeScript. */
const workerFile = join(root, 'dist/esm/runtime/worker/fapilog-worker.js');

let bench: SinkBench;
let directory: string;

beforeAll(async () => {
  bench = await SinkBench.start();
  directory = mkdtempSync(join(tmpdir(), 'fapilog-levels-'));
});

afterEach(() => jest.restoreAllMocks());

afterAll(async () => {
  await bench.stop();
  rmSync(directory, { recursive: true, force: true });
});

/** Where a sink delivers to, in code and in variables. */
interface Place {
  readonly options: Target & { readonly region: string; readonly endpointUrl: string };
  readonly env: Readonly<Record<string, string>>;
}

async function newPlace(): Promise<Place> {
  const target = await bench.created(bench.newTarget());
  const { endpoint: endpointUrl } = bench.server;
  return {
    options: { ...target, region: 'us-east-1', endpointUrl },
    env: {
      FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: target.logGroupName,
      FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: target.logStreamName,
      FAPILOG_CLOUDWATCH__REGION: 'us-east-1',
      FAPILOG_CLOUDWATCH__ENDPOINT_URL: endpointUrl,
    },
  };
}

/** What logs, whichever logger it is. */
type Log = Readonly<Record<Level, (message: string) => void>>;

interface Opened {
  readonly log: Log;
  readonly close: () => Promise<unknown>;
}

function opened(logger: Logger): Opened {
  return { log: logger, close: () => logger.close() };
}

function onSink(sink: CloudWatchSink): Opened {
  const settings = new Settings({ core: { logLevel: 'trace', enrich: false } }, { env: {} });
  return opened(getLogger({ settings, sinks: [sink] }));
}

/** Writes to the sink without a logger. */
function directly(sink: CloudWatchSink): Opened {
  const calls = LEVELS.map((level) => [
    level,
    (message: string) => sink.write({ timeMs: Date.now(), level, message, fields: [] }),
  ]);
  return { log: Object.fromEntries(calls) as Log, close: () => sink.close() };
}

function named(
  input: SettingsInput,
  env: Readonly<Record<string, string>> = {},
  worker: boolean | { readonly file: string } = false,
  file?: string,
): Opened {
  const core = { logLevel: 'trace', enrich: false, ...input.core } as const;
  return opened(getLogger({ settings: new Settings({ ...input, core }, { env, file }), worker }));
}

function piped(options: object, level: MinimumLevel): Opened {
  const transport = pinoTransport({ ...options, level });
  const closed = new Promise((resolve) => transport.once('close', resolve));
  return {
    log: pino({ level: 'trace' }, transport),
    close: () => {
      transport.end();
      return closed;
    },
  };
}

/** Each way in which the sink for CloudWatch Logs gets its level. */
const entryPoints: Readonly<Record<string, (level: MinimumLevel, place: Place) => Opened>> = {
  'the options of the sink': (level, { options }) =>
    directly(new CloudWatchSink({ ...options, level, env: {} })),
  'the options of the sink, under a logger': (level, { options }) =>
    onSink(new CloudWatchSink({ ...options, level, env: {} })),
  'its variable': (level, { env }) =>
    onSink(new CloudWatchSink({ env: { ...env, FAPILOG_CLOUDWATCH__LEVEL: level } })),
  'its full variable, in upper case': (level, { env }) =>
    onSink(
      new CloudWatchSink({
        env: { ...env, FAPILOG_SINK_CONFIG__CLOUDWATCH__LEVEL: level.toUpperCase() },
      }),
    ),
  'its options, which win over its variable': (level, { env }) =>
    onSink(new CloudWatchSink({ level, env: { ...env, FAPILOG_CLOUDWATCH__LEVEL: 'info' } })),
  'the settings of a logger': (level, { options }) =>
    named({ sinkConfig: { cloudwatch: { ...options, level } } }),
  'the environment of a logger': (level, { env }) => named({}, { ...env, FAPILOG_CLOUDWATCH__LEVEL: level }),
  'a settings file'(level, { env }) {
    const file = join(directory, `${level}.json`);
    writeFileSync(file, JSON.stringify({ sink_config: { cloudwatch: { level } } }));
    return named({}, env, false, file);
  },
  'the settings of a logger, in worker mode': (level, { options }) =>
    named({ sinkConfig: { cloudwatch: { ...options, level } } }, {}, { file: workerFile }),
  "the options of pino's target": (level, { options }) => piped({ ...options, env: {} }, level),
};

const expected = {
  trace: LEVELS,
  info: ['info', 'warn', 'error', 'fatal'],
  error: ['error', 'fatal'],
  silent: [],
} as const satisfies Partial<Record<MinimumLevel, readonly Level[]>>;

const minimums = Object.keys(expected) as (keyof typeof expected)[];

/** One call of each level. */
function logAll({ log }: Opened): void {
  for (const level of LEVELS) log[level](`a call of ${level}`);
}

/** The levels whose calls are among the texts. */
function levelsIn(texts: readonly string[]): Level[] {
  return LEVELS.filter((level) => texts.some((text) => text.includes(`a call of ${level}`)));
}

async function stored(place: Place): Promise<string[]> {
  return (await bench.stored(place.options)).map(({ message }) => message!);
}

describe.each(Object.entries(entryPoints))('the level of %s', (_, open) => {
  test.each(minimums)(
    '%s keeps out what is below',
    async (level) => {
      const place = await newPlace();
      const logging = open(level, place);

      logAll(logging);
      await logging.close();

      expect(levelsIn(await stored(place))).toEqual(expected[level]);
    },
    60_000,
  );
});

/** Each way in which a logger gets its level. */
const loggerDoors: Readonly<Record<string, (level: MinimumLevel, options: LoggerOptions) => Logger>> = {
  'the settings': (logLevel, options) =>
    getLogger({ ...options, settings: new Settings({ core: { logLevel } }, { env: {} }) }),
  'the environment': (level, options) =>
    getLogger({ ...options, settings: new Settings({}, { env: { FAPILOG_CORE__LOG_LEVEL: level } }) }),
  'the logger': (level, options) => Object.assign(getLogger(options), { level }),
  'a child': (level, options) => getLogger(options).child({}, { level }),
  'the parent of a child': (level, options) => getLogger(options).child({}, { level }).child({}),
};

describe.each(Object.entries(loggerDoors))('the level of a logger, from %s', (_, open) => {
  test.each(minimums)('%s keeps out what is below', async (level) => {
    const sink = new MemorySink();
    const logging = opened(open(level, { sinks: [sink] }));

    logAll(logging);
    await logging.close();

    expect(levelsIn(sink.lines)).toEqual(expected[level]);
  });
});

/** Each sink that the settings name writes somewhere else. */
const others: Readonly<Record<string, (level: MinimumLevel) => { opened: Opened; texts: () => string[] }>> = {
  file(level) {
    const path = join(directory, level);
    const settings = { core: { sinks: ['file'] }, sinkConfig: { file: { path, level } } };
    return { opened: named(settings), texts: () => [readFileSync(path, 'utf8')] };
  },
  stdout_json: (level) => printed('stdout', 'stdout_json', { stdoutJson: { level } }),
  stdout_pretty: (level) => printed('stdout', 'stdout_pretty', { stdoutPretty: { level } }),
  stderr_json: (level) => printed('stderr', 'stderr_json', { stderrJson: { level } }),
  'a plugin that is there': (level) => pluggedIn(`levels_now_${level}`, level, (sink) => sink),
  'a plugin that is still being made': (level) =>
    pluggedIn(`levels_later_${level}`, level, async (sink) => Promise.resolve(sink)),
};

function printed(stream: 'stdout' | 'stderr', sink: string, sinkConfig: SettingsInput['sinkConfig']) {
  const texts: string[] = [];
  jest.spyOn(process[stream], 'write').mockImplementation((text, ...rest) => {
    texts.push(String(text));
    const callback = rest.at(-1) as unknown as () => void;
    callback();
    return true;
  });
  return { opened: named({ core: { sinks: [sink] }, sinkConfig }), texts: () => texts };
}

function pluggedIn(
  name: string,
  level: MinimumLevel,
  made: (sink: MemorySink) => MemorySink | Promise<MemorySink>,
) {
  const sink = new MemorySink(name);
  registerSink(name, () => made(sink));
  return {
    opened: named({ core: { sinks: [name] }, sinkConfig: { [name]: { level } } }),
    texts: () => sink.lines,
  };
}

describe.each(Object.entries(others))('the level of another sink, %s', (_, open) => {
  test.each(minimums)('%s keeps out what is below', async (level) => {
    const { opened: logging, texts } = open(level);

    logAll(logging);
    await logging.close();

    expect(levelsIn(texts())).toEqual(expected[level]);
  });
});

describe('what is below the level of a sink', () => {
  test('is not in its account, nor is any of its values read', async () => {
    const { options } = await newPlace();
    const sink = new CloudWatchSink({ ...options, level: 'error', env: {} });
    const { log, close } = onSink(sink);
    const read = jest.fn();
    const fields = {
      timeMs: Date.now(),
      message: '',
      fields: [Object.defineProperty({}, 'a', { get: read })],
    };

    log.info('not accepted');
    log.error('accepted');
    sink.write({ level: 'warn', ...fields });
    await close();
    log.warn('not accepted, and not too late either');
    log.error('too late');

    expect(sink.stats()).toMatchObject({
      accepted: 2,
      delivered: 1,
      dropped: { total: 1, byReason: { closed: 1 } },
      pending: 0,
    });
    expect(read).not.toHaveBeenCalled();
  });

  test('is not what the sink has to say itself: a loss is told of in its stream', async () => {
    const { options } = await newPlace();
    const sink = new CloudWatchSink({ ...options, level: 'fatal', oversizeAction: 'drop', env: {} });
    const { log, close } = onSink(sink);

    log.fatal('x'.repeat(1_100_000));
    await close();

    const lines = (await stored({ options, env: {} })).map((line) => JSON.parse(line) as object);
    expect(lines).toEqual([expect.objectContaining({ level: 'warn', droppedEvents: 1, reason: 'tooLarge' })]);
  });
});
