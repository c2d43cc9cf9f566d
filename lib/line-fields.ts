/**
 * Names under which queries and filter patterns find a field. A Node.js program writes a flat line, Python's fapilog an envelope: its
 * CloudWatch sink the bare one, its standard output one below `log`.
 */
interface FieldNames {
  /** The usual one first. */
  readonly node: readonly string[];
  /** In the bare envelope, the usual one first. */
  readonly python: readonly string[];
}

/** The name of a trace's id in lines of the trace format `snake`. */
export const SNAKE_TRACE_ID = 'trace_id';

const lineFields = {
  level: { node: ['level'], python: ['level'] },
  message: { node: ['message'], python: ['message'] },
  service: { node: ['service'], python: ['diagnostics.service'] },
  requestId: { node: ['requestId'], python: ['context.request_id'] },
  traceId: { node: ['traceId', SNAKE_TRACE_ID], python: ['context.trace_id'] },
  spanId: { node: ['spanId', 'span_id'], python: ['context.span_id'] },
  durationMs: { node: ['durationMs'], python: ['data.duration_ms', 'data.latency_ms'] },
  errorType: { node: ['error.type'], python: ['diagnostics.exception.error.type'] },
  errorMessage: { node: ['error.message'], python: ['diagnostics.exception.error.message'] },
  errorStack: { node: ['error.stack'], python: ['diagnostics.exception.error.stack'] },
} as const satisfies Readonly<Record<string, FieldNames>>;

export type LineField = keyof typeof lineFields;

/** Levels of errors, as Node.js and as Python write them. */
export const ERROR_LEVELS: readonly string[] = ['error', 'fatal', 'ERROR', 'CRITICAL'];

/** All names of a field, each once: that of Node.js, those of the bare envelope, and those below `log`. */
export function namesOf(field: LineField): string[] {
  const { node, python }: FieldNames = lineFields[field];
  return [...new Set([...node, ...python, ...python.map((name) => `log.${name}`)])];
}

/** The field of any line, in the language of Logs Insights. */
export function anyOf(field: LineField): string {
  return `coalesce(${namesOf(field).join(', ')})`;
}

/** A condition of Logs Insights: the field of any line has one of the values. */
export function isOneOf(field: LineField, values: readonly string[]): string {
  return `${anyOf(field)} in [${values.map((value) => JSON.stringify(value)).join(', ')}]`;
}

/** Names in the bare envelope of Python, for an index. */
export function pythonNames(field: LineField): readonly string[] {
  return lineFields[field].python;
}
