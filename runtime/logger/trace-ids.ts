import type { Environment } from '../../contract/codec.js';
import { variable } from '../enrich/variables.js';
import { activeSpanContext, type SpanContext } from '../io/open-telemetry.js';
import { needStack } from '../io/stack.js';
import type { Fields } from '../log-record.js';
import { guarded } from '../serialize/guard.js';

const TRACE_ID = /^(?!0+$)[0-9a-f]{32}$/;
const SPAN_ID = /^(?!0+$)[0-9a-f]{16}$/;

const XRAY_ROOT = /(?:^|;)\s*Root=(1-[0-9a-f]{8}-[0-9a-f]{24})\s*(?:;|$)/;
const XRAY_PARENT = /(?:^|;)\s*Parent=([0-9a-f]{16})\s*(?:;|$)/;

/**
 * Makes the function that each log call asks for `traceId` and `spanId`. It returns `undefined` where nothing is traced, and
 * never throws, unless the stack is full.
 *
 * 1. The active OpenTelemetry span, where `@opentelemetry/api` is in the process: ids of 32 and 16 hexadecimal digits.
 * 2. In Lambda, the X-Ray header of the variable `_X_AMZN_TRACE_ID`, which it sets for each invocation: `traceId` as AWS writes
 *    it, `1-5759e988-bd862e3fe1be46a994272793`, because X-Ray and Logs Insights look for that; its parent is the `spanId`.
 */
export function traceReader(env: Environment): () => Fields | undefined {
  // Only Lambda sets the header, and reading a variable of the process takes longer than the rest of a log call.
  if (variable(env, 'AWS_LAMBDA_FUNCTION_NAME') === undefined) return ofSpan;
  const ofInvocation = xrayReader(env);
  return () => ofSpan() ?? ofInvocation();
}

function ofSpan(): Fields | undefined {
  const span = guarded(activeSpanContext, undefined);
  if (!span) return undefined;
  needStack('aMatch');
  return guarded(() => fieldsOfSpan(span), undefined);
}

function fieldsOfSpan({ traceId, spanId }: SpanContext): Fields | undefined {
  return TRACE_ID.test(traceId) && SPAN_ID.test(spanId) ? { traceId, spanId } : undefined;
}

/** Parses the header once for each invocation. */
function xrayReader(env: Environment): () => Fields | undefined {
  let last: string | undefined;
  let fields: Fields | undefined;
  return () => {
    const header = env['_X_AMZN_TRACE_ID'];
    if (header === last) return fields;
    needStack('aMatch');
    fields = header === undefined ? undefined : fieldsOfHeader(header);
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
