import * as fc from 'fast-check';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { levelRank } from '../../contract/levels.js';
import { logEvent } from '../../runtime/batch/log-event.js';
import { getLogger, type Logger } from '../../runtime/index.js';
import type { LogRecord } from '../../runtime/log-record.js';
import { EventEncoder } from '../../runtime/serialize/event-encoder.js';
import { formatLine } from '../../runtime/serialize/line.js';
import { Settings } from '../../runtime/settings/settings.js';
import { SinkBench } from '../support/sink-against-server.js';
import { toldValues, Unique, type Told } from '../support/reported-values.js';

/** A log call with these values somewhere in it. */
type Call = (logger: Logger, values: readonly unknown[]) => void;

const calls: readonly Call[] = [
  (logger, values) => logger.info(...values),
  (logger, values) => logger.info('a message', ...values),
  (logger, values) => logger.info('%s %d %j %o %i %f %O and %%', ...values),
  (logger, values) => logger.info({ first: 1 }, 'a message', ...values),
  (logger, [first, ...values]) => logger.info(first, 'a message with %s', ...values),
  (logger, values) => logger.info(new Error('before'), ...values),
  (logger, values) => logger.info('a message', { err: new Error('before'), error: values }),
  (logger, values) => logger.info('a message', { deep: { deeper: [values] } }),
  (logger, values) => logger.child({ bound: values }).info('a message'),
  (logger, [first, ...values]) => logger.child(Object(first ?? 1) as object).info('a message', { values }),
  (logger, values) => logger.withContext({ bound: values }, () => logger.info('a message')),
  (logger, values) =>
    logger.child({}, { serializers: { given: (value: unknown) => ({ value }) } }).info({ given: values }),
  (logger, values) => logger.child({}, { msgPrefix: 'prefix ' }).info(...values),
];

interface Logged {
  readonly call: Call;
  readonly values: readonly Told[];
}

const logged: fc.Arbitrary<Logged> = fc
  .tuple(fc.constantFrom(...calls), fc.array(toldValues, { minLength: 1, maxLength: 4 }))
  .map(([call, makers]) => {
    const unique = new Unique();
    return { call, values: makers.map((make) => make(unique)) };
  });

/** Without escapes, of which a text that is JSON itself has several. */
function unescaped(json: string): string {
  return json.replaceAll('\\', '');
}

function missing(line: string, { values }: Logged): string[] {
  const text = unescaped(line);
  return values.flatMap(({ found }) => found).filter((each) => !text.includes(unescaped(each)));
}

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

test('law: whatever a log call is given is found in the line that is stored, or its mark is', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(logged, { minLength: 1, maxLength: 30 }), async (all) => {
      // GIVEN
      const target = bench.newTarget();
      const sink = bench.sink(target);
      const records: LogRecord[] = [];
      const watched = {
        ...sinkLike(sink),
        write(record: LogRecord): void {
          records.push(record);
          sink.write(record);
        },
      };
      const settings = new Settings({ core: { enrich: false } }, { env: {} });
      const logger = getLogger({ settings, sinks: [watched] });

      // WHEN
      for (const { call, values } of all) {
        call(
          logger,
          values.map(({ value }) => value),
        );
      }
      const report = await logger.close();

      // THEN
      const lines = (await bench.stored(target)).map(({ message = '' }) => message);
      expect(lines).toHaveLength(all.length);
      expect(lines.map((line, index) => missing(line, all[index]!))).toEqual(all.map(() => []));
      expect(lines.filter((line) => line.includes('[object Object]'))).toEqual([]);
      expect(report).toMatchObject({ accepted: all.length, delivered: all.length, pending: 0 });
      expect(isBalanced(report)).toBe(true);
      for (const record of records) expectSameBytes(record);
    }),
    { numRuns: 150 },
  );
});

function sinkLike(sink: ReturnType<SinkBench['sink']>): {
  readonly name: string;
  flush: typeof sink.flush;
  close: typeof sink.close;
  stats: typeof sink.stats;
} {
  return {
    name: sink.name,
    flush: (options) => sink.flush(options),
    close: (options) => sink.close(options),
    stats: () => sink.stats(),
  };
}

const encoder = new EventEncoder();

/** The encoder's way and the long way. */
function expectSameBytes(record: LogRecord): void {
  const quick = encoder.encode(record);
  if (!quick) return;
  const slow = logEvent(record.timeMs, formatLine(record), levelRank[record.level]);
  expect(quick.encoded.toString('utf8', 0, quick.encodedBytes)).toBe(slow.encoded.toString());
  expect(quick.bytes).toBe(slow.bytes);
}
