import type { MetricUnit } from '../../contract/metrics.js';

/** What all metrics of a line share. */
export interface MetricsOptions {
  /**
   * Names and values by which CloudWatch tells apart metrics of one name. Each combination of values is a metric of its own, and paid
   * for: put a request's id into a field instead, by `child` or `withContext`. At most 30.
   *
   * @default - `service`, if the name of the service is known; it is added to those given here, too
   */
  readonly dimensions?: Readonly<Record<string, string>> | undefined;
  /** Where CloudWatch keeps the metrics. @default - `core.metricsNamespace` of the settings, else the name of the service */
  readonly namespace?: string | undefined;
  /** When it was measured: a date, or milliseconds since the epoch; at most 14 days ago. @default - now */
  readonly timestamp?: Date | number | undefined;
}

/** How one metric is measured. */
export interface MetricOptions extends MetricsOptions {
  /** What the values count, as CloudWatch names it: `Milliseconds`, `Bytes`, `Count`. @default 'None' */
  readonly unit?: MetricUnit | undefined;
  /** How fine CloudWatch keeps the values, in seconds: 1 costs more to read. @default 60 */
  readonly storageResolution?: 1 | 60 | undefined;
}

/** A number, or up to 100 of them that were measured since the last line. */
export type MetricValue = number | readonly number[];

/** A value of several that go into one line. */
export interface MetricEntry extends Pick<MetricOptions, 'unit' | 'storageResolution'> {
  /** A number, or up to 100 of them. */
  readonly value: MetricValue;
}
