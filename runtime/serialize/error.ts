/** Depth to which causes and aggregated errors are followed. */
const MAX_DEPTH = 8;

/** An error as plain members: type, message, stack, its own enumerable members, its cause and the errors it aggregates. */
export function plainError(error: Error, depth = 0): Record<string, unknown> {
  const nested = (value: unknown): unknown =>
    value instanceof Error && depth < MAX_DEPTH ? plainError(value, depth + 1) : value;
  const plain: Record<string, unknown> = {
    type: error.constructor?.name ?? error.name,
    ...ownMembers(error),
    message: error.message,
    stack: error.stack,
  };
  if (error.cause !== undefined) plain['cause'] = nested(error.cause);
  if (error instanceof AggregateError) plain['errors'] = error.errors.map(nested);
  return plain;
}

function ownMembers(error: Error): Record<string, unknown> {
  return Object.fromEntries(Object.entries(error));
}
