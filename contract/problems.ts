import { inspect } from 'node:util';
import { presentable } from './withheld.js';

/** Something wrong with one setting. */
export interface Problem {
  /** Where the value stands: a variable, or a path in code. */
  readonly where: string;
  /** The value, unless it may be a secret. */
  readonly value: unknown;
  /** What is allowed there. */
  readonly allowed: string;
}

/** All problems of all settings at once, without values that may be secrets. `code` is stable. */
export class SettingsError extends Error {
  /** Names the class, where `instanceof` finds another copy of the package. */
  override readonly name = 'SettingsError';
  /** Stable: identifies this error, also where it comes from another copy of the package. */
  readonly code = 'FAPILOG_SETTINGS';
  /** Not enumerable, so that a printed error shows the values as its message does: short, and without credentials. */
  declare readonly problems: readonly Problem[];

  /** Its message says all problems. */
  constructor(problems: readonly Problem[]) {
    const shareable = problems.map((problem) => ({
      ...problem,
      value: presentable(problem.where, problem.value),
    }));
    super(describe(shareable));
    Object.defineProperty(this, 'problems', { value: shareable });
  }
}

/** @throws SettingsError if there is a problem. */
export function assertNoProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new SettingsError(problems);
}

function describe(problems: readonly Problem[]): string {
  const lines = problems.map(({ where, value, allowed }) => `${where} is ${shown(value)}${ruleOf(allowed)}`);
  const [only] = lines;
  return lines.length === 1 ? `invalid setting: ${only}` : ['invalid settings:', ...lines].join('\n  - ');
}

/** What is allowed, as a message goes on with it: nothing is, where there is no such thing. */
export function ruleOf(allowed: string): string {
  return `${allowed.startsWith('no such ') ? '' : '; allowed'}: ${allowed}`;
}

const SHOWN_CHARACTERS = 100;

/** A value as a message may show it: short, and without secrets. */
export function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  const safe = presentable('', value);
  const text = typeof safe === 'string' ? JSON.stringify(safe) : inspect(safe, { breakLength: Infinity });
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
