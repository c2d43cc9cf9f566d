import { Observable } from './observable.js';
import type { Zone } from './time-zone.js';

export type Theme = 'system' | 'light' | 'dark';

export interface PreferenceValues {
  readonly theme: Theme;
  readonly zone: Zone;
  /** Members of the line that have a column, as facets name them. */
  readonly columns: readonly string[];
  readonly isFacetPanelOpen: boolean;
}

const DEFAULTS: PreferenceValues = { theme: 'system', zone: 'local', columns: [], isFacetPanelOpen: true };
const KEY = 'fapilog-viewer';

/** How one likes the page, kept by the browser. */
export class Preferences extends Observable {
  #values: PreferenceValues = { ...DEFAULTS, ...stored() };

  get values(): PreferenceValues {
    return this.#values;
  }

  set(change: Partial<PreferenceValues>): void {
    this.#values = { ...this.#values, ...change };
    store(this.#values);
    this.changed();
  }

  toggleColumn(name: string): void {
    const { columns } = this.#values;
    this.set({
      columns: columns.includes(name) ? columns.filter((each) => each !== name) : [...columns, name],
    });
  }
}

function stored(): Partial<PreferenceValues> {
  try {
    const { theme, zone, columns, isFacetPanelOpen } = JSON.parse(
      localStorage.getItem(KEY) ?? '{}',
    ) as Record<string, unknown>;
    return {
      ...((theme === 'light' || theme === 'dark') && { theme }),
      ...(zone === 'utc' && { zone }),
      ...(Array.isArray(columns) && { columns: columns.filter((each) => typeof each === 'string') }),
      ...(isFacetPanelOpen === false && { isFacetPanelOpen }),
    };
  } catch {
    return {};
  }
}

/** A browser may have no storage for the page: then the choice holds until it is closed. */
function store(values: PreferenceValues): void {
  try {
    localStorage.setItem(KEY, JSON.stringify(values));
  } catch {
    return;
  }
}
