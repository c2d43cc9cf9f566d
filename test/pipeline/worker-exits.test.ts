import { join } from 'node:path';
import type { CloudWatchInput } from '../../contract/sections.js';
import { isBalanced } from '../../runtime/ack/ledger.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, storedIds, type Ended } from '../support/programs.js';
import { runProgram } from '../support/program.js';
import { removeDirectory, temporaryDirectory } from '../support/spool-bench.js';

const all = Array.from({ length: 1_000 }, (_, id) => id);
const DOWN = 'http://127.0.0.1:1';

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await stage.close();
});

function ends(
  way: string,
  serviceUrl = stage.service.endpoint,
  settings: CloudWatchInput = {},
): Promise<Ended> {
  const program = join(root, 'test/pipeline/programs/worker-ends.mjs');
  return run([program, way, JSON.stringify(settings)], serviceUrl);
}

function accountIn({ stdout }: Ended): DeliveryReport {
  const report = JSON.parse(stdout) as DeliveryReport;
  expect(isBalanced(report)).toBe(true);
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

/** Those of a program that logs 200 and flushes, 300 more, loses its worker, logs 500 more, and ends. */
function dies(way: string, end: string, settings: CloudWatchInput = {}): Promise<Ended> {
  const program = join(root, 'test/pipeline/programs/worker-dies.mjs');
  return run([program, way, end, JSON.stringify(settings)], stage.service.endpoint);
}

const none = { total: 0, byReason: {} };
const everything = { accepted: 1_000, delivered: 1_000, diverted: none, dropped: none, pending: 0 };

describe('a worker that is lost loses nothing, and the application goes on without it', () => {
  test.each([
    ['throws', 'the worker thread is gone: the worker broke'],
    ['isTerminated', 'the worker thread is gone: it ended'],
    ['hangs', 'the worker thread is given up: it does not answer within 5000 ms'],
  ])(
    '%s, and the program closes',
    async (way, reason) => {
      const ended = await dies(way, 'closes');

      expect(ended.stderr).toContain(reason);
      expect(accountIn(ended)).toMatchObject(everything);
      expect(await storedIds(stage)).toEqual(all);
    },
    90_000,
  );

  test.each(['throws', 'isTerminated'])(
    '%s, and the program exits: what waits is on stderr, as without a worker',
    async (way) => {
      const ended = await dies(way, 'exits');

      expect(ended.code).toBe(3);
      expect(accountIn(ended)).toMatchObject({
        accepted: 1_000,
        delivered: 200,
        diverted: { total: 800, byReason: { exit: 800 } },
        dropped: none,
        pending: 0,
      });
      expect(divertedIds(ended.stderr)).toEqual(all.slice(200));
    },
    90_000,
  );

  test('hangs, and the program exits: what the deadline leaves is on stderr', async () => {
    const ended = await dies('hangs', 'exits');

    expect(ended.code).toBe(3);
    expect(accountIn(ended)).toMatchObject({ delivered: 200, diverted: { total: 800 }, pending: 0 });
    expect(divertedIds(ended.stderr)).toEqual(all.slice(200));
  }, 90_000);
});

describe('a worker that is none', () => {
  test.each([
    ['throws-at-once', 'the worker thread is gone: this worker cannot start'],
    ['is-empty', 'the worker thread is gone: it ended'],
    ['is-deaf', 'the worker thread is given up: it has not started within 1000 ms'],
  ])(
    '%s: the application delivers without it',
    async (name, reason) => {
      const ended = await run(
        [join(root, 'test/pipeline/programs/broken-worker.mjs'), name, 'closes'],
        stage.service.endpoint,
      );

      expect([ended.code, accountIn(ended)]).toMatchObject([0, everything]);
      expect(ended.stderr).toContain(reason);
      expect(await storedIds(stage)).toEqual(all);
    },
    90_000,
  );

  test.each(['throws-at-once', 'is-empty', 'is-deaf', 'talks-nonsense'])(
    '%s: an exit does not wait for it, keeps its status, and leaves everything on stderr',
    async (name) => {
      const ended = await run(
        [join(root, 'test/pipeline/programs/broken-worker.mjs'), name, 'exits'],
        stage.service.endpoint,
      );

      expect([ended.code, accountIn(ended)]).toMatchObject([
        3,
        { accepted: 1_000, diverted: { total: 1_000 }, pending: 0 },
      ]);
      expect(divertedIds(ended.stderr)).toEqual(all);
      const { waitedMs } = JSON.parse(ended.stdout) as { waitedMs: number };
      expect(waitedMs).toBeLessThan(2_500);
    },
    90_000,
  );
});

describe('an exit delivers by the rules of any other delivery', () => {
  test('it makes what is missing, and tries again what failed', async () => {
    await stage.delete('group');
    stage.inject({ kind: 'unavailable', times: 2 });
    const ended = await ends('exits');

    expect(accountIn(ended)).toMatchObject(everything);
    expect(await storedIds(stage)).toEqual(all);
    expect(ended.stderr).toContain('[failed.ServiceUnavailableException]');
  }, 90_000);

  test('one event that the service refuses costs one event', async () => {
    stage.inject({ kind: 'poison', text: '"id":500}' });
    const ended = await ends('exits');
    const account = accountIn(ended);

    expect(account).toMatchObject({ accepted: 1_000, delivered: 999, pending: 0 });
    expect(account.rejected.total + account.diverted.total).toBe(1);
    expect((await storedIds(stage)).toSorted((a, b) => a - b)).toEqual(all.filter((id) => id !== 500));
  }, 90_000);

  test('a listener that logs while the outcomes are settled has its lines on stderr, and nothing is counted twice', async () => {
    stage.inject({ kind: 'partialReject', rejectedLogEventsInfo: { tooOldLogEventEndIndex: 3 }, times: 2 });
    const ended = await ends('exitsAndLogsWhatItHears', undefined, { batchSize: 100 });
    const account = accountIn(ended);

    expect(account).toMatchObject({ delivered: 994, rejected: { total: 6 }, pending: 0 });
    expect(divertedIds(ended.stderr)).toEqual(
      Array.from({ length: account.accepted - 1_000 }, (_, index) => 1_000 + index),
    );
    expect(account.accepted).toBeGreaterThan(1_000);
  }, 90_000);

  test('several workers deliver at the same time, within one deadline', async () => {
    stage.inject({ kind: 'hang', times: Infinity });
    const program = join(root, 'test/pipeline/programs/exits-with-three-workers.mjs');
    const ended = await run([program], stage.service.endpoint);
    const { waitedMs } = JSON.parse(ended.stdout) as { waitedMs: number };

    expect(ended.code).toBe(3);
    expect(divertedIds(ended.stderr)).toEqual(all.slice(0, 300));
    expect(waitedMs).toBeLessThan(4_400);
  }, 90_000);

  test('a worker that dies meanwhile leaves on stderr what it has not reported, and the exit goes on', async () => {
    stage.inject({ kind: 'hang', skip: 1 });
    const ended = await dies('throwsLater', 'exits');

    expect(ended.code).toBe(3);
    expect(accountIn(ended)).toMatchObject({
      accepted: 1_000,
      delivered: 200,
      diverted: { total: 800 },
      pending: 0,
    });
    expect(divertedIds(ended.stderr)).toEqual(all.slice(200));
    expect(ended.tookMs).toBeLessThan(5_000);
  }, 90_000);

  test('spoolMode always: what the deadline leaves is on disk, and what was delivered is not', async () => {
    const spoolDir = temporaryDirectory();
    try {
      stage.inject({ kind: 'hang' });
      const ended = await ends('exits', stage.service.endpoint, { spoolDir, spoolMode: 'always' });
      expect(accountIn(ended)).toMatchObject({ accepted: 1_000, spooled: 1_000, diverted: none, pending: 0 });
      stage.clearFaults();
      const next = await ends('exits', stage.service.endpoint, { spoolDir, spoolMode: 'always' });
      expect(accountIn(next)).toMatchObject({ delivered: 1_000, diverted: none, pending: 0 });
    } finally {
      removeDirectory(spoolDir);
    }
  }, 90_000);
});

test('what NODE_OPTIONS preloads into the application is not loaded into its worker', async () => {
  const env = {
    SERVICE_URL: stage.service.endpoint,
    IN_WORKER: 'yes',
    NODE_OPTIONS: `--require=${join(root, 'test/pipeline/programs/says-that-it-is-loaded.cjs')}`,
  };
  const ended = await runProgram('is-idle.mjs', { env });

  expect(ended.stdout).toBe('loaded into the main thread\nready\n');
}, 90_000);
