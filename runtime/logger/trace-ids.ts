import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

/** What is used of `@opentelemetry/api`, as its version 1 registers it for all copies of itself in a process. */
interface OpenTelemetryGlobal {
  readonly context?: { active(): { getValue(key: symbol): unknown } };
}

interface Span {
  spanContext(): { readonly traceId: string; readonly spanId: string };
}

const REGISTRY = Symbol.for('opentelemetry.js.api.1');
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

const XRAY_ROOT = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})\s*(?:;|$)/;
const XRAY_PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})\s*(?:;|$)/;

/**
 * `traceId` and `spanId` of what runs now, to be read at each log call; `undefined` where nothing is traced. Never throws.
 *
 * 1. The active OpenTelemetry span, where `@opentelemetry/api` is in the process: ids of 32 and 16 hexadecimal digits.
 * 2. The X-Ray header of the variable `_X_AMZN_TRACE_ID`, which Lambda sets for each invocation: `traceId` as AWS writes it,
 *    `1-5759e988-bd862e3fe1be46a994272793`, because X-Ray and Logs Insights look for that; its parent is the `spanId`.
 */
export function traceFields(): Fields | undefined {
  return guarded(openTelemetryFields, undefined) ?? guarded(xrayFields, undefined);
}

function openTelemetryFields(): Fields | undefined {
  const { context } = ((globalThis as Record<symbol, unknown>)[REGISTRY] ?? {}) as OpenTelemetryGlobal;
  const span = context?.active().getValue(SPAN) as Span | undefined;
  if (!span) return undefined;
  const { traceId, spanId } = span.spanContext();
  return TRACE_ID.test(traceId) && SPAN_ID.test(spanId) ? { traceId, spanId } : undefined;
}

let lastHeader: string | undefined;
let lastFields: Fields | undefined;

/** The header stays the same for an invocation, so it is read once. */
function xrayFields(): Fields | undefined {
  const header = process.env['_X_AMZN_TRACE_ID'];
  if (header !== lastHeader) {
    lastHeader = header;
    lastFields = header === undefined ? undefined : fieldsOfHeader(header);
  }
  return lastFields;
}

function fieldsOfHeader(header: string): Fields | undefined {
  const traceId = XRAY_ROOT.exec(header)?.[1];
  if (traceId === undefined) return undefined;
  const spanId = XRAY_PARENT.exec(header)?.[1];
  return Object.freeze(spanId === undefined ? { traceId } : { traceId, spanId });
}
