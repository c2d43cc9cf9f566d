import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Block } from './block.js';

/** What a shell made of a block. */
export interface Shelled {
  /** The commands that it called, each with its arguments. */
  readonly calls: readonly (readonly string[])[];
  /** What it found wrong: an error of syntax, or a command that is no stand-in. */
  readonly stderr: string;
}

/** What the documents call. Each stands in for itself here: it notes its arguments, and ends. */
const COMMANDS = [
  '0', // The minute of a line of crontab.
  'aws',
  'backup.sh',
  'docker',
  'esbuild',
  'fapilog-cloudwatch',
  'java',
  'journalctl',
  'jq',
  'kubectl',
  'moto_server',
  'node',
  'npm',
  'npx',
  'pip',
  'python3',
  'tail',
];

const STAND_IN = `#!/bin/sh
printf '%s\\0' "\${0##*/}" "$@" > "$CALLS/$$"
`;

/** Gives a block to a shell as its reader would, with stand-ins for all commands. */
export function shelled({ language, code }: Pick<Block, 'language' | 'code'>): Shelled {
  const folder = mkdtempSync(join(tmpdir(), 'shell-'));
  const [bin, calls, work] = ['bin', 'calls', 'work'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const path of [bin, calls, work]) mkdirSync(path);
  for (const name of COMMANDS) {
    writeFileSync(join(bin, name), STAND_IN);
    chmodSync(join(bin, name), 0o755);
  }
  writeFileSync(join(work, '.env'), '');
  const shell = language === 'bash' ? '/bin/bash' : '/bin/sh';
  // The last line waits for what runs behind the shell.
  const { stderr } = spawnSync(shell, ['-e', '-c', `${code}\nwait`], {
    cwd: work,
    env: { PATH: bin, HOME: work, CALLS: calls },
    encoding: 'utf8',
  });
  const noted = readdirSync(calls).map((file) =>
    readFileSync(join(calls, file), 'utf8').slice(0, -1).split('\0'),
  );
  rmSync(folder, { recursive: true });
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
