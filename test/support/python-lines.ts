/** Levels of the log calls of Python's fapilog. Source: core/levels.py of fapilog 0.18.1. */
export const PYTHON_LEVELS = ['DEBUG', 'INFO', 'WARNING', 'ERROR', 'CRITICAL', 'AUDIT', 'SECURITY'] as const;

export interface PythonEvent {
  readonly level?: string;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly data?: Readonly<Record<string, unknown>>;
  readonly exception?: boolean;
}

/** A line as the CloudWatch sink of Python's fapilog 0.18.1 stored it, with other values. */
export function pythonLine({ level = 'INFO', context, data = {}, exception = false }: PythonEvent): string {
  return JSON.stringify({
    timestamp: '2026-11-28T17:53:08.565Z',
    level,
    message: 'm',
    logger: 'root',
    context: { message_id: 'cf9fa221-7922-423c-a4c6-cf44521838cf', correlation_id: null, ...context },
    diagnostics: {
      origin: 'native',
      service: 'orders',
      env: 'dev',
      host: 'host',
      pid: 7,
      python: '3.11.7',
      ...(exception ? { exception: { 'error.type': 'E', 'error.message': 'no', 'error.stack': 'at' } } : {}),
    },
    data,
  });
}

/** The same line as standard output has it, and `serialize_in_flush`. */
export function wrapped(line: string): string {
  return JSON.stringify({ schema_version: '1.1', log: JSON.parse(line) });
}
