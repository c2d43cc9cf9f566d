import { guarded, isError, readable, reasonOf } from './guard.js';

/** Depth to which causes and aggregated errors are followed. */
const MAX_DEPTH = 8;

/**
 * An error as plain members: type, message, stack, its own enumerable members, its cause and the errors it aggregates.
 * An error inside itself is marked, not followed. Never throws.
 */
export function plainError(error: Error, within: readonly Error[] = []): Record<string, unknown> {
  const inside = [...within, error];
  const nested = (value: unknown): unknown => {
    if (!isError(value)) return value;
    return inside.includes(value) || inside.length > MAX_DEPTH ? '[circular]' : plainError(value, inside);
  };
  const plain: Record<string, unknown> = {
    type: readable(() => error.constructor?.name ?? error.name),
    ...guarded(() => Object.fromEntries(Object.entries(error)), {}),
    message: reasonOf(error),
    stack: readable(() => error.stack),
  };
  const cause = readable(() => error.cause);
  if (cause !== undefined) plain['cause'] = nested(cause);
  const errors = readable(() => (error instanceof AggregateError ? error.errors.map(nested) : undefined));
  if (errors !== undefined) plain['errors'] = errors;
  return plain;
}
