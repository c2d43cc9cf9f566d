import { isBalanced } from '../../../runtime/ack/ledger.js';
import type { DeliveryReport } from '../../../runtime/delivery-report.js';
import { accessKeyOf, IDS_A_LIFE, streamOf, type Lived, type Remains } from './run.js';

/** Answers that came so short before its end may not have reached a program. */
const END_MS = 150;

/** Stands for the stream of what a hook was told, which says none. */
const REJECTED = '(rejected)';

/** A call is given up after a second, or after the longest stall. */
const LONGEST_CALL_MS = 2_500;

/** Refusals of one event after which it is rejected. */
const REFUSALS: ReadonlySet<string> = new Set(['SerializationException', 'RequestEntityTooLargeException']);

/** How a program ends, by the name of its ending. */
const STATUS = {
  close: 0,
  nothingLeft: 0,
  exit: 0,
  exitInBurst: 3,
  exception: 1,
  rejection: 1,
  SIGTERM: 'SIGTERM',
  SIGINT: 'SIGINT',
  SIGKILL: 'SIGKILL',
} as const;

/** Number of the event of a line; none for what the sink itself wrote into the stream. */
export function idOf(message: string): number | undefined {
  const id = /"message":"order (\d+)/.exec(message)?.[1];
  return id === undefined ? undefined : Number(id);
}

/** Everything in which what was found differs from what was logged and from what the accounts say. */
export function complaints(remains: Remains): string[] {
  const findings = new Findings(remains);
  return [
    ...remains.lives.flatMap((lived) => complaintsOfLife(lived, findings)),
    ...findings.inventions(),
    ...findings.repetitions(),
    ...findings.sums(),
  ];
}

function complaintsOfLife(lived: Lived, findings: Findings): string[] {
  const { life, ended, journal } = lived;
  const said = `life ${life.number} (${life.isWorker ? 'worker, ' : ''}${life.ending})`;
  const unbalanced = journal.findIndex(({ account }) => !isBalanced(account));
  const last = journal.at(-1);
  const lost = findings.lostOf(lived);
  return [
    ended.by !== STATUS[life.ending] &&
      `ended by ${ended.by}: ${ended.stderr.replaceAll(/^\{.*\n/gm, '').slice(-600)}`,
    unbalanced >= 0 &&
      `account ${unbalanced} does not balance: ${JSON.stringify(journal[unbalanced]?.account)}`,
    isSurvivor(lived) && !last?.isLast && 'wrote no last account',
    isSurvivor(lived) &&
      last?.account.pending !== 0 &&
      `${last?.account.pending} events are pending at the end`,
    isSurvivor(lived) && findings.missingInAccount(lived),
    !mayLose(lived, findings.remains) &&
      lost.length > findings.dropped &&
      `${lost.length} events are nowhere, ${findings.dropped} are counted as dropped: ${lost.slice(0, 8).join(', ')}`,
  ].flatMap((complaint) => (complaint ? [`${said}: ${complaint}`] : []));
}

function isSurvivor({ life }: Lived): boolean {
  return life.ending !== 'SIGKILL';
}

function lastAccount({ journal }: Lived): DeliveryReport {
  return journal.at(-1)!.account;
}

/** What is only in memory is gone with a process that is killed. */
function mayLose(lived: Lived, { plan }: Remains): boolean {
  return !isSurvivor(lived) && plan.sink.spoolMode !== 'always';
}

/** Where each event of a run was found. */
class Findings {
  readonly remains: Remains;
  readonly dropped: number;
  /** How often each event was found, wherever it was. */
  readonly #found = new Map<number, number>();
  /** What sinks wrote themselves, by stream; each once. */
  readonly #markers = new Map<string, Set<string>>();

  constructor(remains: Remains) {
    this.remains = remains;
    const accounts = [...remains.lives.flatMap(({ journal }) => journal.at(-1)?.account ?? []), remains.heir];
    this.dropped = sum(accounts, ({ dropped }) => dropped.total);
    for (const { stream, message } of [...remains.stored, ...remains.diverted]) this.#find(message, stream);
    for (const message of remains.rejected) this.#find(message, REJECTED);
  }

  /** Events whose log calls returned, and which were found nowhere. */
  lostOf({ journal, firstId }: Lived): number[] {
    const unsure = new Set(journal.at(-1)?.unsure);
    const ids = Array.from(
      { length: (journal.at(-1)?.nextId ?? firstId) - firstId },
      (_, at) => firstId + at,
    );
    return ids.filter((id) => !this.#found.has(id) && !unsure.has(id) && !this.#mayBeRejected(id));
  }

  /** What a program's own account has too little of. */
  missingInAccount({ life, journal, firstId }: Lived): string | false {
    const last = journal.at(-1);
    if (!last) return 'has no journal';
    const own = last.account.accepted - last.account.adopted;
    const logged = last.nextId - firstId - last.unsure.length;
    const least = logged + (this.#markers.get(streamOf(life))?.size ?? 0);
    return own < least && `${least} events are known, and its account has ${own} of its own`;
  }

  /** What nobody logged. */
  inventions(): string[] {
    const invented = [...this.#found.keys()].filter((id) => {
      const lived = this.#lifeOf(id);
      return !lived || (isSurvivor(lived) && id >= (lived.journal.at(-1)?.nextId ?? 0));
    });
    return invented.map((id) => `event ${id} was never logged`);
  }

  /** Events that were found more often than calls in doubt explain. */
  repetitions(): string[] {
    const doubts = this.#doubts();
    const repeated = [...this.#found].filter(([id, times]) => times - 1 > (doubts.get(id) ?? 0));
    if (repeated.length === 0) return [];
    const some = repeated.slice(0, 5).map(([id, times]) => `${id} (${times} times)`);
    const calls = this.#callsWith(repeated[0]![0]);
    return [
      `${repeated.length} events are there again without a call in doubt: ${some.join(', ')}`,
      ...calls,
    ];
  }

  /** How often an event was stored in a call whose caller cannot know it. */
  #doubts(): ReadonlyMap<number, number> {
    const doubts = new Map<number, number>();
    for (const attempt of this.remains.attempts) {
      if (!attempt.isUnanswered && !this.#isAnsweredToNobody(attempt)) continue;
      for (const message of attempt.messages) {
        const id = idOf(message);
        if (id !== undefined) doubts.set(id, (doubts.get(id) ?? 0) + 1);
      }
    }
    return doubts;
  }

  #callsWith(id: number): string[] {
    const calls = this.remains.attempts.filter(({ messages }) => messages.some((each) => idOf(each) === id));
    return calls.map(({ row, isUnanswered }) => {
      const { accessKeyId, status, fault, stored, receivedAtMs, settledAtMs } = row;
      const lived = this.remains.lives.find(({ life }) => accessKeyOf(life) === accessKeyId);
      const beforeEndMs = (lived?.journal.at(-1)?.atMs ?? NaN) - settledAtMs;
      return JSON.stringify({
        id,
        accessKeyId,
        status,
        fault,
        stored,
        isUnanswered,
        tookMs: settledAtMs - receivedAtMs,
        beforeEndMs,
      });
    });
  }

  /** What the accounts say together against what is there, over the programs that could say it. */
  sums(): string[] {
    const { heir } = this.remains;
    const survivors = this.remains.lives.filter(isSurvivor);
    const accepted = sum(survivors.map(lastAccount), (account) => account.accepted - account.adopted);
    const ids = [...this.#found.keys()].filter((id) => isSurvivor(this.#lifeOf(id)!));
    const streams = new Set(['heir', REJECTED, ...survivors.map(({ life }) => streamOf(life))]);
    const markers = sum(
      [...this.#markers].filter(([stream]) => streams.has(stream)),
      ([, { size }]) => size,
    );
    const own = accepted + heir.accepted - heir.adopted;
    const dropped = sum([...survivors.map(lastAccount), heir], (account) => account.dropped.total);
    const nowhere = own - ids.length - markers - dropped;
    const unseen = sum(
      survivors.filter(({ life }) => life.isWorker).map(lastAccount),
      ({ rejected }) => rejected.total,
    );
    // An event may be dropped that was stored by a call in doubt.
    if (nowhere >= -this.#doubts().size && nowhere <= unseen) return [];
    const parts = `${own} accepted, ${ids.length} found, ${markers} markers, ${dropped} dropped`;
    return [
      `the accounts are wrong by ${nowhere} events (up to ${unseen} are unseen rejections): ${parts}`,
      ...this.remains.lives.map((lived) => this.#summary(lived)),
    ];
  }

  /** What helps to find the fault. */
  #summary({ life, firstId, journal }: Lived): string {
    const { nextId = firstId, unsure = [], account } = journal.at(-1) ?? {};
    const found = [...this.#found.keys()].filter((id) => id >= firstId && id < firstId + IDS_A_LIFE).length;
    const where = `${life.isWorker ? 'worker' : 'in process'}, hook ${life.hook}, ${life.ending}`;
    const counts = `${journal.length} entries, ${nextId - firstId} calls, ${unsure.length} unsure, ${found} found`;
    const { accepted, adopted, dropped } = account ?? {};
    return `life ${life.number} (${where}): ${counts}, ${JSON.stringify({ accepted, adopted, dropped })}`;
  }

  #find(message: string, stream: string): void {
    const id = idOf(message);
    if (id !== undefined) this.#found.set(id, (this.#found.get(id) ?? 0) + 1);
    else this.#markers.set(stream, (this.#markers.get(stream) ?? new Set()).add(message));
  }

  #lifeOf(id: number): Lived | undefined {
    const number = Math.floor(id / IDS_A_LIFE);
    return this.remains.lives.find(({ life }) => life.number === number);
  }

  /** In worker mode no hook tells which events were rejected; the service knows. */
  #mayBeRejected(id: number): boolean {
    return this.#refusable.has(id);
  }

  get #refusable(): ReadonlySet<number> {
    return (this.#refused ??= new Set(
      this.remains.attempts
        .filter(({ row }) => row.rejected > 0 || (row.events === 1 && REFUSALS.has(row.errorName ?? '')))
        .flatMap(({ messages }) => messages.flatMap((message) => idOf(message) ?? [])),
    ));
  }

  #refused: ReadonlySet<number> | undefined;

  /** The program ended, or gave the call up, before it can have dealt with the answer. */
  #isAnsweredToNobody({ row }: Remains['attempts'][number]): boolean {
    const lived = this.remains.lives.find(({ life }) => accessKeyOf(life) === row.accessKeyId);
    if (!lived || row.stored === 0) return false;
    const entry = lived.journal.findLast(({ isLast }) => !isLast);
    const timeoutsAtMs = lived.journal.flatMap((each) => each.timeoutsAtMs);
    const isGivenUp = timeoutsAtMs.some(
      (atMs) => atMs >= row.receivedAtMs - END_MS && atMs - row.receivedAtMs <= LONGEST_CALL_MS,
    );
    return isGivenUp || row.settledAtMs >= (entry?.atMs ?? 0) - END_MS;
  }
}

function sum<T>(items: readonly T[], read: (item: T) => number): number {
  return items.reduce((total, item) => total + read(item), 0);
}
