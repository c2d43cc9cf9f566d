import { types } from 'node:util';

/** A value with its bytes as base64, as OTLP's JSON has them: a log line shows only the beginning of bytes. */
export function plainValue(value: unknown): unknown {
  return hasBytes(value, new Set()) ? copied(value, new Map()) : value;
}

function hasBytes(value: unknown, seen: Set<unknown>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  if (types.isUint8Array(value)) return true;
  seen.add(value);
  return isMapOrArray(value) && Object.values(value).some((member) => hasBytes(member, seen));
}

/** @param copies what is copied already, since a value may contain itself */
function copied(value: unknown, copies: Map<object, object>): unknown {
  if (types.isUint8Array(value)) return Buffer.from(value).toString('base64');
  if (typeof value !== 'object' || value === null || !isMapOrArray(value)) return value;
  const known = copies.get(value);
  if (known) return known;
  const copy = (Array.isArray(value) ? [] : Object.create(null)) as Record<string, unknown>;
  copies.set(value, copy);
  for (const [name, member] of Object.entries(value)) copy[name] = copied(member, copies);
  return Array.isArray(copy) ? copy : Object.setPrototypeOf(copy, Object.prototype);
}

/** Bytes are found in what OpenTelemetry calls a value: maps and arrays, not objects of classes. */
function isMapOrArray(value: object): value is Record<string, unknown> {
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}
