import type { MetricUnit } from '../../contract/metrics.js';
import type { Fields } from '../log-record.js';
import { guarded, readable } from './guard.js';
import { freeName } from './names.js';
import { copyOf, setMember } from './view.js';

/** One metric of a line. */
export interface Measured {
  readonly name: string;
  readonly value: number | readonly number[];
  readonly unit: MetricUnit;
  /** In seconds. @default 60 */
  readonly resolution?: 1 | 60 | undefined;
}

/** Metrics that CloudWatch finds in a line, by the embedded metric format (EMF). */
export interface EmbeddedMetrics {
  readonly timeMs: number;
  readonly namespace: string;
  /** Names of the members that are dimensions of each metric. */
  readonly dimensions: readonly string[];
  readonly metrics: readonly Measured[];
}

/** The member by which CloudWatch knows the format. */
export const EMF_MEMBER = '_aws';

/** The members of the metrics alone: what names them for CloudWatch, then their values. */
export function metricMembers({ timeMs, namespace, dimensions, metrics }: EmbeddedMetrics): Fields {
  const directive = { Namespace: namespace, Dimensions: [dimensions], Metrics: metrics.map(definitionOf) };
  return {
    [EMF_MEMBER]: { Timestamp: Math.round(timeMs), CloudWatchMetrics: [directive] },
    ...valuesOf(metrics),
  };
}

/** The values by the names of their metrics. */
export function valuesOf(metrics: readonly Measured[]): Fields {
  const values: Record<string, unknown> = {};
  for (const { name, value } of metrics) setMember(values, name, value);
  return values;
}

function definitionOf({ name, unit, resolution }: Measured): object {
  return { Name: name, Unit: unit, ...(resolution === 1 ? { StorageResolution: 1 } : {}) };
}

/** Puts members first, where no limit cuts them. A field that has the name of one gets an underscore: neither is lost. */
export function withMembers(members: Fields, fields: readonly Fields[]): readonly Fields[] {
  const names = Object.keys(members);
  // In the line, an error under `err` has the name `error`.
  if (names.includes('error')) names.push('err');
  return [members, ...fields.map((layer) => givingWay(layer, names))];
}

function givingWay(layer: Fields, names: readonly string[]): Fields {
  const taken = names.filter((name) => guarded(() => Object.hasOwn(layer, name), false));
  if (taken.length === 0) return layer;
  const renamed: Record<string, unknown> = {};
  const copy = copyOf(layer);
  const isTaken = (name: string): boolean => names.includes(name) || Object.hasOwn(copy, name);
  for (const name of Object.keys(copy))
    setMember(renamed, taken.includes(name) ? freeName(name, isTaken) : name, copy[name]);
  return renamed;
}

/** The value that the line has for a name; the last field of several counts. */
export function memberOf(fields: readonly Fields[], name: string): unknown {
  const hasIt = (layer: Fields): boolean => Object.hasOwn(layer, name) && layer[name] !== undefined;
  const layer = fields.findLast((each) => guarded(() => hasIt(each), true));
  return layer && readable(() => layer[name]);
}
