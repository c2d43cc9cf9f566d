import { InvalidArgumentError } from 'commander';
import { nearest } from '../../contract/nearest.js';
import {
  canHit,
  MAX_DELAY_MS,
  SWITCHABLE_KINDS,
  type SwitchableKind,
  type SwitchedFault,
} from '../../local/faults/switchable-faults.js';
import { OPERATIONS } from '../../local/operations/operation-table.js';

/** Kinds by their names here: `delay` has a second one. */
const KINDS: ReadonlyMap<string, SwitchableKind> = new Map([
  ...SWITCHABLE_KINDS.map((kind) => [kind, kind] as const),
  ['latency', 'delay'],
]);

const OPERATION_NAMES: readonly string[] = OPERATIONS.map(({ name }) => name);

/** A part of the option: `throttle=0.2`, `throttle@GetLogEvents=20%`, `latency=200ms`, `hang`. */
const PART = /^(?<name>[^@=]+)(?:@(?<operation>[^@=]+))?(?:=(?<value>.*))?$/;

/** @throws InvalidArgumentError that names what is malformed, and what is allowed */
export function parseFaults(text: string, previous: readonly SwitchedFault[] = []): SwitchedFault[] {
  return [...previous, ...text.split(',').map((part) => parseFault(part.trim()))];
}

function parseFault(part: string): SwitchedFault {
  const { name, operation = 'PutLogEvents', value } = PART.exec(part)?.groups ?? {};
  if (name === undefined) throw malformed(part, 'NAME, NAME=SHARE and NAME@OPERATION=SHARE');
  const kind = KINDS.get(name);
  if (kind === undefined) throw unknown('fault', name, [...KINDS.keys()]);
  if (operation !== '*' && !OPERATION_NAMES.includes(operation))
    throw unknown('operation', operation, [...OPERATION_NAMES, '*']);
  if (!canHit(kind, operation))
    throw malformed(part, `${kind} of PutLogEvents, which alone has events to reject`);
  return kind === 'delay'
    ? { kind, operation, probability: 1, delayMs: durationMs(part, value) }
    : { kind, operation, probability: share(part, value) };
}

function share(part: string, value = '1'): number {
  const number = value.endsWith('%') ? numberOf(value.slice(0, -1)) / 100 : numberOf(value);
  if (number >= 0 && number <= 1) return number;
  throw malformed(part, 'a share of the calls from 0 to 1, or from 0% to 100%');
}

function durationMs(part: string, value = ''): number {
  const [, digits = '', unit] = /^([\d.]+)(ms|s)$/.exec(value) ?? [];
  const number = numberOf(digits) * (unit === 's' ? 1000 : 1);
  if (number >= 0 && number <= MAX_DELAY_MS) return number;
  throw malformed(part, 'a duration up to a minute, such as 200ms or 2s');
}

function numberOf(text: string): number {
  return /^\d+(\.\d+)?$|^\.\d+$/.test(text) ? Number(text) : Number.NaN;
}

function malformed(part: string, allowed: string): InvalidArgumentError {
  return new InvalidArgumentError(`"${part}" is malformed; allowed: ${allowed}.`);
}

function unknown(what: string, name: string, names: readonly string[]): InvalidArgumentError {
  const meant = nearest(name, names);
  const hint = meant === undefined ? '.' : `; did you mean ${meant}?`;
  return new InvalidArgumentError(`"${name}" is no ${what}${hint} Allowed: ${names.join(', ')}.`);
}
