import { reasonOf } from '../serialize/guard.js';
import type { SinkHealth } from '../ack/health.js';
import type { Sink } from '../sink-port.js';

/** How the sinks do. */
export interface LoggerHealth {
  /** The worst of the sinks. */
  readonly state: SinkHealth['state'];
  readonly sinks: readonly (SinkHealth & { readonly name: string })[];
}

const STATES = ['healthy', 'degraded', 'failing', 'closed'] as const satisfies readonly SinkHealth['state'][];

/**
 * A sink that does not tell counts as healthy, one that throws as degraded.
 *
 * @param onThrown hears of what a sink threw
 */
export function healthOf(
  sinks: readonly Sink[],
  onThrown: (sink: Sink, thrown: unknown) => void,
): LoggerHealth {
  const states = sinks.map((sink) => ({
    name: sink.name,
    ...stateOf(sink, (thrown) => onThrown(sink, thrown)),
  }));
  const worst = Math.max(0, ...states.map(({ state }) => STATES.indexOf(state)));
  return { state: STATES[worst]!, sinks: states };
}

function stateOf(sink: Sink, onThrown: (thrown: unknown) => void): SinkHealth {
  try {
    return sink.health?.() ?? { state: 'healthy' };
  } catch (error) {
    onThrown(error);
    return { state: 'degraded', lastError: reasonOf(error) };
  }
}
