import type { Environment } from '../../contract/codec.js';
import { variable } from '../enrich/variables.js';
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
 * How to read `traceId` and `spanId` of what runs now, at each log call; `undefined` where nothing is traced. Never throws.
 *
 * 1. The active OpenTelemetry span, where `@opentelemetry/api` is in the process: ids of 32 and 16 hexadecimal digits.
 * 2. In Lambda, the X-Ray header of the variable `_X_AMZN_TRACE_ID`, which it sets for each invocation: `traceId` as AWS writes
 *    it, `1-5759e988-bd862e3fe1be46a994272793`, because X-Ray and Logs Insights look for that; its parent is the `spanId`.
 */
export function traceReader(env: Environment): () => Fields | undefined {
  // Elsewhere nobody sets it, and to read a variable of the process takes longer than the rest of a log call.
  if (variable(env, 'AWS_LAMBDA_FUNCTION_NAME') === undefined) return ofSpan;
  const ofInvocation = xrayReader(env);
  return () => ofSpan() ?? ofInvocation();
}

function ofSpan(): Fields | undefined {
  return guarded(openTelemetryFields, undefined);
}

function openTelemetryFields(): Fields | undefined {
  const registry = (globalThis as Record<symbol, unknown>)[REGISTRY] as OpenTelemetryGlobal | undefined;
  const span = registry?.context?.active().getValue(SPAN) as Span | undefined;
  if (!span) return undefined;
  const { traceId, spanId } = span.spanContext();
  return TRACE_ID.test(traceId) && SPAN_ID.test(spanId) ? { traceId, spanId } : undefined;
}

/** The header stays the same for an invocation, so it is understood once. */
function xrayReader(env: Environment): () => Fields | undefined {
  let last: string | undefined;
  let fields: Fields | undefined;
  return () => {
    const header = env['_X_AMZN_TRACE_ID'];
    if (header !== last) fields = header === undefined ? undefined : fieldsOfHeader(header);
    last = header;
    return fields;
  };
}

function fieldsOfHeader(header: string): Fields | undefined {
  const traceId = XRAY_ROOT.exec(header)?.[1];
  if (traceId === undefined) return undefined;
  const spanId = XRAY_PARENT.exec(header)?.[1];
  return Object.freeze(spanId === undefined ? { traceId } : { traceId, spanId });
}
