import type { LoggerService } from '@nestjs/common';
import { getLogger, type Level } from 'fapilog-cloudwatch';

/** Nest hands over the message, more values, and the name of the class that logs as the last one. */
export class CloudWatchLogger implements LoggerService {
  log = (...values: unknown[]) => this.#write('info', values);
  error = (...values: unknown[]) => this.#write('error', values);
  warn = (...values: unknown[]) => this.#write('warn', values);
  debug = (...values: unknown[]) => this.#write('debug', values);
  verbose = (...values: unknown[]) => this.#write('trace', values);
  fatal = (...values: unknown[]) => this.#write('fatal', values);

  #write(level: Level, values: unknown[]): void {
    const context = values.length > 1 && typeof values.at(-1) === 'string' ? values.pop() : undefined;
    // Of an error without its object, Nest hands over the stack as a text.
    const stack = level === 'error' && isStack(values[1]) ? values.splice(1, 1)[0] : undefined;
    getLogger()[level](...values, {
      ...(context !== undefined && { context }),
      ...(stack !== undefined && { stack }),
    });
  }
}

function isStack(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && /\n\s+at /.test(value));
}
