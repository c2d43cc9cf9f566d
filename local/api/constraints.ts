import { invalidParameter, type ServiceError } from '../service-error.js';
import type { Shape } from './shapes.js';

/** A constraint that a value breaks. */
export interface Violation {
  readonly value: unknown;
  /** Place of the value in the input, part by part: `logEvents`, `1.member`, `message`. */
  readonly path: string[];
  readonly constraint: string;
}

export const NOT_NULL = 'Member must not be null';

const MAX_SHOWN_CHARACTERS = 256;
/** Of many violations, a refusal has the first ones. */
const MAX_SHOWN_VIOLATIONS = 10;

/** What a value of the right type breaks; `undefined` if it fits. The forms of the texts are reported. */
export function brokenConstraint(shape: Shape, value: unknown): string | undefined {
  if (typeof value === 'string') return brokenText(shape, value);
  if (typeof value === 'number') return outOfBounds('value', value, shape);
  if (typeof value === 'boolean') return undefined;
  return outOfBounds(
    'length',
    Array.isArray(value) ? value.length : Object.keys(value as object).length,
    shape,
  );
}

function brokenText(shape: Shape, text: string): string | undefined {
  if (shape.enum && !shape.enum.includes(text))
    return `Member must satisfy enum value set: [${shape.enum.join(', ')}]`;
  const length = outOfBounds('length', text.length, shape);
  if (length !== undefined) return length;
  if (shape.pattern === undefined || wholePattern(shape.pattern).test(text)) return undefined;
  return `Member must satisfy regular expression pattern: ${shape.pattern}`;
}

function outOfBounds(what: 'length' | 'value', size: number, { min, max }: Shape): string | undefined {
  if (min !== undefined && size < min) return `Member must have ${what} greater than or equal to ${min}`;
  if (max !== undefined && size > max) return `Member must have ${what} less than or equal to ${max}`;
  return undefined;
}

const wholePatterns = new Map<string, RegExp>();

function wholePattern(pattern: string): RegExp {
  const known = wholePatterns.get(pattern) ?? new RegExp(`^(?:${pattern})$`, 'u');
  wholePatterns.set(pattern, known);
  return known;
}

/** Refuses a call for constraints of the API. That each of ours has this form is assumed. */
export function constraintsBroken(violations: readonly Violation[]): ServiceError {
  const count = `${violations.length} validation error${violations.length === 1 ? '' : 's'} detected`;
  const shown = violations
    .slice(0, MAX_SHOWN_VIOLATIONS)
    .map(
      ({ value, path, constraint }) =>
        `Value ${shownValue(value)} at '${path.join('.')}' failed to satisfy constraint: ${constraint}`,
    );
  return invalidParameter(`${count}: ${shown.join('; ')}`);
}

/** Refuses a call for one constraint, by a rule that is not in the API model. */
export function constraintBroken(value: unknown, path: string, constraint: string): ServiceError {
  return constraintsBroken([{ value, path: [path], constraint }]);
}

/** Shows only the length of a list, not the caller's data in it. */
function shownValue(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (Array.isArray(value)) return value.length === 0 ? "'[]'" : `'[${value.length} members]'`;
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > MAX_SHOWN_CHARACTERS ? `'${text.slice(0, MAX_SHOWN_CHARACTERS)}...'` : `'${text}'`;
}
