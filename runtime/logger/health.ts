import { reasonOf } from '../serialize/guard.js';
import type { SinkHealth } from '../ack/health.js';
import type { Sink } from '../sink-port.js';

/** The state of a logger's sinks. */
export interface LoggerHealth {
  /** The worst state of any sink. */
  readonly state: SinkHealth['state'];
  readonly sinks: readonly (SinkHealth & { readonly name: string })[];
}

const STATES = ['healthy', 'degraded', 'failing', 'closed'] as const satisfies readonly SinkHealth['state'][];

/**
 * Asks each sink. One without `health()` counts as healthy, one that throws as degraded.
 *
 * @param onThrown called with what a sink threw
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
