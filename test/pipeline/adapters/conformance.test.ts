import { isBalanced, type Account } from '../../../runtime/ack/ledger.js';
import { pause } from '../../support/delivery-stage.js';
import { idsBelow, idsOf, Reader } from './reader.js';
import { Service } from './service.js';
import {
  play,
  RunningSubject,
  subjectNames,
  type Ended,
  type Facts,
  type Limit,
  type Shown,
} from './subject.js';

/** Which capability each call is. */
const CALLS = { flush: 'flush', logAt: 'time', logRequest: 'request' } as const;

const SECRETS = {
  authorization: 'authorization-8f1',
  proxy: 'proxy-8f2',
  cookie: 'cookie-8f3',
  apiKey: 'api-key-8f4',
  url: 'url-8f5',
  setCookie: 'set-cookie-8f6',
  answerKey: 'answer-key-8f7',
};

interface Logged {
  readonly level: string;
  readonly message: string;
  readonly sinceMs: number;
  readonly untilMs: number;
}

interface Contents {
  readonly records: readonly { readonly message: string; readonly value: unknown }[];
  readonly names: readonly { readonly name: string; readonly word: string }[];
  readonly values: readonly { readonly kind: string; readonly word: string }[];
  /** The words by which the parts of an error are recognized. */
  readonly error: Readonly<Record<string, string>>;
}

/** Results of the scenarios that one process plays in turn. */
interface Played {
  readonly delivers: { readonly logged: readonly Logged[]; readonly account?: Account };
  readonly logsContents: Contents;
}

describe.each(subjectNames)('%s', (name) => {
  let service: Service;
  let facts: Facts;
  let reader: Reader;

  beforeAll(async () => {
    reader = await Reader.of(name);
    facts = reader.facts;
  });

  afterAll(() => reader.close());

  const lacks = (limit: Limit): boolean => facts.limits[limit] !== undefined;
  const start = <Result>(scenario: string, args: object) =>
    new RunningSubject<Result>(name, scenario, { serviceUrl: service.server.endpoint, args });
  const run = <Result>(scenario: string, args: object): Promise<Ended<Result>> =>
    play<Result>(name, scenario, { serviceUrl: service.server.endpoint, args });

  test('names each call that it lacks as a limit', () => {
    for (const [call, limit] of Object.entries(CALLS))
      expect([limit, lacks(limit)]).toEqual([limit, !facts.has.includes(call)]);
  });

  describe('in one process, one logger after another:', () => {
    let played: Ended<Played>;
    let timesMs: readonly number[];

    beforeAll(async () => {
      service = await Service.start();
      const nowMs = Date.now();
      timesMs = [86_400_000, 3_600_001, 1_999, 1_000, 1_000, 1].map((agoMs) => nowMs - agoMs);
      played = await run<Played>('playsInTurn', {
        parts: {
          delivers: { count: 1_000 },
          ...(!lacks('time') && { givesTimes: { timesMs } }),
          logsContents: { seed: 20, count: 400, hasHalves: !lacks('lone surrogates') },
          ...(!lacks('request') && { logsRequests: { secrets: SECRETS } }),
        },
      });
    }, 150_000);

    afterAll(() => service.stop());

    const stored = (scenario: string) => service.stored(`${name}-${scenario}`);
    const shown = async (scenario: string) => reader.shown(await stored(scenario));

    test('it ends when it has nothing more to do', () => {
      expect(played.by).toBe(0);
    });

    test('law: each event is stored once, in order, with its level, message and time', async () => {
      const { logged, account } = played.result.delivers;
      const found = await shown('delivers');

      expect(found.map(({ level, message }) => ({ level, message }))).toEqual(
        logged.map(({ level, message }) => ({ level, message })),
      );
      if (!lacks('fields')) expect(idsOf(found)).toEqual(idsBelow(1_000));
      expect(found.filter(({ timestamp }, index) => !isDuring(timestamp, logged[index]!))).toEqual([]);
      expect(found.filter(({ timestamp, timeMs }) => timestamp !== timeMs)).toEqual([]);
      expectBalance(account, { accepted: 1_000, delivered: 1_000 });
    });

    test('keeps a time that it is given', async () => {
      if (lacks('time')) return;

      expect((await shown('givesTimes')).map(({ timestamp }) => timestamp)).toEqual(timesMs);
    });

    describe('what is logged is what is stored:', () => {
      let logged: Contents;
      let found: Shown[];

      /** The stored events from an index on. */
      const from = (index: number): Shown[] => found.slice(index);

      test('text and values of JSON, as they are', async () => {
        logged = played.result.logsContents;
        found = await shown('logsContents');

        expect(found).toHaveLength(400 + 1 + logged.names.length + logged.values.length + 1);
        const isTextOnly = lacks('fields');
        const values = found.map(({ message, fields }) => ({ message, value: fields['value'] }));
        const kept = ({ message, value }: (typeof values)[number]) =>
          isTextOnly ? [message] : [message, value];
        expect(values.slice(0, 400).map(kept)).toEqual(logged.records.map(kept));
      });

      test('a field of any name', () => {
        if (lacks('fields')) return;
        const [all, ...each] = from(400);
        const { names } = logged;
        const lost = lacks('name __proto__') ? ['__proto__'] : [];

        expect(
          names.filter(({ word }) => !all!.line.includes(`"${word}"`)).map(({ name: of }) => of),
        ).toEqual(lost);
        expect(
          names
            .filter(({ word }, index) => !each[index]!.line.includes(`"${word}"`))
            .map(({ name: of }) => of),
        ).toEqual(lost);
        expect([all!.message, all!.level]).toEqual(['order placed', 'info']);
      });

      test('a value that JSON does not have, unless it reaches the adapter as JSON', () => {
        if (lacks('fields')) return;
        const lines = from(401 + logged.names.length).map(({ line }) => line);
        const lost = logged.values.filter(({ word }, index) => !lines[index]!.includes(word));

        if (lacks('values')) expect(lost).not.toEqual([]);
        else expect(lost).toEqual([]);
      });

      test('an error with its text, type and stack, its cause and its members', () => {
        const { level, line } = found.at(-1)!;
        const parts = Object.entries(logged.error).filter(([, word]) => line.includes(word));

        expect(level).toBe('error');
        expect(parts.map(([part]) => part)).toEqual([
          'text',
          'type',
          'stack',
          ...(lacks('error cause') ? [] : ['cause']),
          ...(lacks('error members') ? [] : ['members']),
        ]);
      });
    });

    test('has no secret of a request, or of an error of a client, in its line, or on stderr', async () => {
      if (lacks('request')) return;
      const lines = (await stored('logsRequests')).map(({ message }) => message);

      expect(lines).toHaveLength(3);
      for (const line of lines.slice(0, 2)) expect(line).toContain('/orders');
      expect(lines[2]).toContain('request failed');
      const all = [...lines, played.stderr].join('\n');
      expect(Object.entries(SECRETS).filter(([, secret]) => all.includes(secret))).toEqual([]);
    });
  });

  describe('in a process of its own:', () => {
    beforeEach(async () => {
      service = await Service.start();
    });

    afterEach(() => service.stop());

    test('has delivered when flush resolves: the process is killed then', async () => {
      if (lacks('flush')) return;
      const { by } = await run('flushes', { count: 100, sink: { batchTimeoutSeconds: 60 } });

      expect(by).toBe('SIGKILL');
      expect(await service.count(name)).toBe(100);
    });

    test('has delivered when close resolves: the process is killed then', async () => {
      const { by } = await run('closes', { count: 1_000, sink: { batchTimeoutSeconds: 60 } });

      expect(by).toBe('SIGKILL');
      expect(await service.count(name)).toBe(1_000);
    });

    test('loses nothing silently that is logged after close, and throws nothing', async () => {
      const ended = await run<{ thrown: string[]; account?: Account }>('logsAfterClose', { count: 10 });

      // The library itself may end the process, by an error for which nobody listens.
      if (lacks('after close') && ended.by === 1) {
        expect(ended.stderr).toContain("Unhandled 'error' event");
        expect(await service.count(name)).toBe(10);
        return;
      }
      const { thrown, account } = ended.result;
      expect([ended.by, thrown]).toEqual([0, []]);
      const found = (await service.count(name)) + (await reader.diverted(ended)).length;
      expect(found).toBeGreaterThanOrEqual(10);
      const isTold = found + (account?.dropped.total ?? 0) === 20 || /clos|end/i.test(ended.stderr);
      expect(isTold).toBe(!lacks('after close'));
      if (account) expect(isBalanced(account)).toBe(true);
    });

    test('ends at the deadline of close in an outage, and everything is on stderr', async () => {
      service.server.inject({ kind: 'hang', operation: '*', times: Infinity });
      const sink = { requestTimeoutSeconds: 300, shutdownDeadlineSeconds: 1 };
      const args = { count: 1_000, deadlineMs: 1_000, sink };
      const ended = await run<{ account?: Account }>('closesInOutage', args);

      expect(ended.by).toBe(0);
      const diverted = await reader.diverted(ended);
      expect(diverted.map(({ message }) => message)).toEqual(Array(1_000).fill('order placed'));
      if (!lacks('fields')) expect(idsOf(diverted)).toEqual(idsBelow(1_000));
      expectBalance(ended.result.account, { accepted: 1_000, diverted: { total: 1_000 } });
    }, 150_000);

    test('is not held back by a slow sibling, unless the library does so', async () => {
      const running = start<number>('hasASibling', { count: 300 });
      await running.next();
      const both = [storedAll(running, 300), siblingDone(running, 300)];
      const first = await Promise.race(both);

      if (lacks('sibling')) await Promise.all(both);
      running.kill();

      expect(lacks('sibling') ? 'ours' : first).toBe('ours');
    }, 150_000);

    test('does not hold back a sibling in an outage', async () => {
      service.server.inject({ kind: 'hang', operation: '*', times: Infinity });
      const running = start<number>('hasASibling', { count: 60 });
      await running.next();

      await expect(siblingDone(running, 60)).resolves.toBeDefined();
      running.kill();
    }, 150_000);

    async function storedAll(running: RunningSubject<number>, count: number): Promise<'ours'> {
      while (!running.isOver && (await service.count(name)) < count) await pause(50);
      return 'ours';
    }
  });
});

async function siblingDone(running: RunningSubject<number>, count: number): Promise<'sibling'> {
  while (((await running.ask()) as number) < count) await pause(50);
  return 'sibling';
}

function isDuring(timeMs: number, { sinceMs, untilMs }: Logged): boolean {
  return sinceMs <= timeMs && timeMs <= untilMs;
}

function expectBalance(account: Account | undefined, expected: object): void {
  if (!account) return;
  expect(isBalanced(account)).toBe(true);
  expect(account).toMatchObject({ ...expected, pending: 0 });
}
