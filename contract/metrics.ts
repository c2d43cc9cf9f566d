import {
  MAX_DIMENSION_NAME_LENGTH,
  MAX_DIMENSION_VALUE_LENGTH,
  MAX_METRIC_NAME_LENGTH,
  MAX_METRIC_VALUE,
  MAX_METRIC_VALUES,
  MAX_NAMESPACE_LENGTH,
} from './limits.js';

/** Units of a metric. Guide: the specification of the embedded metric format, `Unit`. */
export const METRIC_UNITS = [
  'Seconds',
  'Microseconds',
  'Milliseconds',
  'Bytes',
  'Kilobytes',
  'Megabytes',
  'Gigabytes',
  'Terabytes',
  'Bits',
  'Kilobits',
  'Megabits',
  'Gigabits',
  'Terabits',
  'Percent',
  'Count',
  'Bytes/Second',
  'Kilobytes/Second',
  'Megabytes/Second',
  'Gigabytes/Second',
  'Terabytes/Second',
  'Bits/Second',
  'Kilobits/Second',
  'Megabits/Second',
  'Gigabits/Second',
  'Terabits/Second',
  'Count/Second',
  'None',
] as const;

/** The unit of a metric. */
export type MetricUnit = (typeof METRIC_UNITS)[number];

export const NAMESPACE_RULE = `1 to ${MAX_NAMESPACE_LENGTH} letters, digits, spaces and . - _ / # :, not beginning with ":" or "AWS/"`;

export function isNamespace(value: string): boolean {
  const isLegal = /^[A-Za-z0-9 ._/#:-]+$/.test(value) && value.length <= MAX_NAMESPACE_LENGTH;
  return isLegal && value.trim() !== '' && !value.startsWith(':') && !value.startsWith('AWS/');
}

export const METRIC_NAME_RULE = `1 to ${MAX_METRIC_NAME_LENGTH} printable ASCII characters`;

export function isMetricName(value: unknown): value is string {
  return isPrintable(value, MAX_METRIC_NAME_LENGTH);
}

export const DIMENSION_RULE = `names of 1 to ${MAX_DIMENSION_NAME_LENGTH}, values of 1 to ${MAX_DIMENSION_VALUE_LENGTH} printable ASCII characters; no name begins with ":"`;

export function isDimensionName(value: string): boolean {
  return isPrintable(value, MAX_DIMENSION_NAME_LENGTH) && !value.startsWith(':');
}

export function isDimensionValue(value: unknown): value is string {
  return isPrintable(value, MAX_DIMENSION_VALUE_LENGTH);
}

export const METRIC_VALUE_RULE = `a finite number from -2^360 to 2^360, or 1 to ${MAX_METRIC_VALUES} of them`;

/** Whether CloudWatch takes the value, or the values, of a metric. */
export function isMetricValue(value: unknown): value is number | readonly number[] {
  if (!Array.isArray(value)) return isInRange(value);
  return value.length > 0 && value.length <= MAX_METRIC_VALUES && Array.from(value).every(isInRange);
}

function isInRange(value: unknown): boolean {
  return typeof value === 'number' && Math.abs(value) <= MAX_METRIC_VALUE;
}

function isPrintable(value: unknown, maxLength: number): value is string {
  return (
    typeof value === 'string' && value.length <= maxLength && /^[ -~]+$/.test(value) && value.trim() !== ''
  );
}
