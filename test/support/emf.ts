import { METRIC_UNITS } from '../../contract/metrics.js';

/** A metric as CloudWatch would record it. */
export interface RecordedMetric {
  readonly namespace: string;
  readonly name: string;
  readonly unit: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly values: readonly number[];
  readonly timeMs: number;
  readonly resolution: number;
}

const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;

/**
 * Judges a line as the specification of the embedded metric format says, by its JSON schema and by what its text demands of the members
 * that it names. Written from the specification alone, and stricter than the service, which may let something pass.
 *
 * @throws Error that says what is wrong
 */
export function metricsOf(line: string, nowMs = Date.now()): RecordedMetric[] {
  const root = asObject(JSON.parse(line), 'the root node');
  if (!('_aws' in root)) return [];
  const { Timestamp, CloudWatchMetrics, ...others } = asObject(root['_aws'], '_aws');
  require(Object.keys(others).length === 0, '_aws has other members');
  require(Number.isInteger(Timestamp), 'Timestamp is no integer');
  const timeMs = Timestamp as number;
  require(timeMs >= nowMs - 14 * DAY_MS && timeMs <= nowMs + 2 * HOUR_MS, 'Timestamp is out of range');
  return asList(CloudWatchMetrics, 'CloudWatchMetrics').flatMap((directive) =>
    ofDirective(root, timeMs, directive),
  );
}

function ofDirective(root: Members, timeMs: number, given: unknown): RecordedMetric[] {
  const { Namespace, Dimensions, Metrics, ...others } = asObject(given, 'a directive');
  require(Object.keys(others).length === 0, 'a directive has other members');
  const namespace = asText(Namespace, 'Namespace', 255);
  const sets = asList(Dimensions, 'Dimensions').map((set) => dimensionsOf(root, set));
  require(sets.length > 0, 'Dimensions is empty');
  const metrics = asList(Metrics, 'Metrics');
  require(metrics.length > 0 && metrics.length <= 100, `there are ${metrics.length} metrics`);
  return metrics.flatMap((metric) => {
    const { Name, Unit = 'None', StorageResolution = 60, ...more } = asObject(metric, 'a metric');
    require(Object.keys(more).length === 0, 'a metric has other members');
    const name = asText(Name, 'Name', 1_024);
    require((METRIC_UNITS as readonly unknown[]).includes(Unit), `Unit is ${String(Unit)}`);
    require(StorageResolution === 1 || StorageResolution === 60, 'StorageResolution is neither 1 nor 60');
    const values = valuesOf(root[name], name);
    return sets.map((dimensions) => ({
      namespace,
      name,
      unit: Unit as string,
      dimensions,
      values,
      timeMs,
      resolution: StorageResolution as number,
    }));
  });
}

function dimensionsOf(root: Members, set: unknown): Record<string, string> {
  const names = asList(set, 'a set of dimensions').map((name) =>
    asText(name, 'the name of a dimension', 250),
  );
  require(names.length <= 30, `there are ${names.length} dimensions`);
  require(new Set(names).size === names.length, 'a dimension is named twice');
  return Object.fromEntries(names.map((name) => [name, asText(root[name], `dimension ${name}`, 1_024)]));
}

function valuesOf(value: unknown, name: string): number[] {
  const values = Array.isArray(value) ? (value as unknown[]) : [value];
  require(values.length > 0 && values.length <= 100, `metric ${name} has ${values.length} values`);
  return values.map((each) => {
    require(typeof each === 'number' && Number.isFinite(each), `metric ${name} is ${String(each)}`);
    return each as number;
  });
}

type Members = Readonly<Record<string, unknown>>;

function require(condition: boolean, otherwise: string): void {
  if (!condition) throw new Error(`no embedded metric: ${otherwise}`);
}

function asObject(value: unknown, what: string): Members {
  require(typeof value === 'object' && value !== null && !Array.isArray(value), `${what} is no object`);
  return value as Members;
}

function asList(value: unknown, what: string): readonly unknown[] {
  require(Array.isArray(value), `${what} is no array`);
  return value as readonly unknown[];
}

function asText(value: unknown, what: string, maxLength: number): string {
  require(typeof value === 'string' && value.length > 0 && value.length <= maxLength, `${what} is no text`);
  return value as string;
}
