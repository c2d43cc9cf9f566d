import type { Fault } from './faults.js';

/** Kinds that need a share of calls and no more, and `delay`: people can switch them on and off. The others are for tests. */
export const SWITCHABLE_KINDS = [
  'throttle',
  'unavailable',
  'internal',
  'accessDenied',
  'expiredCredentials',
  'delay',
  'hang',
  'resetBefore',
  'resetAfter',
  'noRequestId',
  'cutBody',
  'rejectAll',
  'refuseGzip',
  'missing',
  'tooLarge',
] as const satisfies readonly Fault['kind'][];

export type SwitchableKind = (typeof SWITCHABLE_KINDS)[number];

/** A fault that hits calls until it is switched off. */
export interface SwitchedFault {
  readonly kind: SwitchableKind;
  /** Operation that it hits; `*` is any. */
  readonly operation: string;
  /** Share of the calls that it hits, from 0 to 1. */
  readonly probability: number;
  /** For `delay`. */
  readonly delayMs?: number | undefined;
}

/** The longest delay that people can switch on. */
export const MAX_DELAY_MS = 60_000;

/** Whether a fault can change anything of this operation: only events that are put can be rejected. */
export function canHit(kind: SwitchableKind, operation: string): boolean {
  return kind !== 'rejectAll' || operation === 'PutLogEvents' || operation === '*';
}

/** The faults that people switched on, by whatever way. */
const switches = new WeakSet<Fault>();

export function isSwitched(fault: Fault): boolean {
  return switches.has(fault);
}

/** Puts `delay` last: a call gets one fault at most, so a delay of every call would leave none to those after it. */
export function switchedFaults(switched: readonly SwitchedFault[]): Fault[] {
  return switched.map(faultOf).toSorted((a, b) => Number(a.kind === 'delay') - Number(b.kind === 'delay'));
}

function faultOf({ kind, operation, probability, delayMs = 0 }: SwitchedFault): Fault {
  const scope = { operation, probability, times: Number.POSITIVE_INFINITY };
  const fault: Fault = kind === 'delay' ? { kind, delayMs, ...scope } : { kind, ...scope };
  switches.add(fault);
  return fault;
}
