import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Block } from '../../support/document-blocks.js';

/** What the documents call, besides what a shell has itself. */
const COMMANDS = [
  '0', // The minute of a line of crontab.
  'aws',
  'backup.sh',
  'cp',
  'curl',
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

/** Of a virtual environment, by their paths in the folder of the block. */
const OF_PYTHON = ['.venv/bin/pip', '.venv/bin/python'];

/** For `cd` into a folder that `cp -r` has brought. */
const MAKES_THE_COPY = '/bin/mkdir -p "${2##*/}"';

/** A folder for a shell that runs a block, with a stand-in for each command that the documents call, and no other command. */
export class ShellFolder {
  readonly #path = realpathSync(mkdtempSync(join(tmpdir(), 'shell-')));
  readonly #bin = join(this.#path, 'bin');
  /** Where the block runs. */
  readonly work = join(this.#path, 'work');

  /** @param scriptOf the script of a stand-in, for a shell */
  constructor(scriptOf: (command: string) => string) {
    for (const path of [this.#bin, join(this.work, '.venv/bin')]) mkdirSync(path, { recursive: true });
    for (const command of COMMANDS)
      this.#addScript(
        join(this.#bin, command),
        command === 'cp' ? `${scriptOf(command)}\n${MAKES_THE_COPY}` : scriptOf(command),
      );
    for (const path of OF_PYTHON) this.#addScript(join(this.work, path), scriptOf(path));
    // The variables of an example.
    writeFileSync(join(this.work, 'local.env'), '');
  }

  #addScript(path: string, script: string): void {
    writeFileSync(path, `#!/bin/sh\n${script}\n`);
    chmodSync(path, 0o755);
  }

  get environment(): Record<string, string> {
    return { PATH: this.#bin, HOME: this.work };
  }

  remove(): void {
    rmSync(this.#path, { recursive: true });
  }
}

/** The shell of a block, and its arguments. It changes to no folder: there is none. The last line waits for what the block leaves running. */
export function shellOf({ language, code }: Pick<Block, 'language' | 'code'>): [string, string[]] {
  return [language === 'bash' ? '/bin/bash' : '/bin/sh', ['-e', '-c', `cd() { :; }\n${code}\nwait`]];
}
