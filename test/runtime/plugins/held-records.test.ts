import * as fc from 'fast-check';
import { isBalanced, type Ledger } from '../../../runtime/ack/ledger.js';
import type { LogRecord } from '../../../runtime/log-record.js';
import { HeldRecords, MAX_HELD_CHARACTERS, MAX_HELD_RECORDS } from '../../../runtime/plugins/held-records.js';
import { listener, ManualClock, record, recordOf, settle, type Report } from './fixture.js';

interface Bench {
  readonly held: HeldRecords;
  readonly ledger: Ledger;
  readonly clock: ManualClock;
  readonly reports: Report[];
  /** Messages of the records that were handed out. */
  readonly out: string[];
  readonly release: () => void;
}

const benches: Bench[] = [];

afterEach(() => {
  for (const { release } of benches.splice(0)) release();
});

function bench(onOut: (message: string) => void = () => undefined): Bench {
  const clock = new ManualClock();
  const { reports, report } = listener();
  const out: string[] = [];
  const release = (): void =>
    held.release(({ message }) => {
      out.push(message);
      onOut(message);
    });
  const cause = 'sink kafka is still loading';
  const held = new HeldRecords({ clock, report, cause, atExit: release });
  const made = { held, ledger: held.ledger, clock, reports, out, release };
  benches.push(made);
  return made;
}

function take(held: HeldRecords, ...messages: string[]): void {
  for (const message of messages) held.take(recordOf(message));
}

/** A record whose getter does something while it is copied. */
function acting(message: string, act: () => unknown): LogRecord {
  const fields = {
    get acts() {
      act();
      return 1;
    },
  };
  return { ...recordOf(message), fields: [fields] };
}

/** A record that cannot be copied. */
const unreadable = {
  ...record,
  get fields(): never {
    throw new RangeError('Maximum call stack size exceeded');
  },
} as unknown as LogRecord;

/** Calls the exit listeners that came since then. */
function exitSince(before: readonly unknown[]): void {
  for (const exit of process.listeners('exit')) if (!before.includes(exit)) exit(0);
}

type Step = 'take' | 'takeNested' | 'takeUnreadable' | 'takeHuge' | 'release';

const steps = fc.array(
  fc.oneof(
    { weight: 9, arbitrary: fc.constantFrom<Step>('take', 'takeNested', 'takeUnreadable', 'takeHuge') },
    { weight: 1, arbitrary: fc.constant<Step>('release') },
  ),
  { maxLength: 30 },
);

test('whatever is taken is handed out in its order or counted, and the account balances after every step', () => {
  fc.assert(
    fc.property(steps, (taken) => {
      const { held, out, release } = bench(() => expect(isBalanced(held.account())).toBe(true));
      const [next, expected]: [() => string, string[]] = [() => `m${count++}`, []];
      let count = 0;
      let dropped = 0;
      let isReleased = false;
      const takeNext = (): void => {
        const message = next();
        expected.push(message);
        take(held, message);
      };
      const actions: Record<Step, () => void> = {
        take: takeNext,
        takeNested: () => {
          const message = next();
          // What is open reads nothing.
          if (!isReleased) held.take(acting(message, takeNext));
          else take(held, message);
          expected.push(message);
        },
        takeUnreadable: () => {
          if (isReleased) return;
          dropped++;
          held.take(unreadable);
        },
        takeHuge: () => {
          if (isReleased) return;
          dropped++;
          take(held, HUGE);
        },
        release: () => {
          isReleased = true;
          release();
        },
      };
      for (const step of taken) {
        actions[step]();
        const account = held.account();
        expect(isBalanced(account)).toBe(true);
        expect([...out, ...Array<string>(account.pending)]).toHaveLength(expected.length);
        expect(account).toMatchObject({ accepted: account.pending + dropped, dropped: { total: dropped } });
      }
      release();
      expect(out).toEqual(expected);
      expect(held.account()).toMatchObject({ accepted: dropped, pending: 0, dropped: { total: dropped } });
    }),
  );
});

const HUGE = 'x'.repeat(MAX_HELD_CHARACTERS + 1);

describe('the bound', () => {
  test.each([
    [MAX_HELD_RECORDS - 1, 0],
    [MAX_HELD_RECORDS, 0],
    [MAX_HELD_RECORDS + 1, 1],
  ])('of %d records, %d are dropped', (count, dropped) => {
    const { held, out, release, reports } = bench();
    for (let each = 0; each < count; each++) take(held, String(each));

    expect(held.account()).toMatchObject({
      accepted: count,
      pending: count - dropped,
      dropped: { total: dropped, byReason: dropped ? { loading: dropped } : {} },
    });
    const message = 'log records were dropped: sink kafka is still loading';
    expect(reports).toEqual(dropped ? [{ code: 'dropped.loading', message }] : []);
    release();

    expect([out.length, out.at(-1)]).toEqual([count - dropped, String(count - dropped - 1)]);
    expect(held.account()).toMatchObject({ accepted: dropped, pending: 0, dropped: { total: dropped } });
  });

  test.each([
    [-1, 0],
    [0, 0],
    [1, 1],
  ])('with %d characters more than may wait, %d is dropped', (more, dropped) => {
    const { held } = bench();
    const half = MAX_HELD_CHARACTERS / 2;

    take(held, 'x'.repeat(half), 'x'.repeat(half + more));

    expect(held.account()).toMatchObject({ accepted: 2, pending: 2 - dropped, dropped: { total: dropped } });
  });

  test('a record that is too long leaves the room to shorter ones', () => {
    const { held, out, release } = bench();

    take(held, 'a', HUGE, 'b');
    release();

    expect(out).toEqual(['a', 'b']);
  });

  test('a full room reads no record', () => {
    const { held } = bench();
    let reads = 0;
    for (let each = 0; each < MAX_HELD_RECORDS; each++) take(held, 'm');

    held.take(acting('m', () => reads++));

    expect(reads).toBe(0);
    expect(held.account().dropped.byReason).toEqual({ loading: 1 });
  });

  test('holds for what getters log, too', () => {
    const { held } = bench();
    for (let each = 0; each < MAX_HELD_RECORDS - 1; each++) take(held, 'm');

    held.take(acting('outer', () => take(held, 'inner')));

    expect(held.account()).toMatchObject({
      pending: MAX_HELD_RECORDS,
      dropped: { byReason: { loading: 1 } },
    });
  });
});

test('a record that cannot be copied is dropped, and costs its neighbours nothing', () => {
  const { held, out, release, reports } = bench();

  take(held, 'a');
  held.take(unreadable);
  take(held, 'b');

  expect(held.account()).toMatchObject({
    accepted: 3,
    pending: 2,
    dropped: { byReason: { unserializable: 1 } },
  });
  expect(reports).toEqual([{ code: 'dropped.unserializable', message: 'a log record could not be copied' }]);
  release();
  expect(out).toEqual(['a', 'b']);
});

test('records are as they were when they were taken', () => {
  const { held } = bench();
  const order = { status: 'new', items: [1] };
  const seen: unknown[] = [];
  held.take({ ...record, fields: [{ order }] });
  order.status = 'cancelled';
  order.items.push(2);

  held.release(({ fields }) => seen.push(...fields));

  expect(seen).toEqual([{ order: { status: 'new', items: [1] } }]);
});

describe('while records are handed out', () => {
  test('each leaves the account as it goes', () => {
    const pending: number[] = [];
    const { held, release } = bench(() => pending.push(held.account().pending));
    take(held, 'a', 'b', 'c');

    release();

    expect(pending).toEqual([2, 1, 0]);
  });

  test('what is logged about them comes after them', () => {
    const { held, out, release } = bench((message) => {
      if (!message.startsWith('heard')) take(held, `heard ${message}`);
    });
    take(held, 'a', 'b');

    release();

    expect(out).toEqual(['a', 'b', 'heard a', 'heard b']);
  });

  test('a receiver that logs about each record comes to an end, as it does when nothing waits', () => {
    const { held, out, release, reports } = bench((message) => take(held, message));
    take(held, 'a');

    release();

    expect(out.length).toBeGreaterThan(100);
    expect(held.account()).toMatchObject({ accepted: 1, dropped: { total: 1 }, pending: 0 });
    expect(reports).toEqual([
      {
        code: 'dropped.threw',
        message: expect.stringMatching(/^a log record that waited was not taken: Maximum call/),
      },
    ]);
  });

  test('one that is not taken keeps none from the others', () => {
    const { held, out, release, reports } = bench((message) => {
      if (message === 'b') throw new Error('no');
    });
    take(held, 'a', 'b', 'c');

    release();

    expect(out).toEqual(['a', 'b', 'c']);
    expect(reports).toEqual([
      { code: 'dropped.threw', message: 'a log record that waited was not taken: no' },
    ]);
  });

  test('the process may end: then the rest is handed out at once, and nothing twice', () => {
    const before = process.listeners('exit');
    const { held, out, release } = bench((message) => {
      if (message === 'a') exitSince(before);
    });
    take(held, 'a', 'b', 'c');

    release();

    expect(out).toEqual(['a', 'b', 'c']);
    expect(process.listeners('exit')).toEqual(before);
  });
});

test('what is taken afterwards is handed on as it is', () => {
  const { held } = bench();
  const seen: LogRecord[] = [];
  held.release((each) => seen.push(each));

  held.take(record);

  expect(seen[0]).toBe(record);
});

test('a record whose getter ends the waiting is handed on after those that waited', () => {
  const { held, out, release } = bench();
  take(held, 'a');

  held.take(acting('b', release));

  expect(out).toEqual(['a', 'b']);
  expect(held.account()).toMatchObject({ accepted: 0, pending: 0 });
});

test('at the end of the process it asks to be released', () => {
  const before = process.listeners('exit');
  const { held, out } = bench();
  take(held, 'a');

  exitSince(before);

  expect(out).toEqual(['a']);
  expect(process.listeners('exit')).toEqual(before);
});

test.each([
  ['one record under half of them', MAX_HELD_RECORDS / 2 - 1, 'm', false],
  ['half of the records', MAX_HELD_RECORDS / 2, 'm', true],
  ['one record over half of them', MAX_HELD_RECORDS / 2 + 1, 'm', true],
  ['one character under half of them', 1, 'x'.repeat(MAX_HELD_CHARACTERS / 2 - 1), false],
  ['half of the characters', 1, 'x'.repeat(MAX_HELD_CHARACTERS / 2), true],
  ['one character over half of them', 1, 'x'.repeat(MAX_HELD_CHARACTERS / 2 + 1), true],
])('with %s, a producer learns whether to wait', async (_, count, message, needsDrain) => {
  const { held, release } = bench();
  for (let each = 0; each < count; each++) take(held, message);
  let isReady = false;
  void held.ready().then(() => (isReady = true));
  await settle();
  expect([held.needsDrain, isReady]).toEqual([needsDrain, !needsDrain]);

  release();
  await settle();

  expect([held.needsDrain, isReady]).toEqual([false, true]);
});

test('who waits for the release has the rest of the time then', async () => {
  const { held, clock, release } = bench();
  const [rest, atDeadline] = [held.released(100), held.released(30)];
  clock.pass(40);
  release();

  expect(await rest).toBe(60);
  expect(await atDeadline).toBe(0);
  expect(await held.released(50)).toBe(50);
  expect(await held.released()).toBe(Infinity);
  expect(clock.timers).toBe(0);
});

test('reports how long the oldest record has waited', () => {
  const { held, clock, release } = bench();
  expect(held.oldestAgeMs).toBe(0);

  held.take({ ...record, timeMs: 0 });
  clock.pass(70);
  expect(held.oldestAgeMs).toBe(70);
  release();

  expect(held.oldestAgeMs).toBe(0);
});
