import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { join } from 'node:path';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { DIAGNOSTICS_CHANNEL, type Diagnostic } from '../../runtime/io/diagnostics.js';
import type { Logger } from '../../runtime/logger/logger.js';
import { getLogger } from '../../runtime/logger/get-logger.js';
import { Settings, type SettingsInput } from '../../runtime/settings/settings.js';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage, TARGET } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { storedIds } from '../support/programs.js';

/** As built: a thread runs no TypeScript. */
const file = join(root, 'dist/esm/runtime/worker/fapilog-worker.js');
const SLOW = 60_000;

let stage: DeliveryStage;
let logger: Logger | undefined;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  await logger?.close({ deadlineMs: 0 });
  await stage.close();
});

function open(cloudwatch: object = {}, core: SettingsInput['core'] = {}): Logger {
  const sinkConfig = {
    cloudwatch: {
      ...TARGET,
      region: 'us-east-1',
      endpointUrl: stage.service.endpoint,
      batchTimeoutSeconds: 60,
      ...cloudwatch,
    },
  };
  const settings = new Settings({ core: { enrich: false, ...core }, sinkConfig }, { env: {} });
  return (logger = getLogger({ settings, worker: { file } }));
}

function log(count: number, from = 0, extra: object = {}): void {
  for (let id = from; id < from + count; id++) logger!.info('order placed', { id, ...extra });
}

function ids(from: number, to: number): number[] {
  return Array.from({ length: to - from }, (_, index) => from + index);
}

/** The logger passes a call on in a microtask. */
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const report = (): DeliveryReport => logger!.stats() as unknown as DeliveryReport;

test(
  'flush delivers what waits, and what is logged afterwards goes on waiting',
  async () => {
    open();
    log(100);
    const flushing = logger!.flush();
    await turn();
    log(50, 100);
    expect(await flushing).toMatchObject({ accepted: 150, delivered: 100, pending: 50 });
    expect(await storedIds(stage)).toEqual(ids(0, 100));

    expect(await logger!.close()).toMatchObject({ accepted: 150, delivered: 150, pending: 0, ...TARGET });
    expect(await storedIds(stage)).toEqual(ids(0, 150));
  },
  SLOW,
);

test(
  'flush ends at its deadline, with the rest pending',
  async () => {
    open();
    log(1);
    await logger!.flush();
    stage.inject({ kind: 'hang' });
    log(10, 1);
    expect(await logger!.flush({ deadlineMs: 300 })).toMatchObject({
      accepted: 11,
      delivered: 1,
      pending: 10,
    });
  },
  SLOW,
);

test(
  'the account balances at every look',
  async () => {
    open({ batchSize: 50 });
    const looks: DeliveryReport[] = [];
    for (let round = 0; round < 40; round++) {
      log(100, round * 100);
      looks.push(report());
      await new Promise((resolve) => setTimeout(resolve, 5));
      looks.push(report());
    }
    const last = await logger!.close({ deadlineMs: 30_000 });

    expect(looks.filter((look) => !isBalanced(look))).toEqual([]);
    expect(looks.map(({ accepted }) => accepted)).toEqual(
      ids(0, 40).flatMap((round) => [(round + 1) * 100, (round + 1) * 100]),
    );
    expect(last).toMatchObject({ accepted: 4_000, delivered: 4_000, pending: 0 });
    expect(await storedIds(stage)).toEqual(ids(0, 4_000));
  },
  SLOW,
);

test(
  'the level gate, redaction and filters are passed in this thread; a line is the one that a sink here would send',
  async () => {
    open({}, { logLevel: 'warn' });
    logger!.info('not logged', { id: 0 });
    logger!.child({ service: 'api' }).warn('é "quoted"\n', { id: 1, url: 'https://user:secret@host/' });
    await logger!.close();
    const [line, ...others] = await stage.stored();

    expect(others).toEqual([]);
    expect(line!.message).toBe(
      JSON.stringify({
        timestamp: new Date(line!.timestamp).toISOString(),
        level: 'warn',
        message: 'é "quoted"\n',
        service: 'api',
        id: 1,
        url: 'https://***@host/',
      }),
    );
  },
  SLOW,
);

test(
  'a line over the limit of the service is shortened by the worker, and told of',
  async () => {
    open();
    logger!.info('x'.repeat(3_000_000), { id: 0 });
    expect(await logger!.close()).toMatchObject({
      accepted: 1,
      delivered: 1,
      oversize: { truncate: 1, split: 0, drop: 0 },
    });
  },
  SLOW,
);

test(
  'what is logged after close is dropped and counted',
  async () => {
    open();
    log(10);
    const closing = logger!.close();
    await turn();
    log(2, 10);
    expect(await closing).toMatchObject({
      accepted: 12,
      delivered: 10,
      dropped: { total: 2, byReason: { closed: 2 } },
      pending: 0,
    });
    expect(logger!.health().state).toBe('closed');
  },
  SLOW,
);

test(
  'what the worker says about itself is heard on the channel of this thread',
  async () => {
    const heard = new Promise<Diagnostic>((resolve) => {
      const listen = (message: unknown): void => {
        unsubscribe(DIAGNOSTICS_CHANNEL, listen);
        resolve(message as Diagnostic);
      };
      subscribe(DIAGNOSTICS_CHANNEL, listen);
    });
    open({ endpointUrl: 'http://127.0.0.1:1' });
    log(1);
    void logger!.flush({ deadlineMs: 0 });

    expect(await heard).toMatchObject({ code: 'failed.ECONNREFUSED', occurrences: 1 });
  },
  SLOW,
);

const POLICIES = ['shed', 'drop_newest', 'drop_oldest'] as const;

/** In one go, so that the worker cannot take anything meanwhile: some 6 MiB for 1 MiB of memory. */
const PADDING = { padding: 'x'.repeat(500) };

/** Closes, and compares the account with what is in the stream: what arrived, and what is told there to be lost. */
async function expectExactlyTold(): Promise<DeliveryReport> {
  const account = (await logger!.close({ deadlineMs: 30_000 })) as unknown as DeliveryReport;
  const lines = await stage.stored();
  const told = lines.reduce((sum, { droppedEvents = 0 }) => sum + droppedEvents, 0);

  expect(isBalanced(account)).toBe(true);
  expect([account.delivered, account.pending]).toEqual([lines.length, 0]);
  expect(account.dropped).toEqual({ total: told, byReason: { queueFull: told } });
  return account;
}

test.each(POLICIES)(
  'more than memory holds, %s: a log call does not wait, memory is bounded, the loss is counted and told of in the stream',
  async (overflowPolicy) => {
    open({ maxQueueBytes: 1_048_576, overflowPolicy, batchTimeoutSeconds: 0.1 });
    for (let id = 0; id < 10_000; id++) {
      log(1, id, PADDING);
      if (id % 500 === 0) expect(report().pendingBytes).toBeLessThanOrEqual(1_048_576);
    }
    expect(logger!.needsDrain).toBe(true);
    await expectExactlyTold();
  },
  SLOW,
);

/** How much longer a line is in a request than on its way to the worker. */
const ESCAPING_BYTES = 100;

test.each(POLICIES)(
  'an outage, %s: both threads together keep to the bound, and what each of them loses is told of in the stream',
  async (overflowPolicy) => {
    const maxQueueBytes = 2_097_152;
    open({ maxQueueBytes, overflowPolicy, batchTimeoutSeconds: 0.1 });
    log(100);
    await logger!.flush();
    stage.inject({ kind: 'unavailable' });
    const looks: number[] = [];
    for (let id = 0; id < 20_000; id++) {
      log(1, id, PADDING);
      // At first the worker takes what is logged, and loses; then nothing is passed on, and lines are lost that wait.
      if (id % 200 === 0) await (id < 10_000 ? turn() : undefined);
      looks.push(report().pendingBytes);
    }
    expect(Math.max(...looks)).toBeLessThanOrEqual(maxQueueBytes + ESCAPING_BYTES);
    expect(looks.at(-1)).toBeGreaterThan(maxQueueBytes * 0.9);
    expect(isBalanced(report())).toBe(true);
    stage.clearFaults();
    const { accepted, dropped } = await expectExactlyTold();
    const told = (await stage.stored()).filter(({ droppedEvents }) => droppedEvents !== undefined);
    expect(accepted).toBe(20_100 + told.length);
    expect(dropped.total).toBeGreaterThan(5_000);
  },
  SLOW,
);
