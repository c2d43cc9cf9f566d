import type { Grant } from './grants.js';
import type { Answer, RoleSimulator } from './simulator.js';
import type { ForbiddenCall } from './forbidden-calls.js';

/** A simulated call. */
export interface JudgedCall extends Grant {
  /** The required answer. */
  readonly expected: 'allowed' | 'denied';
  /** The simulator's answer; `unknown` if it could not decide. */
  readonly actual: 'allowed' | 'denied' | 'unknown';
}

/** The result of a simulated call. */
export interface Judgement {
  readonly call: JudgedCall;
  /** The call with each spelling of its resource. */
  readonly spellings: readonly Grant[];
  /** Why the simulator could not decide. */
  readonly complaints: readonly string[];
}

/** Judges a call that must be allowed. Its conditions have to hold. */
export async function judgeNeeded(role: RoleSimulator, call: Grant): Promise<Judgement> {
  return judgement('allowed', [call], [await role.ask(call, 'Strict')]);
}

/** Judges a call that must be denied, whatever conditions hold. */
export async function judgeForbidden(role: RoleSimulator, forbidden: ForbiddenCall): Promise<Judgement> {
  const spellings = spellingsOf(forbidden);
  const answers: Answer[] = [];
  for (const spelling of spellings) answers.push(await role.ask(spelling, 'Discovery'));
  return judgement('denied', spellings, answers);
}

export function spellingsOf({ action, resource, alsoOn }: ForbiddenCall): [Grant, ...Grant[]] {
  const first = { action, resource };
  return alsoOn === undefined ? [first] : [first, { action, resource: alsoOn }];
}

export function violationsOf({ call, complaints }: Judgement): readonly string[] {
  const { action, resource, expected, actual } = call;
  if (actual === 'unknown') return complaints;
  return actual === expected ? [] : [`${action} on ${resource} is ${actual}`];
}

function judgement(
  expected: JudgedCall['expected'],
  spellings: [Grant, ...Grant[]],
  answers: readonly Answer[],
): Judgement {
  const complaints = answers.flatMap((answer) => ('complaints' in answer ? answer.complaints : []));
  const isAllowed = answers.some((answer) => 'isAllowed' in answer && answer.isAllowed);
  const known = isAllowed ? 'allowed' : 'denied';
  const actual = complaints.length > 0 ? 'unknown' : known;
  return { call: { ...spellings[0], expected, actual }, spellings, complaints };
}
