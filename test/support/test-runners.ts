import { execFileSync } from 'node:child_process';
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from './imports.js';

const source = join(root, 'test/pipeline/runners');
const cache = join(root, '.cache/test-runners');

/** Installs the runners of others, unless the versions of the lock file are there. Returns the folder of their packages. */
export function installedRunners(): string {
  const packages = join(cache, 'node_modules');
  const stamp = join(packages, '.installed-lock.json');
  if (!existsSync(stamp) || textOf(stamp) !== textOf(join(source, 'package-lock.json'))) {
    mkdirSync(cache, { recursive: true });
    for (const name of ['package.json', 'package-lock.json'])
      copyFileSync(join(source, name), join(cache, name));
    execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: cache, stdio: 'pipe' });
    copyFileSync(join(source, 'package-lock.json'), stamp);
  }
  return packages;
}

function textOf(path: string): string {
  return readFileSync(path, 'utf8');
}

/** A project of its own in which the built package is installed, as a copy; a link would be no package to Vitest. */
export class RunnerProject {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'test-runners-')));

  constructor(runners: string) {
    cpSync(join(source, 'project'), this.path, { recursive: true });
    const own = join(this.path, 'node_modules/fapilog-cloudwatch');
    for (const part of ['package.json', 'dist'])
      cpSync(join(root, part), join(own, part), { recursive: true });
    for (const name of ['@aws-sdk', '@pinojs', 'sonic-boom', 'yaml'])
      this.#link(join(root, 'node_modules'), name);
    this.#link(runners, 'vitest');
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  #link(folder: string, name: string): void {
    symlinkSync(join(folder, name), join(this.path, 'node_modules', name), 'dir');
  }
}
