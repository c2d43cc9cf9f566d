import { knownFields } from '../enrich/variables.js';
import { activeSpanContext, type SpanContext } from '../io/open-telemetry.js';
import { needStack } from '../io/stack.js';
import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

/** Names and forms in which a line has the ids of its trace. */
export type TraceFormat = 'otel' | 'snake' | 'xray';

/** The ids of a trace, each as its source writes it. */
interface Trace {
  readonly traceId: string;
  readonly spanId?: string | undefined;
  /** Two hexadecimal digits. */
  readonly flags?: string | undefined;
}

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

/** https://www.w3.org/TR/trace-context/: version, trace, span, flags, and what a version after 00 may add. */
const TRACE_PARENT = /^([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?$/;

const XRAY_ROOT = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})\s*(?:;|$)/;
const XRAY_PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})\s*(?:;|$)/;
const XRAY_SAMPLED = /(?:^|;)\s*Sampled=([01])\s*(?:;|$)/;

const fieldsIn: Readonly<Record<TraceFormat, (trace: Trace) => Fields>> = {
  otel: ({ traceId, spanId }) => ({ traceId, spanId }),
  snake: ({ traceId, spanId, flags }) => ({ trace_id: hexOf(traceId), span_id: spanId, trace_flags: flags }),
  xray: ({ traceId, spanId }) => ({ traceId: rootOf(traceId), spanId }),
};

/** The fields of the active OpenTelemetry span; `undefined` without one. Never throws, unless the stack is full. */
export function fieldsOfSpan(format: TraceFormat): Fields | undefined {
  const span = guarded(activeSpanContext, undefined);
  return span && fieldsOfSpanContext(span, format);
}

/** The fields of a span; `undefined` if its ids are none. Never throws, unless the stack is full. */
export function fieldsOfSpanContext(span: SpanContext, format: TraceFormat): Fields | undefined {
  needStack('aMatch');
  return guarded(() => {
    const trace = traceOfSpan(span);
    return trace && fieldsIn[format](trace);
  }, undefined);
}

/**
 * The fields of an X-Ray header, with its parent as the span; `undefined` if it names no trace.
 *
 * @throws RangeError if the stack is full
 */
export function fieldsOfHeader(header: string, format: TraceFormat): Fields | undefined {
  needStack('aMatch');
  const trace = traceOfHeader(header);
  return trace && knownFields(fieldsIn[format](trace));
}

/** The trace in which a request is made, as its headers name it. The span is that of the caller. */
export class RequestTrace {
  readonly #trace: Trace;
  readonly #fields: { [Format in TraceFormat]?: Fields } = {};

  private constructor(trace: Trace) {
    this.#trace = trace;
  }

  /** @returns `undefined` where neither header names a trace; of two, `traceparent` wins. */
  static of(traceparent: string | undefined, xray: string | undefined): RequestTrace | undefined {
    const trace = traceOfParent(traceparent) ?? (xray === undefined ? undefined : traceOfHeader(xray));
    return trace && new RequestTrace(trace);
  }

  /** The same object each time, frozen, so that it is encoded once for all lines of the request. */
  fields(format: TraceFormat): Fields {
    return (this.#fields[format] ??= Object.freeze(knownFields(fieldsIn[format](this.#trace))));
  }
}

function traceOfParent(header = ''): Trace | undefined {
  const [, version, traceId = '', spanId = '', flags, more] = TRACE_PARENT.exec(header) ?? [];
  if (version === 'ff' || (version === '00' && more !== undefined)) return undefined;
  return TRACE_ID.test(traceId) && SPAN_ID.test(spanId) ? { traceId, spanId, flags } : undefined;
}

function traceOfSpan({ traceId, spanId, traceFlags }: SpanContext): Trace | undefined {
  if (!TRACE_ID.test(traceId) || !SPAN_ID.test(spanId)) return undefined;
  return { traceId, spanId, flags: flagsOf(traceFlags) };
}

function flagsOf(flags: number | undefined): string | undefined {
  return Number.isInteger(flags) ? (flags! & 0xff).toString(16).padStart(2, '0') : undefined;
}

function traceOfHeader(header: string): Trace | undefined {
  const traceId = XRAY_ROOT.exec(header)?.[1];
  if (traceId === undefined) return undefined;
  const sampled = XRAY_SAMPLED.exec(header)?.[1];
  return { traceId, spanId: XRAY_PARENT.exec(header)?.[1], flags: sampled && `0${sampled}` };
}

/** `1-5759e988-bd862e3fe1be46a994272793` is X-Ray's form of the 32 digits `5759e988bd862e3fe1be46a994272793`. */
function hexOf(traceId: string): string {
  return traceId.replace(/^1-/, '').replace('-', '');
}

function rootOf(traceId: string): string {
  return traceId.includes('-') ? traceId : `1-${traceId.slice(0, 8)}-${traceId.slice(8)}`;
}
