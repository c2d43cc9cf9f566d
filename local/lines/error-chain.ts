import { isFields, type Fields } from './fields.js';

/** An error as a line has it. */
export interface ErrorStep {
  readonly title: string;
  /** Calls of the stack, one a line, without the title that a stack begins with. */
  readonly frames: readonly string[];
}

/** Deeper chains than this are cycles or attacks. */
const DEEPEST = 20;
/** Errors, and calls of each, that are shown: the page stays small, whatever a line has. The rest is in its JSON. */
const MOST_STEPS = 50;
const MOST_FRAMES = 200;

/** The error of a line, then its cause, and the cause of that. Errors that it aggregates follow. */
export function errorChain(fields: Fields): ErrorStep[] {
  const steps = stepsOf(fields['error'] ?? fields['err'] ?? fields['exception'] ?? own(fields), 0);
  return steps.slice(0, MOST_STEPS);
}

/** A line that has a stack of its own, as some loggers write it. */
function own(fields: Fields): unknown {
  return typeof fields['stack'] === 'string'
    ? { stack: fields['stack'], message: fields['message'] }
    : undefined;
}

function stepsOf(error: unknown, depth: number): ErrorStep[] {
  if (depth > DEEPEST || error === undefined || error === null) return [];
  if (typeof error === 'string') return [fromStack(error)];
  if (!isFields(error)) return [];
  const errors = Array.isArray(error['errors']) ? (error['errors'] as unknown[]) : [];
  return [stepOf(error), ...[error['cause'], ...errors].flatMap((each) => stepsOf(each, depth + 1))];
}

function stepOf(error: Fields): ErrorStep {
  const stack = typeof error['stack'] === 'string' ? fromStack(error['stack']) : undefined;
  const title = [error['type'] ?? error['name'], error['message']]
    .filter((each) => typeof each === 'string')
    .join(': ');
  return { title: title || (stack?.title ?? 'Error'), frames: stack?.frames ?? [] };
}

/** A stack begins with the title, which may have several lines. */
function fromStack(stack: string): ErrorStep {
  const lines = stack.split('\n');
  const first = lines.findIndex((line) => /^\s+at /.test(line));
  const title = first < 0 ? lines : lines.slice(0, first);
  return { title: title.join('\n'), frames: first < 0 ? [] : framesOf(lines.slice(first)) };
}

function framesOf(lines: readonly string[]): string[] {
  const frames = lines.slice(0, MOST_FRAMES).map((line) => line.trim());
  const rest = lines.length - MOST_FRAMES;
  return rest > 0 ? [...frames, `… ${rest.toLocaleString('en')} more`] : frames;
}
