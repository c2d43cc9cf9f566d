import { setTimeout as pause } from 'node:timers/promises';
import { isBalanced, type Account } from '../../../runtime/ack/ledger.js';
import { FaultProxy } from '../../support/fault-proxy.js';
import { idsBelow, idsOf, Reader } from './reader.js';
import { Service } from './service.js';
import { RunningSubject, subjectNames } from './subject.js';

/** All start at once, on a machine that may be busy. */
const PATIENCE_MS = 400_000;

/** Each third of the outage. */
const THIRD_MS = 10_000;

interface Told {
  readonly logged: number;
  readonly account?: Account;
}

/** 30 seconds without service: refused by it, not answered, not reached. */
async function outage({ server }: Service, proxy: FaultProxy): Promise<void> {
  server.inject({ kind: 'unavailable', operation: '*', times: Infinity });
  await pause(THIRD_MS);
  server.clearFaults();
  server.inject({ kind: 'hang', operation: '*', times: Infinity });
  await pause(THIRD_MS);
  await proxy.refuse();
  server.clearFaults();
  await pause(THIRD_MS);
  await proxy.accept();
}

describe('after an outage of 30 seconds, for all subjects at once:', () => {
  const ended = new Map<string, Told>();
  let service: Service;
  let proxy: FaultProxy;

  beforeAll(async () => {
    service = await Service.start();
    proxy = await FaultProxy.before(service.server.endpoint);
    const running = subjectNames.map((name) => {
      const subject = new RunningSubject<Told>(name, 'survivesOutage', {
        serviceUrl: proxy.endpoint,
        patienceMs: PATIENCE_MS,
      });
      return { name, subject };
    });
    await Promise.all(running.map(({ subject }) => subject.next()));
    await outage(service, proxy);
    await Promise.all(
      running.map(async ({ name, subject }) => {
        subject.go();
        ended.set(name, (await subject.ended).result);
      }),
    );
  }, PATIENCE_MS);

  afterAll(async () => {
    await proxy.close();
    await service.stop();
  });

  test.each(subjectNames)('each event of %s is stored once, in order', async (name) => {
    const { logged, account } = ended.get(name)!;
    const reader = await Reader.of(name);
    const { limits } = reader.facts;
    const stored = await reader.shown(await service.stored(name));
    await reader.close();

    expect(logged).toBeGreaterThan(1_000);
    expect(stored).toHaveLength(logged);
    if (!limits.fields) expect(idsOf(stored)).toEqual(idsBelow(logged));
    if (!account) return;
    expect(isBalanced(account)).toBe(true);
    expect(account).toMatchObject({ accepted: logged, delivered: logged, pending: 0 });
  });
});
