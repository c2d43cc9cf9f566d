import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { CloudWatchInput } from '../../contract/sections.js';
import { balances } from '../../runtime/ack/ledger.js';
import type { DeliveryReport } from '../../runtime/sink.js';
import { salvage } from '../../runtime/spool/segment-text.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, storedIds, type Ended } from '../support/programs.js';
import { removeDirectory, segmentsIn, temporaryDirectory } from '../support/spool-bench.js';

const all = Array.from({ length: 1_000 }, (_, id) => id);
const DOWN = 'http://127.0.0.1:1';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await stage.close();
});

function ends(way: string, serviceUrl = stage.service.endpoint): Promise<Ended> {
  return run([join(root, 'test/pipeline/programs/worker-ends.mjs'), way], serviceUrl);
}

function accountIn({ stdout }: Ended): DeliveryReport {
  const report = JSON.parse(stdout) as DeliveryReport;
  expect(balances(report)).toBe(true);
  return report;
}

/** What each way to end has in common with a sink in process is in exit/. */
describe('a program whose sink is in a worker thread', () => {
  test.each(['exitsLater', 'exitsWhileClosing'])(
    'has delivered everything: %s',
    async (way) => {
      const ended = await ends(way);

      expect(ended.code).toBe(3);
      expect(accountIn(ended)).toMatchObject({ accepted: 1_000, delivered: 1_000, pending: 0 });
      expect(await storedIds(stage)).toEqual(all);
      expect(divertedIds(ended.stderr)).toEqual([]);
    },
    90_000,
  );

  test('has everything on stderr when it exits while it closes and the service is down', async () => {
    const ended = await ends('exitsWhileClosing', DOWN);

    expect(ended.code).toBe(3);
    expect(accountIn(ended)).toMatchObject({ accepted: 1_000, diverted: { total: 1_000 }, pending: 0 });
    expect(divertedIds(ended.stderr)).toEqual(all);
  }, 90_000);

  test('has everything on stderr when a call hangs beyond the deadline, which it keeps', async () => {
    stage.inject({ kind: 'hang' });
    const ended = await ends('exits');

    expect(ended.code).toBe(3);
    expect(accountIn(ended)).toMatchObject({ accepted: 1_000, diverted: { total: 1_000 }, pending: 0 });
    expect(divertedIds(ended.stderr)).toEqual(all);
    expect(ended.tookMs).toBeGreaterThan(5_000);
  }, 90_000);
});

describe('a worker that is lost', () => {
  function dies(way: string, end: string, settings: CloudWatchInput = {}): Promise<Ended> {
    const program = join(root, 'test/pipeline/programs/worker-dies.mjs');
    return run([program, way, end, JSON.stringify(settings)], stage.service.endpoint);
  }

  const ids = (from: number, to: number): number[] => all.slice(from, to);

  test('because it threw has put what it had on stderr; the rest is delivered without it', async () => {
    const ended = await dies('throws', 'closes');

    expect(accountIn(ended)).toMatchObject({
      accepted: 1_000,
      delivered: 700,
      diverted: { total: 300, byReason: { exit: 300 } },
      dropped: { total: 0 },
      pending: 0,
    });
    expect(divertedIds(ended.stderr)).toEqual(ids(200, 500));
    expect(await storedIds(stage)).toEqual([...ids(0, 200), ...ids(500, 1_000)]);
    expect(ended.stderr).toContain('the worker thread failed: the worker broke [worker]');
  }, 90_000);

  test('because it was terminated takes along what it had, and that is counted', async () => {
    const ended = await dies('isTerminated', 'closes');

    expect(accountIn(ended)).toMatchObject({
      accepted: 1_000,
      delivered: 700,
      diverted: { total: 0 },
      dropped: { total: 300, byReason: { workerLost: 300 } },
      pending: 0,
    });
    expect(await storedIds(stage)).toEqual([...ids(0, 200), ...ids(500, 1_000)]);
  }, 90_000);

  test('because it hangs keeps no close from ending; what it had not taken is on stderr', async () => {
    const ended = await dies('hangs', 'closes');

    expect(accountIn(ended)).toMatchObject({
      accepted: 1_000,
      delivered: 200,
      diverted: { total: 500, byReason: { deadline: 500 } },
      dropped: { total: 300, byReason: { workerLost: 300 } },
      pending: 0,
    });
    expect(divertedIds(ended.stderr)).toEqual(ids(500, 1_000));
  }, 90_000);

  test('because it hangs keeps no process from ending', async () => {
    const ended = await dies('hangs', 'exits');

    expect(ended.code).toBe(3);
    expect(accountIn(ended)).toMatchObject({
      accepted: 1_000,
      delivered: 200,
      diverted: { total: 500, byReason: { exit: 500 } },
      dropped: { total: 300, byReason: { workerLost: 300 } },
      pending: 0,
    });
    expect(divertedIds(ended.stderr)).toEqual(ids(500, 1_000));
  }, 90_000);

  describe('and that has a spool', () => {
    let spoolDir: string;

    beforeEach(() => {
      spoolDir = temporaryDirectory();
    });

    afterEach(() => removeDirectory(spoolDir));

    const sorted = (found: readonly number[]): number[] => found.toSorted((a, b) => a - b);
    const none = { total: 0, byReason: {} };

    function spooledIds(): number[] {
      const lines = segmentsIn(spoolDir).flatMap((path) => salvage(readFileSync(path)).events);
      return lines.map(({ encoded }) => {
        const { message } = JSON.parse(encoded.toString()) as { message: string };
        return (JSON.parse(message) as { id: number }).id;
      });
    }

    test.each([
      ['isTerminated', 'always'],
      ['throws', 'always'],
      ['throws', 'overflow'],
    ] as const)(
      '%s, %s: what it left there is delivered from the own thread, and counted once',
      async (way, spoolMode) => {
        const ended = await dies(way, 'closes', { spoolDir, spoolMode });

        expect(accountIn(ended)).toMatchObject({
          accepted: 1_000,
          delivered: 1_000,
          adopted: 0,
          spooled: 0,
          diverted: none,
          dropped: none,
          pending: 0,
        });
        expect(sorted(await storedIds(stage))).toEqual(all);
        expect(spooledIds()).toEqual([]);
      },
      90_000,
    );

    test('isTerminated, overflow: what it had in memory only is lost', async () => {
      const ended = await dies('isTerminated', 'closes', { spoolDir });

      expect(accountIn(ended)).toMatchObject({
        accepted: 1_000,
        delivered: 700,
        spooled: 0,
        dropped: { total: 300, byReason: { workerLost: 300 } },
      });
    }, 90_000);

    test.each(['closes', 'exits'])(
      'hangs, always, and the program %s: all that is not delivered is on disk, and counted as such',
      async (end) => {
        const ended = await dies('hangs', end, { spoolDir, spoolMode: 'always' });

        expect(accountIn(ended)).toMatchObject({
          accepted: 1_000,
          delivered: 200,
          spooled: 800,
          diverted: none,
          dropped: none,
          pending: 0,
        });
        expect(sorted(spooledIds())).toEqual(ids(200, 1_000));
      },
      90_000,
    );
  });
});
