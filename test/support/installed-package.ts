import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from './imports.js';

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
}

/** A project away from the tree, in which the package is installed from the tarball that npm would publish. */
export class InstalledPackage {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'installed-')));
  readonly tarball: string;

  /** @param others packages that the project has besides the dependencies */
  constructor(others: readonly string[] = []) {
    this.tarball = pack(this.path);
    const home = join(this.path, 'node_modules/fapilog-cloudwatch');
    mkdirSync(home, { recursive: true });
    execFileSync('tar', ['-xzf', this.tarball, '-C', home, '--strip-components=1']);
    const { dependencies } = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8')) as Manifest;
    for (const name of [...Object.keys(dependencies), ...others]) linkPackage(name, this.path);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }
}

/** Installs a package of the tree into another folder. */
export function linkPackage(name: string, folder: string): void {
  const link = join(folder, 'node_modules', name);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(realpathSync(join(root, 'node_modules', name)), link, 'dir');
}

function pack(folder: string): string {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const json = execFileSync('npm', args, { cwd: root, encoding: 'utf8' });
  const [{ filename }] = JSON.parse(json) as [{ readonly filename: string }];
  return join(folder, filename);
}
