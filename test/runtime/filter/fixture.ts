import type { Level } from '../../../contract/levels.js';
import type { ValuesOf } from '../../../contract/sections.js';
import type { Filter, FilterContext } from '../../../runtime/filter/filter.js';
import type { Fields, LogRecord } from '../../../runtime/log-record.js';
import { Settings, type SettingsInput } from '../../../runtime/settings/settings.js';
import { ManualClock } from '../../support/manual-clock.js';

/** 2026-01-15T12:00:00.000Z */
export const NOON_MS = Date.UTC(2026, 0, 15, 12);

/** A context that keeps what a filter tells. */
export class FilterFixture implements FilterContext {
  readonly clock = new ManualClock(NOON_MS);
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
