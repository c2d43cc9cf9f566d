import { isMap } from '../api/json.js';
import type { Fault, FaultScript } from '../faults/faults.js';
import {
  canHit,
  isSwitched,
  MAX_DELAY_MS,
  SWITCHABLE_KINDS,
  type SwitchableKind,
  type SwitchedFault,
  switchedFaults,
} from '../faults/switchable-faults.js';
import { knowsOperation } from '../operations/operation-table.js';
import type { FaultRow } from './answers.js';
import { BadQuestion } from './question.js';

const MAX_FAULTS = 50;
const DEFAULT_DELAY_MS = 1_000;

/** The faults that are switched on, on the page or on the command line. */
export function faultRows({ faults }: FaultScript): FaultRow[] {
  return faults.filter(isSwitched).map(faultRow);
}

function faultRow(fault: Fault): FaultRow {
  const { kind, operation = 'PutLogEvents', probability = 1 } = fault;
  return { kind, operation, probability, ...(fault.kind === 'delay' && { delayMs: fault.delayMs }) };
}

/**
 * Puts faults in the place of those that are switched on. Those of a test stay, and go first.
 *
 * @throws BadQuestion if a row is malformed; then nothing has changed
 */
export function switchFaults(script: FaultScript, rows: unknown): void {
  if (!Array.isArray(rows) || rows.length > MAX_FAULTS)
    throw new BadQuestion(`The body must be a list of no more than ${MAX_FAULTS} faults.`, 'body');
  const switched = switchedFaults(rows.map(switchedFault));
  script.remove(script.faults.filter(isSwitched));
  script.add(switched);
}

function switchedFault(row: unknown): SwitchedFault {
  if (!isMap(row)) throw new BadQuestion('A fault must be an object.', 'body');
  const { kind, operation = 'PutLogEvents', probability = 1, delayMs = DEFAULT_DELAY_MS } = row;
  if (!isKind(kind)) throw new BadQuestion(`kind must be one of ${SWITCHABLE_KINDS.join(', ')}.`, 'kind');
  const name = operationOf(operation);
  if (!canHit(kind, name))
    throw new BadQuestion(`${kind} is of PutLogEvents, which alone has events to reject.`, 'operation');
  return {
    kind,
    operation: name,
    probability: numberOf(probability, 'probability', 1),
    ...(kind === 'delay' && { delayMs: numberOf(delayMs, 'delayMs', MAX_DELAY_MS) }),
  };
}

function isKind(kind: unknown): kind is SwitchableKind {
  return (SWITCHABLE_KINDS as readonly unknown[]).includes(kind);
}

function operationOf(operation: unknown): string {
  if (typeof operation === 'string' && (operation === '*' || knowsOperation(operation))) return operation;
  throw new BadQuestion('operation must be * or the name of an operation of this server.', 'operation');
}

function numberOf(value: unknown, name: string, most: number): number {
  if (typeof value === 'number' && value >= 0 && value <= most) return value;
  throw new BadQuestion(`${name} must be a number from 0 to ${most}.`, name);
}
