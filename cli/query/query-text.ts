import { readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { MAX_QUERY_LENGTH } from '../../contract/limits.js';
import { Failure } from '../failure.js';
import { inDigits } from '../terminal/counted.js';

/** Where the text of a query stands. */
export interface TextSource {
  /** The text itself; `-` for standard input. */
  readonly argument?: string | undefined;
  readonly file?: string | undefined;
}

/** @throws Failure for a text that is too long to be asked, which would be repeated in the answer of the service */
export function checkLength({ length }: string): void {
  if (length > MAX_QUERY_LENGTH)
    throw new Failure(
      `The query has ${inDigits(length)} characters. Allowed: ${inDigits(MAX_QUERY_LENGTH)}.`,
    );
}

/**
 * Reads the text of a query.
 *
 * @throws Failure if there is none, or a file that cannot be read
 */
export async function queryText({ argument, file }: TextSource, stdin: Readable): Promise<string> {
  const found = file === undefined ? await given(argument, stdin) : readFile(file);
  if (found.trim() !== '') return found.replace(/\n+$/, '');
  throw new Failure(
    `The query ${file ?? (argument === '-' ? 'on standard input' : '')} is blank.`.replace('  ', ' '),
  );
}

function given(argument: string | undefined, stdin: Readable): string | Promise<string> {
  if (argument === '-') return text(stdin);
  if (argument !== undefined) return argument;
  throw new Failure(
    "There is no query. Give it as an argument, such as 'stats count(*) by level', as --file PATH or --saved NAME, or - for standard input.",
  );
}

function readFile(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    throw new Failure(`The file ${path} of the query cannot be read: ${(error as Error).message}`);
  }
}
