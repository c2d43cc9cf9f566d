import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startLocalCloudWatchLogs } from '../../local/index.js';
import type { Account } from '../../runtime/ack/ledger.js';
import { evidencePage, expectUpToDate } from '../support/evidence-page.js';
import { runProgram, type Ended, type ProgramOptions } from '../support/program.js';
import { idsOf, storedAt } from './exit/stored.js';

/** What a thread is told: see programs/logs-for-another.mjs. */
interface Thread {
  readonly count?: number;
  readonly afterwards?: 'waits' | 'ends' | 'exits' | 'throws' | 'blocks' | 'nests' | 'hasNoSink' | 'disturbs';
  readonly copies?: number;
}

interface Said {
  readonly index: number;
  readonly state: string;
  readonly account?: Account;
}

interface Played {
  readonly ended: Ended;
  /** Numbers of the events that are stored, in ascending order, as often as they are there. */
  readonly stored: readonly number[];
  readonly diverted: number;
  readonly said: readonly Said[];
}

const NOWHERE = 'http://127.0.0.1:1';

/** Numbers of events, beginning with a number. */
const from = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => first + index);

interface Circumstances extends ProgramOptions {
  /** How the thread ends, for the table of evidence. */
  readonly row?: string;
  readonly isDown?: boolean;
}

const rows: string[][] = [];

function note(row: string, threads: readonly Thread[], { env, isDown }: Circumstances, found: Played): void {
  const logged = 100 * threads.length;
  const isSpooled = env?.['FAPILOG_CLOUDWATCH__SPOOL_MODE'] === 'always';
  const rest = logged - found.stored.length - found.diverted;
  const counts = [logged, found.stored.length, isSpooled ? rest : 0, found.diverted, isSpooled ? 0 : rest];
  const circumstances = [env?.['IN_WORKER'] ? 'worker mode' : 'in process', isSpooled ? '`always`' : 'none'];
  rows.push([row, ...circumstances, isDown ? 'down' : 'up', ...counts.map(String)]);
}

async function play(
  ending: string,
  threads: readonly Thread[],
  circumstances: Circumstances = {},
): Promise<Played> {
  const { env, isDown, row, ...options } = circumstances;
  const server = await startLocalCloudWatchLogs();
  const ended = await runProgram('ends-threads.mjs', {
    ...options,
    env: {
      SERVICE_URL: isDown ? NOWHERE : server.endpoint,
      ENDING: ending,
      THREADS: JSON.stringify(threads),
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: isDown ? '1' : '30',
      ...env,
    },
  });
  const stored = idsOf(await storedAt(server.endpoint));
  await server.close();
  const diverted = ended.stderr.match(/^\{"diverted"/gm)?.length ?? 0;
  const lines = ended.stdout.split('\n').filter((line) => line.startsWith('{'));
  const played = { ended, stored, diverted, said: lines.map((line) => JSON.parse(line) as Said) };
  if (row !== undefined) note(row, threads, circumstances, played);
  return played;
}

/** How often the sinks warned. */
const warningsIn = (stderr: string): number => stderr.match(/\[thread\]/g)?.length ?? 0;

const segmentsIn = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.segment'));

describe('a thread that ends by itself delivers as a process does', () => {
  test.each([
    ['has nothing more to do', 'ends', {}, 100, 0],
    ['has nothing more to do, in worker mode', 'ends', { IN_WORKER: 'yes' }, 100, 0],
    ['calls process.exit(), which ends the thread only', 'exits', {}, 0, 100],
    ['calls process.exit(), in worker mode', 'exits', { IN_WORKER: 'yes' }, 100, 0],
    ['throws', 'throws', {}, 0, 100],
  ] as const)(
    '%s',
    async (row, afterwards, env, delivered, diverted) => {
      const played = await play('naturally', [{ afterwards }], { row, env });

      expect(played.ended.by).toBe(0);
      expect(played.stored).toEqual(from(0, delivered));
      expect(played.diverted).toBe(diverted);
    },
    180_000,
  );
});

describe('a thread that is ended from outside', () => {
  test.each([
    ['`worker.terminate()`', 'terminate'],
    ['`process.exit()` in the main thread', 'exit'],
  ])(
    'loses what waits, of which it has warned once: %s',
    async (row, ending) => {
      const { ended, stored, diverted } = await play(ending, [{}], { row });

      expect([ended.by, stored, diverted]).toEqual([0, [], 0]);
      expect(warningsIn(ended.stderr)).toBe(1);
    },
    180_000,
  );

  test.each(['flushAndTerminate', 'flushAndExit', 'exitAndFlush'])(
    'has delivered everything, of each sink, copy and nested thread, if it was asked to flush: %s',
    async (ending) => {
      const threads: Thread[] = [{}, { copies: 2 }, { afterwards: 'nests' }];
      const { ended, stored, diverted, said } = await play(ending, threads);

      expect([ended.by, diverted]).toEqual([0, 0]);
      expect(stored).toEqual([...from(0, 100), ...from(1_000, 200), ...from(2_000, 200)]);
      expect(said).toMatchObject([
        { index: 0, state: 'flushed', account: { accepted: 100, delivered: 100, pending: 0 } },
        { index: 1, state: 'flushed', account: { accepted: 200, delivered: 200, pending: 0 } },
        { index: 2, state: 'flushed', account: { accepted: 200, delivered: 200, pending: 0 } },
      ]);
    },
    180_000,
  );

  test.each([
    ['`worker.terminate()`, flushed', 'flushAndTerminate'],
    ['`process.exit()` in the main thread, flushed', 'flushAndExit'],
    ['`process.exit()` in the main thread, flushed by a listener of `exit`', 'exitAndFlush'],
  ])(
    'has delivered everything in worker mode: %s',
    async (row, ending) => {
      const { stored, diverted } = await play(ending, [{}], { row, env: { IN_WORKER: 'yes' } });

      expect([stored, diverted]).toEqual([from(0, 100), 0]);
    },
    180_000,
  );

  test('has delivered everything when an exception of the main thread ends the process', async () => {
    const { ended, stored, said } = await play('throwAndFlush', [{}], {
      row: 'an exception in the main thread, flushed by a listener of `exit`',
    });

    expect(ended.by).toBe(1);
    expect(stored).toEqual(from(0, 100));
    expect(said).toMatchObject([{ state: 'flushed' }]);
  }, 180_000);

  test('has delivered everything when a listener of SIGTERM flushes', async () => {
    const { ended, stored } = await play('onSignal', [{}], {
      row: 'SIGTERM, flushed by a listener, which exits',
      signal: 'SIGTERM',
    });

    expect(ended.by).toBe(0);
    expect(stored).toEqual(from(0, 100));
  }, 180_000);

  test('puts on stderr at the deadline what it could not deliver', async () => {
    const { stored, diverted, said } = await play('flushAndTerminate', [{}], {
      row: '`worker.terminate()`, flushed',
      isDown: true,
      env: { DEADLINE_MS: '2000' },
    });

    expect([stored, diverted]).toEqual([[], 100]);
    expect(said).toMatchObject([
      { state: 'flushed', account: { pending: 0, diverted: { byReason: { flushDeadline: 100 } } } },
    ]);
  }, 180_000);

  test('is busy, without a sink, or ended, and the answer says so and which', async () => {
    const threads: Thread[] = [{}, { afterwards: 'blocks' }, { afterwards: 'hasNoSink', count: 0 }, {}];
    const { stored, said } = await play('flushEnded', threads, { env: { DEADLINE_MS: '3000' } });

    expect(said).toMatchObject([
      { index: 0, state: 'ended' },
      { index: 1, state: 'busy' },
      { index: 2, state: 'noSink' },
      { index: 3, state: 'flushed', account: { delivered: 100 } },
    ]);
    expect(said[0]).not.toHaveProperty('account');
    expect(stored.filter((id) => id >= 3_000)).toEqual(from(3_000, 100));
  }, 180_000);
});

test('neither messages of the application nor nonsense on the channel disturb it', async () => {
  const { ended, stored, said } = await play('flushAndTerminate', [{}, { afterwards: 'disturbs', count: 0 }]);

  expect([ended.by, stored]).toEqual([0, from(0, 100)]);
  expect(said[0]).toMatchObject({ state: 'flushed', account: { accepted: 100, delivered: 100 } });
  expect(ended.stdout.split('\n').filter((line) => line.startsWith('echo'))).toEqual([
    'echo hello',
    'echo hello',
  ]);
}, 180_000);

describe("with spoolMode 'always'", () => {
  let folder: string;
  beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'fapilog-cloudwatch-threads-'))));
  afterEach(() => rmSync(folder, { recursive: true }));

  const withSpool = (): Record<string, string> => ({
    FAPILOG_CLOUDWATCH__SPOOL_DIR: folder,
    FAPILOG_CLOUDWATCH__SPOOL_MODE: 'always',
  });

  test('another thread of the process delivers, once, what a terminated one left', async () => {
    const { ended, stored, said } = await play('terminateOneAndStartAnother', [{}, {}], {
      row: '`worker.terminate()`; then another thread starts',
      env: withSpool(),
    });

    expect(warningsIn(ended.stderr)).toBe(0);
    expect(stored).toEqual([...from(0, 100), ...from(1_000, 100)]);
    expect(said).toMatchObject([{ state: 'flushed', account: { accepted: 200, delivered: 200 } }]);
    expect(segmentsIn(folder)).toEqual([]);
  }, 180_000);

  test('a later process delivers, once, what a process left whose threads were ended', async () => {
    const first = await play('exit', [{}, {}], {
      row: '`process.exit()` in the main thread',
      env: withSpool(),
    });
    const second = await play('terminateOneAndStartAnother', [{ count: 0 }], { env: withSpool() });

    expect(first.stored).toEqual([]);
    expect(second.stored).toEqual([...from(0, 100), ...from(1_000, 100)]);
  }, 180_000);
});

// oxlint-disable-next-line jest/expect-expect -- expectUpToDate expects
test('docs/evidence/exits.md has what was found', () => {
  const columns = ['how the thread ends', 'sink', 'spool', 'service'];
  const numbers = ['logged', 'delivered', 'spooled', 'on stderr', 'lost'];
  expectUpToDate(
    evidencePage('docs/evidence/exits.md', 'threads', [...columns, ...numbers], rows, columns.length),
  );
});
