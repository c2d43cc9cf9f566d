import { hear } from '../io/quietly.js';

/** Counts by reason. */
export interface Tally {
  /** The sum over all reasons. */
  readonly total: number;
  /** Counts by a stable word for the reason, such as `tooOld`. */
  readonly byReason: Readonly<Record<string, number>>;
}

/**
 * What became of the log events: `accepted = delivered + rejected + spooled + diverted + dropped + pending`.
 */
export interface Account {
  /** Log calls that passed the level gate. */
  readonly accepted: number;
  /** Stored by the service, as it acknowledged. */
  readonly delivered: number;
  /** Refused by the service for good. */
  readonly rejected: Tally;
  /** On disk, and no more in memory: to be delivered later, by this process or by one that comes after it. */
  readonly spooled: number;
  /** Written to stderr instead. */
  readonly diverted: Tally;
  /** Lost by us, knowingly. */
  readonly dropped: Tally;
  /** Not settled yet: counted where they wait, not by subtraction. */
  readonly pending: number;
}

export class Tallies {
  readonly #counts = new Map<string, number>();
  #total = 0;

  add(reason: string, count: number): void {
    if (count <= 0) return;
    this.#counts.set(reason, (this.#counts.get(reason) ?? 0) + count);
    this.#total += count;
  }

  tally(): Tally {
    return { total: this.#total, byReason: Object.fromEntries(this.#counts) };
  }
}

/** The book in which every accepted event is settled exactly once. */
export class Ledger {
  /** Log events that were taken. A field, because a log call counts them where the stack may be full and no call can be made. */
  accepted = 0;
  /** Whether something threw while an event was being entered, so that the account may have to be mended. */
  isTorn = false;
  /** Whether events are on their way from one place to another, so that nobody can say what is missing. */
  isMoving = false;
  #delivered = 0;
  readonly #rejected = new Tallies();
  readonly #diverted = new Tallies();
  readonly #dropped = new Tallies();

  deliver(count: number): void {
    this.#delivered += count;
  }

  reject(reason: string, count: number): void {
    this.#rejected.add(reason, count);
  }

  divert(reason: string, count: number): void {
    this.#diverted.add(reason, count);
  }

  drop(reason: string, count: number): void {
    this.#dropped.add(reason, count);
  }

  /**
   * Mends the account after something threw, unless events are on their way: those that are in two places count as accepted once more.
   * It stays torn where `drop` throws: the stack may still be full.
   *
   * @param drop drops so many events, which are accepted and in no place
   */
  mend(pending: number, spooled: number, drop: (count: number) => void): void {
    if (this.isMoving) return;
    const missing = missingIn(this.account(pending, spooled));
    if (missing > 0) drop(missing);
    else this.accepted -= missing;
    this.isTorn = false;
  }

  /** Pending and spooled events are counted where they are. */
  account(pending: number, spooled = 0): Account {
    return {
      accepted: this.accepted,
      delivered: this.#delivered,
      rejected: this.#rejected.tally(),
      spooled,
      diverted: this.#diverted.tally(),
      dropped: this.#dropped.tally(),
      pending,
    };
  }
}

/** Counts the accepted events that stand in no place. Negative if some stand in two. */
function missingIn(account: Account): number {
  const { accepted, delivered, rejected, spooled, diverted, dropped, pending } = account;
  return accepted - (delivered + rejected.total + spooled + diverted.total + dropped.total + pending);
}

/** Whether every accepted event stands in exactly one place. */
export function isBalanced(account: Account): boolean {
  return missingIn(account) === 0;
}

/**
 * Checks an account that comes from a sink of the application's.
 *
 * @throws TypeError if it is none.
 */
export function checkAccount(account: Account): void {
  hear(account);
  const { accepted, delivered, rejected, spooled, diverted, dropped, pending } = totalAccount([account]);
  const counts = [accepted, delivered, rejected.total, spooled, diverted.total, dropped.total, pending];
  if (!counts.every(Number.isSafeInteger)) throw new TypeError('what it returns is no account');
}

/** The account of records that were dropped and nothing else. */
export function droppedAs(reason: string, count: number): Account {
  const ledger = new Ledger();
  ledger.accepted = count;
  ledger.drop(reason, count);
  return ledger.account(0);
}

/** The account over several sinks: each of them accepts every record, so a record counts once for each. */
export function totalAccount(accounts: readonly Account[]): Account {
  const sum = (read: (account: Account) => number): number =>
    accounts.reduce((total, account) => total + read(account), 0);
  return {
    accepted: sum(({ accepted }) => accepted),
    delivered: sum(({ delivered }) => delivered),
    rejected: totalTally(accounts.map(({ rejected }) => rejected)),
    spooled: sum(({ spooled }) => spooled),
    diverted: totalTally(accounts.map(({ diverted }) => diverted)),
    dropped: totalTally(accounts.map(({ dropped }) => dropped)),
    pending: sum(({ pending }) => pending),
  };
}

/** What several tallies count together. */
export function totalTally(tallies: readonly Tally[]): Tally {
  const sum = new Tallies();
  for (const { byReason } of tallies)
    for (const [reason, count] of Object.entries(byReason)) sum.add(reason, count);
  return sum.tally();
}
