import type { Account } from '../../ack/ledger.js';
import { quietly } from '../../io/quietly.js';
import type { Outlet } from '../outlet/outlet.js';
import type { OtelExportResult } from './log-record.js';

/** Where an exporter tells the processor what became of the records. */
export type Answer = (result: OtelExportResult) => void;

interface Waiting {
  /** The account before the records were handed over. */
  readonly before: Account;
  readonly answer: Answer;
}

/**
 * Answers for records once they are settled. While the service takes nothing they are kept, and the answer does not wait for them:
 * a processor that waits for it would drop the records that come meanwhile.
 */
export class Answers {
  readonly #outlet: Outlet;
  readonly #deadlineMs: number;
  #waiting: Waiting[] = [];
  #isFlushing = false;
  /** So many records must be settled before an answer waits again. */
  #behindUntil = 0;

  constructor(outlet: Outlet, deadlineMs: number) {
    this.#outlet = outlet;
    this.#deadlineMs = deadlineMs;
  }

  /** Never throws. */
  give(waiting: Waiting): void {
    const account = this.#outlet.stats();
    if (settledIn(account) < this.#behindUntil) return answerTo(waiting, account);
    this.#waiting.push(waiting);
    if (!this.#isFlushing) void this.#flush();
  }

  /** One flush at a time: those that come meanwhile share the next one. */
  async #flush(): Promise<void> {
    this.#isFlushing = true;
    while (this.#waiting.length > 0) {
      const waiting = this.#waiting;
      this.#waiting = [];
      const { accepted } = this.#outlet.stats();
      const account = await this.#outlet.flush({ deadlineMs: this.#deadlineMs });
      if (settledIn(account) < accepted) {
        this.#behindUntil = accepted;
        waiting.push(...this.#waiting.splice(0));
      }
      for (const each of waiting) answerTo(each, account);
    }
    this.#isFlushing = false;
  }
}

/** How many records are settled. They are settled about in their order. */
function settledIn({ accepted, pending }: Account): number {
  return accepted - pending;
}

function answerTo({ before, answer }: Waiting, account: Account): void {
  answerWith(answer, resultOf(before, account));
}

/** Never throws: the records are in the account, and who throws has its answer. */
export function answerWith(answer: Answer, result: OtelExportResult): void {
  quietly(() => answer(result));
}

/** Failure if records were lost to the log group meanwhile, those of others included: the account does not tell them apart. */
function resultOf(before: Account, after: Account): OtelExportResult {
  const lost = (['rejected', 'diverted', 'dropped'] as const)
    .map((fate) => ({ fate, count: after[fate].total - before[fate].total }))
    .filter(({ count }) => count > 0);
  if (lost.length === 0) return { code: 0 };
  const told = lost.map(({ fate, count }) => `${count} ${fate} (${reasonsOf(before[fate], after[fate])})`);
  return { code: 1, error: new Error(`log records were not delivered: ${told.join(', ')}`) };
}

function reasonsOf(before: Account['dropped'], after: Account['dropped']): string {
  return Object.entries(after.byReason)
    .filter(([reason, count]) => count > (before.byReason[reason] ?? 0))
    .map(([reason]) => reason)
    .join(', ');
}
