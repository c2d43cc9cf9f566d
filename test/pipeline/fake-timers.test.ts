import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { DeliveryReport } from '../../runtime/delivery-report.js';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { divertedIds, run, storedIds } from '../support/programs.js';

const LONG_AGO_MS = Date.UTC(2020, 0, 1);

let stage: DeliveryStage;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  jest.useRealTimers();
  await stage.close();
});

/** What the program prints, beside what is stored and diverted. */
async function findings(library: string, nowMs: number): Promise<object> {
  const program = join(root, 'test/pipeline/programs/fakes-time.mjs');
  const { stdout, stderr } = await run([program, library, String(nowMs)], stage.service.endpoint);
  const { account, said } = JSON.parse(stdout) as { account: DeliveryReport; said: string[] };
  return {
    account,
    said,
    stored: (await storedIds(stage)).toSorted((a, b) => a - b),
    diverted: divertedIds(stderr),
  };
}

describe.each(['node:test', 'sinon'])('while %s fakes the time', (library) => {
  test('events are delivered, although nobody moves the fake time', async () => {
    expect(await findings(library, Date.now())).toMatchObject({
      account: { accepted: 3, delivered: 3, pending: 0 },
      said: [],
      stored: [0, 1, 2],
    });
  });

  test('to an old date, the event of that date goes to stderr, and those before and after are delivered', async () => {
    const { said, ...rest } = (await findings(library, LONG_AGO_MS)) as { said: string[] };
    expect(rest).toMatchObject({
      account: { accepted: 3, delivered: 2, diverted: { byReason: { tooOld: 1 } }, pending: 0 },
      stored: [0, 2],
      diverted: [1],
    });
    expect(said).toEqual(expect.arrayContaining(['clockJump', 'clockSkew', 'diverted.tooOld']));
  });
});

describe('while jest fakes the time', () => {
  test.each<[string, Parameters<typeof jest.useFakeTimers>[0]]>([
    ['all that it can', {}],
    ['all but the date', { doNotFake: ['Date'] }],
    ['by timers of old', { legacyFakeTimers: true }],
  ])('%s: the linger ends, and flush and close do', async (_, config) => {
    jest.useFakeTimers(config);
    stage.log();
    while (stage.sink.stats().pending > 0) await sleep(10);
    stage.log();
    await stage.sink.flush({ deadlineMs: 30_000 });
    const report = await stage.sink.close({ deadlineMs: 30_000 });
    jest.useRealTimers();
    expect(report).toMatchObject({ accepted: 2, delivered: 2, pending: 0 });
    expect(await storedIds(stage)).toEqual([0, 1]);
  });

  test('to an old date, a server with the same date takes the events of that date', async () => {
    const clock = (): number => Date.now();
    const dated = await DeliveryStage.open({ server: { clock, signatureClock: clock } });
    jest.useFakeTimers({ now: LONG_AGO_MS });
    dated.log();
    await dated.sink.flush({ deadlineMs: 30_000 });
    const stored = await dated.stored();
    const report = await dated.sink.close();
    jest.useRealTimers();
    await dated.close();
    expect(stored.map(({ timestamp }) => timestamp)).toEqual([LONG_AGO_MS]);
    expect(report).toMatchObject({ delivered: 1, diverted: { total: 0 }, pending: 0 });
  });

  test('calls that fail are made again after a pause', async () => {
    jest.useFakeTimers();
    stage.inject({ kind: 'internal', times: 3 });
    stage.log();
    await stage.sink.flush({ deadlineMs: 30_000 });
    jest.useRealTimers();
    expect(await storedIds(stage)).toEqual([0]);
  });

  test('a call without an answer times out', async () => {
    const impatient = await DeliveryStage.open({ sink: { requestTimeoutSeconds: 0.3 } });
    jest.useFakeTimers();
    impatient.inject({ kind: 'hang' });
    impatient.log();
    await impatient.sink.flush({ deadlineMs: 30_000 });
    jest.useRealTimers();
    expect(await storedIds(impatient)).toEqual([0]);
    await impatient.close();
  });
});
