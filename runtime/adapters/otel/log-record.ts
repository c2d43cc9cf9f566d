import type { SpanContext } from '../../io/open-telemetry.js';

/** Seconds since the epoch and nanoseconds. */
export type OtelTime = readonly [seconds: number, nanoseconds: number];

/** The parts of a resource that are read here. */
export interface OtelResource {
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Whether some attributes are still being found out. */
  readonly asyncAttributesPending?: boolean | undefined;
  /** The attributes as they are given: those that are still being found out are promises. Of two with one name the first counts. */
  getRawAttributes?(): readonly (readonly [name: string, value?: unknown])[];
}

/** The library, or part of it, that made a record. */
export interface OtelScope {
  readonly name: string;
  readonly version?: string | undefined;
  readonly attributes?: Readonly<Record<string, unknown>> | undefined;
}

/** A log record of OpenTelemetry, as `ReadableLogRecord` of `@opentelemetry/sdk-logs` has it, in any of its versions. */
export interface OtelLogRecord {
  readonly hrTime: OtelTime;
  readonly hrTimeObserved: OtelTime;
  readonly spanContext?: SpanContext | undefined;
  /** From 1 to 24; 0 stands for none. */
  readonly severityNumber?: number | undefined;
  readonly severityText?: string | undefined;
  readonly body?: unknown;
  readonly eventName?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly droppedAttributesCount: number;
  readonly resource: OtelResource;
  readonly instrumentationScope: OtelScope;
}

/** What an exporter answers: 0 is success, 1 failure. */
export interface OtelExportResult {
  code: 0 | 1;
  error?: Error;
}
