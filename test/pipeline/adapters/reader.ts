import { divertedOf, NOWHERE, RunningSubject, type Ended, type Facts, type Shown } from './subject.js';

/** Reads events as their subject does. */
export class Reader {
  readonly #subject: RunningSubject<unknown>;
  readonly facts: Facts;

  private constructor(subject: RunningSubject<unknown>, facts: Facts) {
    this.#subject = subject;
    this.facts = facts;
  }

  static async of(name: string): Promise<Reader> {
    const subject = new RunningSubject(name, 'reads', { serviceUrl: NOWHERE, patienceMs: 3_600_000 });
    return new Reader(subject, (await subject.next()) as Facts);
  }

  /** What stored events show. */
  async shown<Event extends object>(events: readonly Event[]): Promise<(Event & Shown)[]> {
    const shown = (await this.#subject.ask(JSON.stringify(events))) as Shown[];
    return shown.map((each, index) => ({ ...events[index]!, ...each }));
  }

  /** What events show that a subject has left on stderr. */
  diverted({ stderr }: Ended<unknown>): Promise<Shown[]> {
    return this.shown(divertedOf(stderr));
  }

  async close(): Promise<void> {
    this.#subject.leave();
    await this.#subject.ended;
  }
}

export function idsOf(shown: readonly Shown[]): unknown[] {
  return shown.map(({ fields }) => fields['id']);
}

export function idsBelow(count: number): number[] {
  return Array.from({ length: count }, (_, id) => id);
}
