import type { MalformedQueryException } from '@aws-sdk/client-cloudwatch-logs';
import { Failure } from '../failure.js';
import { safeLine } from '../terminal/safe-text.js';

export function isMalformed(error: unknown): error is MalformedQueryException {
  return error instanceof Error && error.name === 'MalformedQueryException';
}

/** What is wrong with a query, and its line with the place below it. */
export function malformedFailure(
  text: string,
  { message, queryCompileError }: MalformedQueryException,
): Failure {
  const { startCharOffset, endCharOffset } = queryCompileError?.location ?? {};
  const what = `The query is malformed: ${safeLine(message)}`;
  if (startCharOffset === undefined || startCharOffset > text.length) return new Failure(what);
  return new Failure(`${what}\n${placeText(text, startCharOffset, endCharOffset ?? startCharOffset + 1)}`);
}

function placeText(text: string, start: number, end: number): string {
  const before = text.slice(0, start).split('\n');
  const [line = ''] = text.slice(start - before.at(-1)!.length).split('\n', 1);
  const column = before.at(-1)!.length;
  const length = Math.max(1, Math.min(end - start, line.length - column));
  const indent = line.slice(0, column).replaceAll(/[^\t]/g, ' ');
  return `  ${safeTabs(line)}\n  ${indent}${'^'.repeat(length)}`;
}

/** With its tabs, below which the place has tabs, too. */
function safeTabs(line: string): string {
  return line.split('\t').map(safeLine).join('\t');
}
