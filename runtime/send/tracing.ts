/** What is used of `@opentelemetry/api`, as its version 1 registers it for all copies of itself in a process. */
interface OpenTelemetryGlobal {
  readonly context?: {
    active(): OpenTelemetryContext;
    with<Result>(context: OpenTelemetryContext, work: () => Result): Result;
  };
}

interface OpenTelemetryContext {
  setValue(key: symbol, value: unknown): OpenTelemetryContext;
}

const REGISTRY = Symbol.for('opentelemetry.js.api.1');

/** The key by which OpenTelemetry's own exporters keep their calls out of traces. */
const SUPPRESS_TRACING = Symbol.for('OpenTelemetry SDK Context Key SUPPRESS_TRACING');

/** Runs the sink's own calls untraced, where OpenTelemetry is present: delivering logs must not make more of them. */
export function untraced<Result>(work: () => Result): Result {
  const { context } = ((globalThis as Record<symbol, unknown>)[REGISTRY] ?? {}) as OpenTelemetryGlobal;
  return context ? context.with(context.active().setValue(SUPPRESS_TRACING, true), work) : work();
}
