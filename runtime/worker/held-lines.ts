import { LEVELS } from '../../contract/levels.js';
import type { CloudWatchValues } from '../../contract/sections.js';
import type { LogEvent } from '../batch/log-event.js';

export type OverflowPolicy = CloudWatchValues['overflowPolicy'];

interface Numbered extends LogEvent {
  readonly number: number;
}

/** Lines of one level, oldest first. */
class Lane {
  #lines: Numbered[] = [];
  #head = 0;

  get oldest(): Numbered | undefined {
    return this.#lines[this.#head];
  }

  /** Number of the oldest line; infinite if there is none. */
  get number(): number {
    return this.oldest?.number ?? Infinity;
  }

  push(line: Numbered): void {
    this.#lines.push(line);
  }

  shift(): void {
    this.#head++;
    // What has left takes no memory for longer than what is still there.
    if (this.#head * 2 < this.#lines.length) return;
    this.#lines = this.#lines.slice(this.#head);
    this.#head = 0;
  }
}

/** Lines that wait because the way to the other thread is full. They leave in their order. */
export class HeldLines {
  readonly #lanes: readonly Lane[] = LEVELS.map(() => new Lane());
  #number = 0;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(line: LogEvent): void {
    this.#lanes[line.rank]!.push({ ...line, number: ++this.#number });
    this.#length++;
  }

  /** Takes the oldest line out. */
  shift(): LogEvent | undefined {
    return this.#take(this.#lanes.reduce((first, lane) => (lane.number < first.number ? lane : first)));
  }

  /** Takes out the line that the policy gives up for a new one of this rank; none, if the new one is to go itself. */
  giveUp(policy: OverflowPolicy, rank: number): LogEvent | undefined {
    if (policy === 'drop_newest') return undefined;
    if (policy === 'drop_oldest') return this.shift();
    const lowest = this.#lanes.findIndex((lane) => lane.oldest !== undefined);
    return lowest < 0 || lowest > rank ? undefined : this.#take(this.#lanes[lowest]!);
  }

  #take(lane: Lane): LogEvent | undefined {
    const line = lane.oldest;
    if (!line) return undefined;
    lane.shift();
    this.#length--;
    return line;
  }
}
