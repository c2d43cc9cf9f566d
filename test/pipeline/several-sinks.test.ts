import { withEdges } from '../../runtime/edges.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import type { Logger } from '../../runtime/logger/logger.js';
import type { LogRecord } from '../../runtime/log-record.js';
import { CloudWatchSink } from '../../runtime/sink.js';
import type { CloudWatchSinkOptions } from '../../runtime/sink-options.js';
import { FakePort } from '../support/fake-port.js';
import { MemorySink } from '../support/memory-sink.js';

interface Line extends Readonly<Record<string, unknown>> {
  readonly message: string;
}

/** A sink for CloudWatch Logs with the lines that it has sent, by their messages. */
class Target {
  readonly port = new FakePort();
  readonly sink: CloudWatchSink;

  constructor(options: CloudWatchSinkOptions = {}, Class = CloudWatchSink) {
    const target = { logGroupName: '/myapp/production', logStreamName: 'api-server', region: 'eu-west-1' };
    this.sink = new Class(withEdges({ ...target, env: {}, ...options }, { port: this.port }));
  }

  get lines(): Line[] {
    const lines = this.port.messages.flat().map((message) => JSON.parse(message) as Line);
    return lines.toSorted((a, b) => a.message.localeCompare(b.message));
  }
}

function loggerTo(...targets: readonly Target[]): Logger {
  return getLogger({ sinks: targets.map(({ sink }) => sink) });
}

/** Says what it is once, and then something else. */
class Ticket {
  asked = 0;

  toJSON(): string {
    return `asked ${++this.asked}`;
  }
}

/** A sink of an application, which changes what it is given and passes it on. */
class Masking extends CloudWatchSink {
  override write(record: LogRecord): void {
    const { message } = record;
    Object.assign(record, { message: message.replaceAll('secret', '***') });
    super.write(record);
    Object.assign(record, { message });
  }
}

test.each<[string, object, object]>([
  ['plain fields', { id: 7, list: [1, 'a'] }, { id: 7, list: [1, 'a'] }],
  ['a value that says itself what it is', { ticket: new Ticket() }, { ticket: 'asked 1' }],
  ['a text that is too long', { text: 'x'.repeat(2_000_000) }, { truncatedFields: ['text'] }],
])('a record is read once for all sinks for CloudWatch Logs: %s', async (_, fields, expected) => {
  const targets = [new Target(), new Target(), new Target()];
  const logger = loggerTo(...targets);
  let read = 0;
  logger.info('an order placed', {
    ...fields,
    get times() {
      return ++read;
    },
  });
  // It has overwritten the bytes of the one before.
  logger.info('order paid');
  const { accepted, delivered } = await logger.close();

  expect([accepted, delivered]).toEqual([6, 6]);
  const [{ lines } = { lines: [] }] = targets;
  expect(lines).toMatchObject([{ message: 'an order placed', ...expected }, { message: 'order paid' }]);
  for (const each of targets) expect(each.lines).toEqual(lines);
});

test('each sink does with a text that is too long what its settings say', async () => {
  const [cut, split, none] = [
    new Target({ oversizeAction: 'truncate' }),
    new Target({ oversizeAction: 'split' }),
    new Target({ oversizeAction: 'drop' }),
  ];
  const logger = loggerTo(cut, split, none);
  logger.info('x'.repeat(2_000_000));
  await logger.close();

  expect([cut, split].map(({ port }) => port.messages.flat().length)).toEqual([1, 2]);
  expect(none.sink.stats().dropped).toMatchObject({ byReason: { tooLarge: 1 } });
});

test('a getter that logs meanwhile changes no line', async () => {
  const targets = [new Target(), new Target()];
  const logger = loggerTo(...targets);
  logger.info('outer', {
    get price() {
      logger.info('inner');
      return 7;
    },
  });
  await logger.close();

  for (const { lines } of targets) {
    expect(lines.map(({ message, price }) => [message, price])).toEqual([
      ['inner', undefined],
      ['outer', 7],
    ]);
  }
});

test('a getter, or a sink between two others, that logs to another logger changes no line', async () => {
  const [first, second, last, other] = [new Target(), new Target(), new Target(), new Target()];
  const otherLogger = loggerTo(other);
  const between = new MemorySink();
  between.write = () => otherLogger.info('from a sink');
  const logger = getLogger({ sinks: [first.sink, second.sink, between, last.sink] });
  logger.info('order placed', {
    get price() {
      otherLogger.info('from a getter');
      return 7;
    },
  });
  await Promise.all([logger.close(), otherLogger.close()]);

  const line = { message: 'order placed', price: 7 };
  for (const { lines } of [first, second, last]) expect(lines).toMatchObject([line]);
  const messages = other.lines.map(({ message }) => message);
  // The record is read again behind a sink that might have changed it.
  expect(messages).toEqual(['from a getter', 'from a getter', 'from a sink']);
});

test('a sink that changes the record on its way has its own line, and no other one has it', async () => {
  const [first, masking, last] = [new Target(), new Target({}, Masking), new Target()];
  const logger = loggerTo(first, masking, last);
  logger.info('a secret');
  await logger.close();

  const messages = [first, masking, last].map(({ lines }) => lines[0]?.message);
  expect(messages).toEqual(['a secret', 'a ***', 'a secret']);
});

test('a record that an application uses again is read each time', async () => {
  const { sink, port } = new Target();
  const record = { timeMs: Date.now(), level: 'info' as const, message: '', fields: [] };
  for (const message of ['a', 'b']) sink.write(Object.assign(record, { message }));
  await sink.close();

  expect(port.messages.flat().map((line) => (JSON.parse(line) as LogRecord).message)).toEqual(['a', 'b']);
});
