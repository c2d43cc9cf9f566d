import { OURS } from './contestant.js';
import type { Judgement } from './endpoint/server.js';
import type { Measured } from './measure/turns.js';
import type { Results } from './results.js';

type Fate = Pick<Judgement, 'lost' | 'duplicated' | 'refused'>;

/** Failures that this project's logger must not show, on any machine. */
export function damageOf({ throughput, latency, network, lambda, nodes, adapters }: Results): string[] {
  const fatesOfNodes = nodes.map(({ samples, ...rest }) => ({
    ...rest,
    samples: samples.flatMap((each) => [each.throughput ?? [], each.latency ?? []].flat()),
  }));
  const all: readonly Measured<string, Fate>[] = [
    ...throughput,
    ...latency,
    ...network,
    ...lambda,
    ...fatesOfNodes,
    ...adapters.throughput,
    ...adapters.latency,
  ];
  return all.filter(({ name }) => isOurs(name)).flatMap(damageOfOne);
}

/** Names of measurements have the contestant among their words. */
function isOurs(name: string): boolean {
  return OURS.some((ours) => name.split(/,? /).includes(ours));
}

function damageOfOne({ name, samples, failure }: Measured<string, Fate>): string[] {
  const damaged = samples.filter(({ lost, duplicated, refused }) => lost + duplicated + refused > 0);
  return [
    ...(failure ? [`${name} failed: ${failure}`] : []),
    ...damaged.map(
      ({ lost, duplicated, refused }) =>
        `${name} had ${lost} events lost, ${duplicated} duplicated, ${refused} refused; expected none`,
    ),
  ];
}
