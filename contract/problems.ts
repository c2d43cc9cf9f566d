import { inspect } from 'node:util';

/** Something wrong with one setting. */
export interface Problem {
  /** Where the value stands: a variable, or a path in code. */
  readonly where: string;
  readonly value: unknown;
  /** What is allowed there. */
  readonly allowed: string;
}

/** All problems of all settings at once. `code` is stable. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
  readonly code = 'FAPILOG_SETTINGS';
  /** Not enumerable, so that a printed error shows the values as its message does: short, and without credentials. */
  declare readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super(describe(problems));
    Object.defineProperty(this, 'problems', { value: problems });
  }
}

/** @throws SettingsError if there is a problem. */
export function assertNoProblems(problems: readonly Problem[]): void {
  if (problems.length > 0) throw new SettingsError(problems);
}

function describe(problems: readonly Problem[]): string {
  const lines = problems.map(
    ({ where, value, allowed }) => `${where} is ${shown(value)}; allowed: ${allowed}`,
  );
  const [only] = lines;
  return lines.length === 1 ? `invalid setting: ${only}` : ['invalid settings:', ...lines].join('\n  - ');
}

const SHOWN_CHARACTERS = 100;

/** A value as a message may show it: short, and without the credentials that a URL may carry. */
export function shown(value: unknown): string {
  if (value === undefined) return 'not set';
  const text = typeof value === 'string' ? JSON.stringify(value) : inspect(value, { breakLength: Infinity });
  const safe = text.replace(/\/\/[^/\s]+@/g, '//***@');
  return safe.length > SHOWN_CHARACTERS ? `${safe.slice(0, SHOWN_CHARACTERS)}…` : safe;
}
