import { dirname } from 'node:path';
import { requireLate } from '../io/late-modules.cjs';
import { makeDirectories } from '../../contract/make-directories.js';

/** What is used of the library. */
export interface AppendStream {
  write(line: Buffer): boolean;
  /** Opens the path anew, once what is being written is written. */
  reopen(): void;
  end(): void;
  destroy(): void;
  flushSync(): void;
  on(event: 'ready' | 'close', listener: () => void): unknown;
  on(event: 'write', listener: (bytes: number) => void): unknown;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** Starts to open a file. Throws for a path that no file can have, and if its directory cannot be made. */
export function openAppendStream(path: string, makeDirectory: boolean): AppendStream {
  // The library would meet it in a callback, where nobody can catch.
  if (path.includes('\0')) throw new TypeError('the path of a file has no null bytes');
  // The library makes directories by Node's `recursive`, which finds them here.
  if (makeDirectory) makeDirectories(dirname(path));
  const { SonicBoom } = requireLate('sonic-boom');
  const options = {
    dest: path,
    append: true,
    mkdir: makeDirectory,
    sync: false,
    contentMode: 'buffer',
  } as const;
  return new SonicBoom(options) as unknown as AppendStream;
}
