import { once } from 'node:events';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CloudWatchStream, type CloudWatchStreamOptions } from '../../../runtime/adapters/stream.js';
import { isBalanced } from '../../../runtime/ack/ledger.js';
import { SinkBench } from '../../support/sink-against-server.js';

const stderr: string[] = [];

jest.mock('../../../runtime/io/stderr.js', () => ({
  writeStderr: (text: string) => stderr.push(text) > 0,
  waitForStderr: (_: number, act: () => void) => act(),
}));

const TARGET = { logGroupName: '/stream', logStreamName: 'writer' };

let bench: SinkBench;

beforeEach(async () => {
  stderr.length = 0;
  bench = await SinkBench.start();
  await bench.created(TARGET);
});

afterEach(() => bench.stop());

function streamTo(options: CloudWatchStreamOptions = {}): CloudWatchStream {
  return new CloudWatchStream({
    ...TARGET,
    region: 'us-east-1',
    endpointUrl: bench.server.endpoint,
    env: { FAPILOG_CORE__ENRICH: 'false' },
    ...options,
  });
}

async function ended(stream: CloudWatchStream): Promise<void> {
  const closed = once(stream, 'close');
  stream.end();
  await closed;
}

/** The stored lines, without their time. */
async function stored(): Promise<string[]> {
  const events = await bench.stored(TARGET);
  return events.map(({ message = '', timestamp = 0 }) =>
    message.replace(`"timestamp":"${new Date(timestamp).toISOString()}",`, ''),
  );
}

test('a line of JSON keeps its bytes, another one becomes the message of a record', async () => {
  const stream = streamTo({ textLevel: 'WARNING' });
  const json = `{ "severity":"ERROR","time":${bench.nowMs},"n":1.0}`;
  stream.write(`${json}\nGET / 200`);
  stream.write(Buffer.from(' — 3 ms\r\n[1]\n\n'));
  stream.write('6c617374', 'hex');
  await ended(stream);

  expect((await stored()).toSorted()).toEqual(
    [
      json,
      '{"level":"warn","message":"GET / 200 — 3 ms"}',
      '{"level":"warn","message":"[1]"}',
      '{"level":"warn","message":"last"}',
    ].toSorted(),
  );
});

test('bytes are divided anywhere, also within a character', async () => {
  const stream = streamTo();
  for (const byte of Buffer.from('“1 €” 😀\n')) stream.write(Buffer.from([byte]));
  await ended(stream);

  expect(await stored()).toEqual(['{"level":"info","message":"“1 €” 😀"}']);
});

test('the lowest level is that of the line, as far as it is known', async () => {
  const stream = streamTo({ level: 'warn' });
  stream.write('{"level":30,"n":1}\n{"level":40,"n":2}\n{"n":3}\ntext\n');
  stream.write({ level: 'info', msg: 'no' });
  await ended(stream);

  expect(await stored()).toEqual(['{"level":"warn","n":2}']);
});

describe('an object', () => {
  test.each([
    [
      { name: 'shop', level: 50, time: new Date(), msg: 'failed', v: 0, id: 7 },
      '{"level":"error","message":"failed","name":"shop","v":0,"id":7}',
    ],
    [{ level: 35, msg: 'custom' }, '{"level":"info","message":"custom","_level":35}'],
    [{ level: 'notice', msg: 'named' }, '{"level":"info","message":"named","_level":"notice"}'],
    [{ level: 'warning', msg: ['x'] }, '{"level":"warn","message":"","msg":["x"]}'],
    [{ time: 'noon' }, '{"level":"info","message":"","time":"noon"}'],
    [
      { level: 30, msg: 'm', req: { method: 'GET', url: '/', headers: { cookie: 'S', host: 'h' } } },
      '{"level":"info","message":"m","req":{"method":"GET","url":"/","headers":{"cookie":"[redacted]","host":"h"}}}',
    ],
    [
      { level: 30, msg: 'm', res: { statusCode: 1, header: 'HTTP/1.1\r\nSet-Cookie: S\r\nDate: D' } },
      String.raw`{"level":"info","message":"m","res":{"statusCode":1,"header":"HTTP/1.1\r\nSet-Cookie: [redacted]\r\nDate: D"}}`,
    ],
    [
      {
        startTime: new Date(),
        categoryName: 'shop',
        level: { level: 60_000, levelStr: 'MARK' },
        data: ['%s placed', 'order', { id: 7 }],
        context: { user: 'jane' },
      },
      '{"level":"fatal","message":"order placed","category":"shop","severity":"MARK","user":"jane","id":7}',
    ],
  ])('is a record: %j', async (object, line) => {
    const stream = streamTo();
    expect(stream.write(object)).toBe(true);
    await ended(stream);

    expect(await stored()).toEqual([line]);
  });

  test('has its own time', async () => {
    const stream = streamTo();
    stream.write({ level: 30, time: new Date(bench.nowMs - 5_000), msg: 'a' });
    await ended(stream);

    expect((await bench.stored(TARGET)).map(({ timestamp }) => timestamp)).toEqual([bench.nowMs - 5_000]);
  });

  test('and anything else that no stream takes throws nothing', async () => {
    const stream = streamTo();
    for (const value of [null, undefined, 7]) stream.write(value);
    await ended(stream);

    expect((await stored()).toSorted()).toEqual(
      ['null', 'undefined', '7'].map((message) => `{"level":"info","message":"${message}"}`).toSorted(),
    );
  });
});

test('an object that throws when it is read is counted, and what comes behind it is delivered', async () => {
  const stream = streamTo();
  const event = { data: ['paid'], level: { levelStr: 'INFO' }, context: {}, categoryName: 'shop' };
  stream.write(
    Object.defineProperties(
      { ...event },
      Object.fromEntries(
        ['startTime', 'categoryName'].map((name) => [
          name,
          {
            get() {
              throw new Error('unreadable');
            },
          },
        ]),
      ),
    ),
  );
  stream.write('next\n');
  await ended(stream);

  expect(stream.stats()).toMatchObject({ accepted: 2, delivered: 1, dropped: { byReason: { threw: 1 } } });
});

test('callbacks are called, each once, also behind the end', async () => {
  const stream = streamTo();
  const done = jest.fn();
  stream.write('a\n', done);
  stream.write('b\n', 'utf8', done);
  stream.write({ msg: 'c' }, done);
  await ended(stream);
  stream.write('d\n', done);
  await new Promise(setImmediate);

  expect(done).toHaveBeenCalledTimes(4);
});

test('an encoding that nobody knows is that of text', async () => {
  const stream = streamTo();
  stream.write('a\n', 'klingon' as BufferEncoding);
  await ended(stream);

  expect(await stored()).toEqual(['{"level":"info","message":"a"}']);
});

test('the account has the records that a filter held back', async () => {
  const stream = streamTo({
    env: { FAPILOG_CORE__FILTERS: '["level"]', FAPILOG_FILTER_CONFIG__LEVEL__MIN_LEVEL: 'WARNING' },
  });
  stream.write('a\nb\n');
  await ended(stream);

  expect(stream.stats()).toMatchObject({ accepted: 0, filtered: { total: 2 } });
});

test('what is written after the end throws nothing, emits no error, and is counted', async () => {
  const stream = streamTo();
  stream.write('a\n');
  await ended(stream);
  stream.write('b\n');
  stream.write({ msg: 'c' });
  const { accepted, delivered, dropped } = stream.stats();

  expect({ accepted, delivered, dropped: dropped.total }).toEqual({ accepted: 3, delivered: 1, dropped: 2 });
});

test('the end waits no longer than the deadline, and what is left is on stderr', async () => {
  bench.server.inject({ kind: 'hang', operation: '*', times: Infinity });
  const stream = streamTo({ shutdownDeadlineSeconds: 0.1 });
  stream.write('a\nb');
  await ended(stream);
  const account = stream.stats();

  expect([account.diverted.total, account.pending, isBalanced(account)]).toEqual([2, 0, true]);
});

test('destroying it delivers, too', async () => {
  const stream = streamTo();
  stream.write('a\nb');
  stream.destroy();
  await once(stream, 'close');

  expect((await stored()).toSorted()).toHaveLength(2);
});

describe('when half of the memory is in use', () => {
  const small = { maxQueueBytes: 1_048_576, batchTimeoutSeconds: 0.01 };
  const line = `${'x'.repeat(10_000)}\n`;

  test('a pipe waits, and everything is delivered', async () => {
    const stream = streamTo(small);
    await pipeline(Readable.from(Array<string>(200).fill(line)), stream);

    expect(stream.stats()).toMatchObject({ accepted: 200, delivered: 200 });
    expect(stream.stats().dropped.total).toBe(0);
  });

  test('a logger that does not wait loses lines, counted, and is told when there is room', async () => {
    bench.server.inject({ kind: 'hang', operation: '*', times: Infinity });
    const stream = streamTo({ ...small, shutdownDeadlineSeconds: 0.1 });
    const answers = Array.from({ length: 150 }, () => stream.write(line));
    const drained = once(stream, 'drain');

    expect([answers[0], answers.at(-1)]).toEqual([true, false]);
    expect(stream.stats().dropped.total).toBeGreaterThan(0);
    stream.end();
    await drained;
    expect(isBalanced(stream.stats())).toBe(true);
  });
});

test('redaction and fields of the environment apply', async () => {
  const env = { FAPILOG_REDACTION__ENABLED: 'true', FAPILOG_REDACTION__PATHS: '["user.name"]' };
  const stream = streamTo({ env: { ...env, FAPILOG_CORE__ENRICH: 'false' } });
  const json = `{"level":"info","time":${bench.nowMs},"user":{"name":"Jane","n":1.0},"msg":"jane@host.example"}`;
  stream.write(`${json}\ntoken=abc by jane@host.example\n`);
  stream.write({ msg: 'm', password: 'x' });
  await ended(stream);

  expect((await stored()).toSorted()).toEqual(
    [
      json.replace('"Jane"', '"[redacted]"').replace('jane@host.example', '[redacted]'),
      '{"level":"info","message":"token=[redacted] by [redacted]"}',
      '{"level":"info","message":"m","password":"[redacted]"}',
    ].toSorted(),
  );
});

test.each([
  [{ textLevel: 'loud' }, /textLevel/],
  [{ logger: {} }, /options\.logger is "given"; allowed: no logger here.*give the options of its sink/],
  [{ env: { FAPILOG_REDACTION__ENABLED: 'true', FAPILOG_REDACTION__PATHS: '["a["]' } }, /PATHS/],
])('wrong options are named: %j', (options, message) => {
  expect(() => streamTo(options as object)).toThrow(message);
});
