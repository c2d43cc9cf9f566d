import { withoutUrlSecrets } from '../../contract/withheld.js';
import { CODES, type Code, type Kind } from './codes.js';

/** A statement of an IAM policy that would mend it. */
export interface PolicyStatement {
  readonly Effect: 'Allow';
  readonly Action: readonly string[];
  readonly Resource: string;
}

/** One thing that a check found. */
export interface Finding {
  readonly kind: Kind;
  readonly code: Code;
  /** One line. */
  readonly message: string;
  /** What mends it. Every problem has one. */
  readonly fix?: string;
  readonly statement?: PolicyStatement;
}

type CodeOf<K extends Kind> = { [C in Code]: (typeof CODES)[C]['kind'] extends K ? C : never }[Code];

/** A finding that needs nothing to be done. */
export function finding(code: CodeOf<'ok' | 'skipped'>, message: string): Finding {
  return { kind: CODES[code].kind, code, message: oneLine(message) };
}

/** A finding that says what to do. */
export function fault(
  code: CodeOf<'note' | 'problem'>,
  message: string,
  fix: string,
  statement?: PolicyStatement,
): Finding {
  const parts = { message: oneLine(message), fix: oneLine(fix) };
  return { kind: CODES[code].kind, code, ...parts, ...(statement && { statement }) };
}

/** Errors quote URLs, and a URL may hold a login or a token. */
function oneLine(text: string): string {
  return withoutUrlSecrets(text.trim()).replaceAll(/\s*[\r\n]+\s*/g, ' ');
}
