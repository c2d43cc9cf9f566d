import * as fc from 'fast-check';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { Fields, LogRecord } from '../../runtime/log-record.js';
import { formatLine } from '../../runtime/serialize/line.js';
import type { CloudWatchSink } from '../../runtime/sink.js';
import { records } from '../support/records.js';
import { SinkBench } from '../support/sink-against-server.js';

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

test('law: what is stored is the line of each record, whatever it is made of, and in order', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(records, { minLength: 1, maxLength: 50 }), async (logged) => {
      const target = bench.newTarget();
      const sink = bench.sink(target);
      const timed = logged.map((record) => ({ ...record, timeMs: bench.nowMs }));
      for (const record of timed) sink.write(record);
      const report = await sink.close();

      const stored = await bench.stored(target);
      expect(stored.map(({ message }) => message)).toEqual(
        timed.map((record) => formatLine(record).toWellFormed()),
      );
      expect(report).toMatchObject({ accepted: logged.length, delivered: logged.length, pending: 0 });
    }),
    { numRuns: 60 },
  );
});

describe('what is logged while another record is on its way into the batch', () => {
  const at = (message: string, fields: Fields = {}): LogRecord => ({
    timeMs: bench.nowMs,
    level: 'info',
    message,
    fields: [fields],
  });

  async function delivered(sink: CloudWatchSink): Promise<string[]> {
    const report = await sink.close();
    expect(isBalanced(report)).toBe(true);
    const { logGroupName, logStreamName } = report;
    const stored = await bench.stored({ logGroupName, logStreamName });
    return stored.map(({ message = '' }) => (JSON.parse(message) as { message: string }).message).toSorted();
  }

  test('by a getter of its own', async () => {
    const sink = bench.sink(bench.newTarget());
    const fields = {
      get id(): number {
        sink.write(at('inner'));
        return 7;
      },
    };
    sink.write(at('outer', fields));
    expect(await delivered(sink)).toEqual(['inner', 'outer']);
  });

  test('by a hook that hears of losses', async () => {
    const sink = bench.sink({
      ...bench.newTarget(),
      maxQueueEvents: 10,
      overflowPolicy: 'drop_oldest',
      onDiagnostic: ({ code }) => {
        if (code === 'dropped.queueFull') sink.write(at('from the hook'));
      },
    });
    const count = 20;
    for (let id = 0; id < count; id++) sink.write(at(`event ${String(id).padStart(2, '0')}`));
    const messages = await delivered(sink);
    expect(messages).toContain('from the hook');
    const events = messages.filter((message) => message.startsWith('event'));
    expect(new Set(events).size).toBe(events.length);
    expect(events.filter((message) => !/^event [01]\d$/.test(message))).toEqual([]);
  });
});
