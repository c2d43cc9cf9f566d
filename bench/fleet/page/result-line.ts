import { number } from '../../page/figure.js';
import type { FleetResult } from '../result.js';
import { byReason, ratio, seconds, share, sum } from './cell.js';
import { recoveryRatio } from './recovery-ratio.js';

const NAME_WIDTH = 17;

/** A result in one line, with the figures that matter in its scenario. */
export function resultLine(result: FleetResult): string {
  const { scenario, isRestrained, delayMs, callsPerAccepted, neighbour, lost } = result;
  const parts = [
    `${number(lost)} lost`,
    ...fates(result),
    `delay ${seconds(delayMs.p50)} / ${seconds(delayMs.p99)} / ${seconds(delayMs.max)} s`,
    `${ratio(callsPerAccepted)} calls for 1`,
    `neighbour ${share(neighbour.atOnce)}, ${share(neighbour.granted)}`,
    ...streams(result),
    ...flushes(result),
    ...recovery(result),
  ];
  return `${scenario.padEnd(NAME_WIDTH)}${isRestrained ? 'with   ' : 'without'}  ${parts.join(' · ')}`;
}

function fates({ diverted, dropped }: FleetResult): string[] {
  return [
    ...(sum(diverted) > 0 ? [`diverted ${byReason(diverted)}`] : []),
    ...(sum(dropped) > 0 ? [`dropped ${byReason(dropped)}`] : []),
  ];
}

function streams({ calls: { CreateLogStream } }: FleetResult): string[] {
  const { accepted, throttled } = CreateLogStream;
  return accepted > 0 ? [`streams ${number(accepted)}, ${number(throttled)} refused`] : [];
}

function flushes({ flushMs }: FleetResult): string[] {
  return flushMs ? [`flush ${number(flushMs.p50)} / ${number(flushMs.p99)} / ${number(flushMs.max)} ms`] : [];
}

function recovery(result: FleetResult): string[] {
  const times = recoveryRatio(result);
  if (times === undefined) return [];
  return [Number.isFinite(times) ? `recovered in ${ratio(times)} × the least time` : 'not recovered'];
}
