import { MAX_EVENT_METRICS, MAX_METRIC_DIMENSIONS } from '../../contract/limits.js';
import {
  DIMENSION_RULE,
  isDimensionName,
  isDimensionValue,
  isMetricName,
  isMetricValue,
  isNamespace,
  METRIC_NAME_RULE,
  METRIC_UNITS,
  METRIC_VALUE_RULE,
  NAMESPACE_RULE,
} from '../../contract/metrics.js';
import { shown } from '../../contract/problems.js';
import type { Fields } from '../log-record.js';
import {
  EMF_MEMBER,
  memberOf,
  metricMembers,
  valuesOf,
  withMembers,
  type EmbeddedMetrics,
  type Measured,
} from '../serialize/embedded-metric.js';
import { OWN_MEMBERS } from '../serialize/line-parts.js';
import { lineName } from '../serialize/names.js';
import { copyOf, setMember } from '../serialize/view.js';

/** Why values stay plain fields of their line, which CloudWatch does not count. */
export interface Refusal {
  /** The end of the diagnostic's code. */
  readonly about:
    'name' | 'value' | 'unit' | 'resolution' | 'dimensions' | 'namespace' | 'timestamp' | 'options';
  /** A sentence that names what is wrong, its value and what is allowed. */
  readonly what: string;
}

/** A call of `metric` or `metrics`, checked. */
export interface MetricCall {
  readonly timeMs: number;
  /** The names of the metrics. */
  readonly message: string;
  /** Fields that are no values of metrics: dimensions, and values that no metric can have. */
  readonly fields: Fields;
  readonly metrics: readonly Measured[];
  readonly dimensions: readonly string[];
  readonly namespace: string | undefined;
  readonly refusals: readonly Refusal[];
  /** Whether something is wrong that all metrics share. */
  readonly isPlain: boolean;
}

/** What the process knows. */
export interface MetricDefaults {
  readonly namespace: string | undefined;
}

const SHARED_OPTIONS = ['dimensions', 'namespace', 'timestamp'];
const UNIT_OPTIONS = ['unit', 'storageResolution'];
const ENTRY_OPTIONS = ['value', ...UNIT_OPTIONS];

/** The times that a date can have, in milliseconds around the epoch. */
const MAX_DATE_MS = 8.64e15;

/** The most names that a message has. */
const MAX_NAMES_IN_MESSAGE = 5;

/** Reads `metric(name, value, options)`. */
export function readMetric(name: unknown, value: unknown, given: unknown, nowMs: number): MetricCall {
  const options = optionsOf(given);
  const { unit, storageResolution, ...shared } = options.members;
  const reader = new CallReader(nowMs, options.refusals);
  reader.noteUnknown(shared, [...UNIT_OPTIONS, ...SHARED_OPTIONS]);
  return reader.read([[name, { value, unit, storageResolution }]], shared);
}

/** Reads `metrics(values, options)`. */
export function readMetrics(values: unknown, given: unknown, nowMs: number): MetricCall {
  const options = optionsOf(given);
  const entries = isMapping(values) ? Object.entries(copyOf(values)) : [];
  if (entries.length === 0)
    options.refusals.push({
      about: 'name',
      what: `there is none; allowed: an object of values by their names, such as { orders: 1 }, at most ${MAX_EVENT_METRICS}`,
    });
  const read = entries.map(([name, entry]): [string, Fields] => [name, entryOf(entry)]);
  const reader = new CallReader(nowMs, options.refusals);
  reader.noteUnknown(options.members, SHARED_OPTIONS);
  return reader.read(read, options.members);
}

function entryOf(entry: unknown): Fields {
  return isMapping(entry) ? copyOf(entry) : { value: entry };
}

function isMapping(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function optionsOf(given: unknown): { readonly members: Fields; readonly refusals: Refusal[] } {
  if (given === undefined || given === null) return { members: {}, refusals: [] };
  if (isMapping(given)) return { members: copyOf(given), refusals: [] };
  const what = `options are ${shown(given)}; allowed: an object such as { unit: "Count", dimensions: { kind: "card" } }`;
  return { members: {}, refusals: [{ about: 'options', what }] };
}

class CallReader {
  readonly #nowMs: number;
  readonly #refusals: Refusal[];
  readonly #metrics: Measured[] = [];
  readonly #fields: Record<string, unknown> = {};

  constructor(nowMs: number, refusals: readonly Refusal[]) {
    this.#nowMs = nowMs;
    this.#refusals = [...refusals];
  }

  /** Notes options that there are not in this place. */
  noteUnknown(members: Fields, known: readonly string[]): void {
    for (const name of Object.keys(members)) {
      if (known.includes(name) || members[name] === undefined) continue;
      const hint = UNIT_OPTIONS.includes(name)
        ? `; ${name} stands beside a value: { value: 1, ${name} }`
        : '';
      this.#refuse('options', `there is no option ${shown(name)}; allowed: ${known.join(', ')}${hint}`);
    }
  }

  read(entries: readonly (readonly [unknown, Fields])[], shared: Fields): MetricCall {
    const dimensions = this.#dimensionsOf(shared['dimensions']);
    const timeMs = this.#timeOf(shared['timestamp']);
    const namespace = this.#namespaceOf(shared['namespace']);
    const isPlain = this.#refusals.length > 0;
    for (const [name, entry] of entries) this.#add(name, entry, dimensions);
    return {
      timeMs,
      message: messageOf(entries.map(([name]) => name)),
      fields: this.#fields,
      metrics: this.#metrics,
      dimensions,
      namespace,
      refusals: this.#refusals,
      isPlain,
    };
  }

  #add(name: unknown, entry: Fields, dimensions: readonly string[]): void {
    const before = this.#refusals.length;
    const { value, unit = 'None', storageResolution } = entry;
    this.noteUnknown(entry, ENTRY_OPTIONS);
    const metric = `metric ${shown(name)}`;
    if (!isMetricName(name)) this.#refuse('name', `${metric} is no name; allowed: ${METRIC_NAME_RULE}`);
    else if (isReserved(name) || dimensions.includes(name))
      this.#refuse('name', `${metric} has the name of another member of the line; allowed: any other name`);
    if (!isMetricValue(value))
      this.#refuse('value', `${metric} is ${kindOf(value)}; allowed: ${METRIC_VALUE_RULE}`);
    if (!(METRIC_UNITS as readonly unknown[]).includes(unit))
      this.#refuse(
        'unit',
        `${metric} has the unit ${shown(unit)}; allowed: one of ${METRIC_UNITS.join(', ')}`,
      );
    if (storageResolution !== undefined && storageResolution !== 1 && storageResolution !== 60)
      this.#refuse(
        'resolution',
        `${metric} has storageResolution ${shown(storageResolution)}; allowed: 1 or 60`,
      );
    if (this.#metrics.length === MAX_EVENT_METRICS)
      this.#refuse('name', `${metric} is one too many; allowed: ${MAX_EVENT_METRICS} metrics in a line`);
    if (this.#refusals.length > before) return setMember(this.#fields, fieldName(name), value);
    const measured = Array.isArray(value) ? [...(value as number[])] : value;
    this.#metrics.push({ name, value: measured, unit, resolution: storageResolution } as Measured);
  }

  /** Dimensions are fields, whatever is wrong with them. */
  #dimensionsOf(given: unknown): readonly string[] {
    if (given === undefined || given === null) return [];
    if (!isMapping(given)) {
      this.#refuse('dimensions', `dimensions are ${kindOf(given)}; allowed: an object of texts`);
      return [];
    }
    const dimensions = copyOf(given);
    const names = Object.keys(dimensions).filter((name) => dimensions[name] !== undefined);
    for (const name of names) {
      setMember(this.#fields, fieldName(name), dimensions[name]);
      if (isReserved(name))
        this.#refuse('dimensions', `dimension ${shown(name)} has the name of another member of the line`);
      else if (!isDimensionName(name) || !isDimensionValue(dimensions[name]))
        this.#refuse(
          'dimensions',
          `dimension ${shown(name)} is ${kindOf(dimensions[name])}; allowed: ${DIMENSION_RULE}`,
        );
    }
    if (names.length > MAX_METRIC_DIMENSIONS)
      this.#refuse(
        'dimensions',
        `there are ${names.length} dimensions; allowed: at most ${MAX_METRIC_DIMENSIONS}`,
      );
    return names;
  }

  #timeOf(given: unknown): number {
    if (given === undefined || given === null) return this.#nowMs;
    const timeMs = given instanceof Date ? given.getTime() : given;
    if (typeof timeMs === 'number' && Math.abs(timeMs) <= MAX_DATE_MS) return timeMs;
    const allowed = 'a date, or milliseconds since the epoch';
    this.#refuse('timestamp', `timestamp is ${shown(given)}; allowed: ${allowed}`);
    return this.#nowMs;
  }

  #namespaceOf(given: unknown): string | undefined {
    if (given === undefined || given === null) return undefined;
    if (typeof given === 'string' && isNamespace(given)) return given;
    this.#refuse('namespace', `namespace is ${shown(given)}; allowed: ${NAMESPACE_RULE}`);
    return undefined;
  }

  #refuse(about: Refusal['about'], what: string): void {
    this.#refusals.push({ about, what });
  }
}

/** The line has its own members of these names, or moves others to them. */
function isReserved(name: string): boolean {
  return lineName(name) !== name || name.startsWith('_') || OWN_MEMBERS.includes(name);
}

/** What a value is. A text is not shown: it may be a secret. */
function kindOf(value: unknown): string {
  if (typeof value === 'string') return `a text of ${value.length} characters`;
  if (Array.isArray(value)) return `an array of ${value.length}`;
  return shown(value);
}

function textOf(name: unknown): string {
  return typeof name === 'string' ? name : shown(name);
}

/** A line that is no metric must not look like one that is broken. */
function fieldName(name: unknown): string {
  return name === EMF_MEMBER ? `_${EMF_MEMBER}` : textOf(name);
}

function messageOf(names: readonly unknown[]): string {
  const first = names.slice(0, MAX_NAMES_IN_MESSAGE).map(textOf).join(', ');
  return names.length > MAX_NAMES_IN_MESSAGE
    ? `${first} and ${names.length - MAX_NAMES_IN_MESSAGE} more`
    : first;
}

/**
 * Adds the metrics to the fields of a line.
 *
 * @param fields of the whole line, redacted
 */
export function withMetrics(
  call: MetricCall,
  fields: readonly Fields[],
  defaults: MetricDefaults,
  refuse: (refusal: Refusal) => void,
): readonly Fields[] {
  call.refusals.forEach(refuse);
  const embedded = embeddedIn(call, fields, defaults, refuse);
  return withMembers(embedded ? metricMembers(embedded) : valuesOf(call.metrics), fields);
}

function embeddedIn(
  { timeMs, metrics, dimensions: given, namespace: own, isPlain }: MetricCall,
  fields: readonly Fields[],
  defaults: MetricDefaults,
  refuse: (refusal: Refusal) => void,
): EmbeddedMetrics | undefined {
  if (isPlain || metrics.length === 0) return undefined;
  const service = memberOf(fields, 'service');
  const isKnown = isDimensionValue(service) && !metrics.some(({ name }) => name === 'service');
  const dimensions =
    isKnown && given.length < MAX_METRIC_DIMENSIONS ? [...new Set(['service', ...given])] : given;
  const namespace = own ?? defaults.namespace ?? service;
  if (typeof namespace !== 'string' || !isNamespace(namespace)) {
    const from = namespace === undefined ? 'not set' : `the name of the service, ${shown(namespace)}`;
    const allowed = `${NAMESPACE_RULE}; FAPILOG_CORE__METRICS_NAMESPACE sets it for all`;
    refuse({ about: 'namespace', what: `namespace is ${from}; allowed: ${allowed}` });
    return undefined;
  }
  // Redaction, or a serializer, may have taken one away.
  const lost = dimensions.find((name) => !isDimensionValue(memberOf(fields, name)));
  if (lost === undefined) return { timeMs, namespace, dimensions, metrics };
  refuse({
    about: 'dimensions',
    what: `dimension ${shown(lost)} is no text in the line; allowed: ${DIMENSION_RULE}`,
  });
  return undefined;
}
