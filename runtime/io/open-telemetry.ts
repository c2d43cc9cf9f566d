/** The parts of `@opentelemetry/api` that are used here. Its version 1 registers them for all copies of itself in a process. */
interface OpenTelemetryGlobal {
  readonly context?: {
    active(): OpenTelemetryContext;
    with<Result>(context: OpenTelemetryContext, work: () => Result): Result;
  };
}

interface OpenTelemetryContext {
  getValue(key: symbol): unknown;
  setValue(key: symbol, value: unknown): OpenTelemetryContext;
}

/** The ids of a span, as OpenTelemetry gives them. */
export interface SpanContext {
  readonly traceId: string;
  readonly spanId: string;
  /** The byte of flags that goes with the ids; its lowest bit says that the trace is sampled. */
  readonly traceFlags?: number;
}

const REGISTRY = Symbol.for('opentelemetry.js.api.1');
const SPAN = Symbol.for('OpenTelemetry Context Key SPAN');

/** OpenTelemetry's own exporters use this key to keep their calls out of traces. */
const SUPPRESS_TRACING = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** The ids of the active span; `undefined` without one. They are not checked, and a span that is not OpenTelemetry's may throw. */
export function activeSpanContext(): SpanContext | undefined {
  const span = registered()?.context?.active().getValue(SPAN) as { spanContext(): SpanContext } | undefined;
  return span?.spanContext();
}

/** Runs `work` untraced where OpenTelemetry is present: delivering logs must not make more of them. */
export function untraced<Result>(work: () => Result): Result {
  const context = registered()?.context;
  return context ? context.with(context.active().setValue(SUPPRESS_TRACING, true), work) : work();
}

function registered(): OpenTelemetryGlobal | undefined {
  return (globalThis as Record<symbol, unknown>)[REGISTRY] as OpenTelemetryGlobal | undefined;
}
