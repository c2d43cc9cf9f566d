import type { Fault } from '../../local/index.js';

const FAULTS: readonly Fault[] = [
  { kind: 'throttle', times: 3, operation: '*' },
  { kind: 'unavailable', times: 5 },
  { kind: 'internal', times: 2 },
  { kind: 'hang' },
  { kind: 'delay', delayMs: 500, times: 3 },
  { kind: 'resetBefore', times: 5, operation: '*' },
  { kind: 'resetAfter', times: 2 },
  { kind: 'cutBody', times: 2 },
  { kind: 'noRequestId', times: 2, stored: true },
  { kind: 'missing', times: 2 },
  { kind: 'expiredCredentials', times: 2 },
  { kind: 'accessDenied', times: 2 },
  { kind: 'error', status: 400, errorName: 'SerializationException', message: 'malformed' },
];

/** One of the faults of a foul minute. */
export function anyFault(random: () => number): Fault {
  return FAULTS[Math.floor(random() * FAULTS.length)]!;
}
