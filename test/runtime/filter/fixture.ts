import type { Level } from '../../../contract/levels.js';
import type { ValuesOf } from '../../../contract/sections.js';
import type { Filter, FilterContext } from '../../../runtime/filter/filter.js';
import type { Clock, Timer } from '../../../runtime/io/clock.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';

/** 2026-01-15T12:00:00.000Z */
export const NOON_MS = Date.UTC(2026, 0, 15, 12);

interface Alarm {
  readonly dueMs: number;
  readonly holdsProcess: boolean;
  readonly ring: () => void;
}

/** Time that stands still until a test moves it. */
export class FilterClock implements Clock {
  readonly #alarms = new Set<Alarm>();
  #nowMs = NOON_MS;

  now(): number {
    return this.#nowMs;
  }

  after(delayMs: number, ring: () => void, holdsProcess: boolean): Timer {
    const alarm = { dueMs: this.#nowMs + delayMs, holdsProcess, ring };
    this.#alarms.add(alarm);
    return { cancel: () => void this.#alarms.delete(alarm) };
  }

  /** Whether each timer that runs holds the process. */
  get holds(): boolean[] {
    return [...this.#alarms].map(({ holdsProcess }) => holdsProcess);
  }

  /** Rings what falls due. */
  advance(byMs: number): void {
    this.pass(byMs);
    const due = [...this.#alarms].filter(({ dueMs }) => dueMs <= this.#nowMs);
    for (const alarm of due) {
      this.#alarms.delete(alarm);
      alarm.ring();
    }
  }

  /** Time goes on, and no timer rings, as where the process is frozen; or back, as where the clock is set. */
  pass(byMs: number): void {
    this.#nowMs += byMs;
  }
}

/** A context that keeps what a filter tells. */
export class FilterFixture implements FilterContext {
  readonly clock = new FilterClock();
  readonly random: () => number;
  readonly emitted: LogRecord[] = [];
  readonly reports: (readonly [code: string, message: string])[] = [];

  constructor(random: () => number = () => 0.5) {
    this.random = random;
  }

  readonly emit = (record: LogRecord): void => void this.emitted.push(record);
  readonly report = (code: string, message: string): void => void this.reports.push([code, message]);

  /** A record of now. */
  record(fields: Fields = {}, level: Level = 'info', message = 'm'): LogRecord {
    return { timeMs: this.clock.now(), level, message, fields: [fields] };
  }
}

type FilterConfig = NonNullable<SettingsInput['filterConfig']>;
type Section = keyof Settings['filterConfig'];

/** A filter's settings, defaults filled in. */
export function filterSettings<Name extends Section>(name: Name, given: FilterConfig[Name]): ValuesOf<Name> {
  const { filterConfig } = new Settings({ filterConfig: { [name]: given } }, { env: {} });
  return filterConfig[name];
}

/** Which of the records pass, by their place. */
export function passed(filter: Filter, records: readonly LogRecord[]): number[] {
  return records.flatMap((record, index) => (filter.apply(record) ? [index] : []));
}

/** A chance that is the same in each run (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
