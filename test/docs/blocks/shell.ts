import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '../../support/document-blocks.js';
import { ShellFolder, shellOf } from './shell-folder.js';

/** What a shell made of a block. */
export interface Shelled {
  /** The commands that it called, each with its arguments. */
  readonly calls: readonly (readonly string[])[];
  /** What it found wrong: an error of syntax, or a command that is no stand-in. */
  readonly stderr: string;
}

/** Notes its name and its arguments, and ends. */
const NOTES_ITS_CALL = `printf '%s\\0' "\${0##*/}" "$@" > "$HOME/calls/$$"`;

/** Gives a block to a shell as its reader would, with stand-ins for all commands. */
export function shelled(block: Pick<Block, 'language' | 'code'>): Shelled {
  const folder = new ShellFolder(() => NOTES_ITS_CALL);
  const calls = join(folder.work, 'calls');
  mkdirSync(calls);
  writeFileSync(join(folder.work, '.env'), '');
  const options = { cwd: folder.work, env: folder.environment, encoding: 'utf8' } as const;
  const { stderr } = spawnSync(...shellOf(block), options);
  const noted = readdirSync(calls).map((file) =>
    readFileSync(join(calls, file), 'utf8').slice(0, -1).split('\0'),
  );
  folder.remove();
  return { calls: noted, stderr };
}

/** The arguments of our own command in a call, whatever runs it; `undefined` if it does not. */
export function ownArguments(call: readonly string[]): readonly string[] | undefined {
  // As one text, for another shell to read.
  const inOne = call.find((argument) => argument.startsWith('npx fapilog-cloudwatch '));
  if (inOne !== undefined) return inOne.split(' ').slice(2);
  const at = call.indexOf('fapilog-cloudwatch');
  if (at === -1 || call[0] === 'npm') return undefined;
  return call.slice(at + 1);
}
