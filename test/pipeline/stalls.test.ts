import { fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { setTimeout as sleep } from 'node:timers/promises';
import { DeliveryStage } from '../support/delivery-stage.js';
import { root } from '../support/imports.js';
import { poll } from '../support/poll.js';
import { storedIds } from '../support/programs.js';
import { STALL_MS, STALLS, StallingProgram } from '../support/stalling-program.js';

/** The service answers while the process stands still. */
const ANSWERED_MEANWHILE_MS = 300;

/** One by the calls of the sink, one by those of the official client. */
const MODES: readonly [string, Readonly<Record<string, string>>][] = [
  ['in process', {}],
  ['in a worker thread', { IN_WORKER: 'yes', FAPILOG_CLOUDWATCH__CLIENT: 'sdk' }],
];

let stage: DeliveryStage;
let program: StallingProgram | undefined;

beforeEach(async () => {
  stage = await DeliveryStage.open();
});

afterEach(async () => {
  program?.kill();
  await stage.close();
});

/** What is found where each event is stored once, each ten of them by one call after the first. */
function allOnce(events: number): object {
  return {
    said: [],
    diverted: [],
    stored: Array.from({ length: events }, (_, id) => id),
    puts: 1 + (events - 1) / 10,
    account: { accepted: events, delivered: events, pending: 0 },
  };
}

describe.each(MODES)('%s', (_, env) => {
  describe.each(STALLS)('%s, longer than a call may take', (__, stall) => {
    test.each([1, 2])('%d call(s), answered meanwhile: none is made twice', async (calls) => {
      program = await StallingProgram.start(stage, env);
      stage.inject({ kind: 'delay', delayMs: ANSWERED_MEANWHILE_MS, times: calls });
      for (let call = 0; call < calls; call++) {
        await program.does('log', 10);
        await sleep(2);
      }
      await program.hasInFlight(calls);

      await stall(program);
      program.ask('close', 30_000);

      expect(await program.findings()).toMatchObject(allOnce(1 + 10 * calls));
    });

    test('a deadline of close() that passes meanwhile diverts nothing that is stored', async () => {
      program = await StallingProgram.start(stage, env);
      stage.inject({ kind: 'delay', delayMs: ANSWERED_MEANWHILE_MS });
      await program.does('log', 10);
      await program.hasInFlight(1);

      program.ask('close', 1_000);
      await stall(program);

      expect(await program.findings()).toMatchObject(allOnce(11));
    });

    test('a call that is never answered is made again all the same', async () => {
      program = await StallingProgram.start(stage, env);
      stage.inject({ kind: 'hang' });
      await program.does('log', 10);
      await program.hasInFlight(1);

      await stall(program);
      program.ask('close', 30_000);

      const { said, stored, puts } = await program.findings();
      expect([said, stored.length, puts]).toEqual([['failed.RequestTimeout'], 11, 3]);
    });
  });
});

// A worker thread for which time goes on while the application computes gives the call up as it should.
describe.each([
  [MODES[0]!, STALLS[0]!],
  [MODES[0]!, STALLS[1]!],
  [MODES[1]!, STALLS[1]!],
])('%j, %j', ([, env], [, stall]) => {
  test.each([1, 2])('%d time(s), and the answer comes afterwards: no call is made twice', async (times) => {
    program = await StallingProgram.start(stage, env);
    stage.inject({ kind: 'delay', delayMs: times * STALL_MS + 400 });
    await program.does('log', 10);
    await program.hasInFlight(1);

    for (let time = 0; time < times; time++) await stall(program);
    program.ask('close', 30_000);

    expect(await program.findings()).toMatchObject(allOnce(11));
  });
});

test('process.exit() that waits for its worker thread, asleep until the deadline is over', async () => {
  program = await StallingProgram.start(stage, {
    IN_WORKER: 'yes',
    FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '1',
  });
  stage.inject({ kind: 'delay', delayMs: ANSWERED_MEANWHILE_MS });
  await program.does('log', 10);
  await program.hasInFlight(1);

  program.ask('exit');
  await sleep(100);
  program.signal('SIGSTOP');
  await sleep(STALL_MS);
  program.signal('SIGCONT');

  expect(await program.findings()).toMatchObject(allOnce(11));
});

test.each([
  ['freeze', 60_001, []],
  ['freeze', 1_200_000, []],
  ['freeze', 3 * 3_600_000, []],
  ['sleep', 3 * 3_600_000, ['clockJump']],
])(
  '%s for %d ms while an answer comes: its date is not taken for the time',
  async (how, forMs, said) => {
    // GIVEN
    let aheadMs = 0;
    const clock = (): number => Date.now() + aheadMs;
    const dated = await DeliveryStage.open({ server: { clock, signatureClock: clock } });
    const child = fork(join(root, 'test/pipeline/programs/sleeps.mjs'), {
      silent: true,
      execArgv: [],
      env: { ...process.env, SERVICE_URL: dated.service.endpoint, HOW: how, FOR_MS: String(forMs) },
    });
    const stdout = text(child.stdout!);
    dated.inject({ kind: 'delay', delayMs: ANSWERED_MEANWHILE_MS, skip: 1 });
    const inFlight = (): true | undefined => dated.puts.at(-1)?.settledAtMs === Infinity || undefined;

    // WHEN
    await once(child, 'message');
    await poll('a call under way', inFlight);
    child.send('sleep');
    await once(child, 'message');
    aheadMs = forMs;
    child.send('go on');

    // THEN
    expect(JSON.parse(await stdout)).toMatchObject({
      account: { accepted: 3, delivered: 3, pending: 0 },
      said,
    });
    expect(await storedIds(dated)).toEqual([0, 1, 2]);
    await dated.close();
  },
  60_000,
);
