import { createReadStream, fstatSync, type Stats, statSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { Failure } from '../failure.js';
import { openNamedPipe } from './named-pipe.js';

/** The name of standard input. */
const STDIN = '-';

/** Bytes that are read at a time. What waits to be delivered has room for the lines of two such pieces. */
export const PIECE_BYTES = 65_536;

/** Where lines come from. */
export interface Input {
  /** For messages. */
  readonly name: string;
  /** @param signal ends the wait for whoever writes */
  open(signal: AbortSignal): Readable | Promise<Readable>;
}

/**
 * The inputs that the arguments name, standard input without any.
 *
 * @throws Failure for a path that is no file, before anything is read
 */
export function inputsOf(paths: readonly string[]): readonly Input[] {
  const names = paths.length === 0 ? [STDIN] : paths;
  if (names.filter((name) => name === STDIN).length > 1)
    throw new Failure('Standard input (-) is named more than once. Name it once.');
  return names.map((name) => (name === STDIN ? standardInput() : fileInput(name)));
}

/** Of a directory, Node.js makes a stream that is at its end. */
function standardInput(): Input {
  const name = 'standard input';
  if (fstatSync(process.stdin.fd).isDirectory())
    throw new Failure(`${name} is a directory. Redirect a file or a pipe to it.`);
  return { name, open: () => process.stdin };
}

function fileInput(path: string): Input {
  const stats = statsOf(path);
  if (stats.isDirectory())
    throw new Failure(`${path} is a directory. Name files, such as ${path.replace(/\/$/, '')}/*.log.`);
  if (stats.isFIFO()) return { name: path, open: (signal) => openNamedPipe(path, signal) };
  return { name: path, open: () => createReadStream(path, { highWaterMark: PIECE_BYTES }) };
}

function statsOf(path: string): Stats {
  try {
    return statSync(path);
  } catch (error) {
    throw readFailure(path, error);
  }
}

const REASONS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EACCES: 'this user may not read it',
  EISDIR: 'it is a directory; name a file',
  ENOTDIR: 'a part of the path is a file, and no directory',
};

/** For an input that cannot be read. */
export function readFailure(name: string, error: unknown): Failure {
  const { code = '', message } = error as NodeJS.ErrnoException;
  return new Failure(`${name || '""'} cannot be read: ${REASONS[code] ?? message}.`);
}
