import type { Sink, SinkHealth } from '../sink-port.js';

/** How the sinks do. */
export interface LoggerHealth {
  /** The worst of the sinks. */
  readonly state: SinkHealth['state'];
  readonly sinks: readonly (SinkHealth & { readonly name: string })[];
}

const STATES = ['healthy', 'degraded', 'failing', 'closed'] as const satisfies readonly SinkHealth['state'][];

/** A sink that does not tell counts as healthy. */
export function healthOf(sinks: readonly Sink[]): LoggerHealth {
  const states = sinks.map((sink) => ({
    name: sink.name,
    ...(sink.health?.() ?? { state: 'healthy' as const }),
  }));
  const worst = Math.max(0, ...states.map(({ state }) => STATES.indexOf(state)));
  return { state: STATES[worst]!, sinks: states };
}
