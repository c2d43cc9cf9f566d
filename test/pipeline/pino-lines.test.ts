import pino from 'pino';
import pino9 from 'pino9';
import { pinoStream, type PinoStreamOptions } from '../../runtime/adapters/pino.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { SinkBench } from '../support/sink-against-server.js';

const TARGET = { logGroupName: '/pino', logStreamName: 'writer' };

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
  await bench.created(TARGET);
});

afterEach(() => bench.stop());

function streamTo(options: PinoStreamOptions = {}): ReturnType<typeof pinoStream> {
  return pinoStream({
    ...TARGET,
    region: 'us-east-1',
    endpointUrl: bench.server.endpoint,
    env: {},
    ...options,
  });
}

type Pino = typeof pino;

describe.each([
  ['pino 10', pino],
  ['pino 9', pino9 as unknown as Pino],
])('%s', (_, make) => {
  const { isoTime, isoTimeNano, unixTime, epochTime } =
    make.stdTimeFunctions as typeof pino.stdTimeFunctions & {
      readonly isoTimeNano?: () => string;
    };

  test.each([
    ['nothing', {}],
    ['isoTime', { timestamp: isoTime }],
    ['isoTimeNano', { timestamp: isoTimeNano ?? isoTime }],
    ['unixTime', { timestamp: unixTime }],
    ['epochTime', { timestamp: epochTime }],
    ['no time', { timestamp: false }],
    ['keys', { messageKey: 'message', errorKey: 'error', nestedKey: 'payload' }],
    [
      'another name of the level',
      { formatters: { level: (label: string) => ({ severity: label.toUpperCase() }) } },
    ],
    ['labels', { formatters: { level: (level: string) => ({ level }) } }],
    ['custom levels', { customLevels: { notice: 35, audit: 70 } }],
    ['nothing besides', { base: null }],
    ['line ends of Windows', { crlf: true }],
  ])('a line stays as it was written, but for the number of its level: %s', async (__, options) => {
    const stream = streamTo();
    const written: string[] = [];
    const both = { write: (line: string) => void (written.push(line.trimEnd()), stream.write(line)) };
    const logger = make({ level: 'trace', ...options } as pino.LoggerOptions, both);
    const sinceMs = Date.now();
    logger.error({ n: 1e21, err: new Error('why') }, 'failed');
    logger.child({ id: 1 }).info({ id: 2 }, 'twice');
    if ('customLevels' in options) (logger as unknown as pino.Logger<'notice'>).notice('a custom one');
    const { delivered } = await stream.close();
    const stored = await bench.stored(TARGET);

    const named = { 30: 'info', 50: 'error' } as Record<string, string>;
    expect(stored.map(({ message }) => message)).toEqual(
      written.map((line) => line.replace(/"level":(30|50)\b/, (___, n: string) => `"level":"${named[n]}"`)),
    );
    expect(delivered).toBe(written.length);
    // unixTime rounds to a second.
    expect(
      stored.every(({ timestamp = 0 }) => timestamp > sinceMs - 1_001 && timestamp < Date.now() + 501),
    ).toBe(true);
  });

  test('lines below the lowest level are not taken, by what the line says of it', async () => {
    const stream = streamTo({ level: 'warn' });
    const logger = make({ formatters: { level: (label) => ({ severity: label }) } }, stream);
    logger.info('no');
    logger.warn('yes');

    expect(await stream.close()).toMatchObject({ accepted: 1, delivered: 1 });
  });

  test('flush calls back once the line is stored', async () => {
    const stream = streamTo({ batchTimeoutSeconds: 60 });
    const logger = make(stream);
    logger.info('a');
    await new Promise<void>((resolve) => logger.flush(() => resolve()));

    expect(stream.stats()).toMatchObject({ delivered: 1, pending: 0 });
    await stream.close();
  });

  test('what is logged after the end throws nothing and is counted', async () => {
    const stream = streamTo();
    const logger = make(stream);
    await new Promise<void>((resolve) => stream.end(resolve));
    logger.info('late');
    const { dropped, ...account } = stream.stats();

    expect([dropped.byReason, isBalanced({ dropped, ...account })]).toEqual([{ closed: 1 }, true]);
  });

  test('a stream beside it in a multistream gets each line, though the service hangs', async () => {
    bench.server.inject({ kind: 'hang', operation: '*', times: Infinity });
    const lines: string[] = [];
    const stream = streamTo();
    const logger = make(
      {},
      make.multistream([{ stream }, { stream: { write: (line: string) => void lines.push(line) } }]),
    );
    for (let id = 0; id < 100; id++) logger.info({ id });

    expect(lines).toHaveLength(100);
    expect(await stream.close({ deadlineMs: 10 })).toMatchObject({ accepted: 100, pending: 0 });
  });
});
