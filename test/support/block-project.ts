import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { importsOf, packageOf, root } from './imports.js';
import { linkPackage } from './installed-package.js';

/** A folder away from the tree with the files that blocks need, our built package, and the packages that they import. */
export class BlockProject {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'block-')));

  constructor(files: Readonly<Record<string, string>>, packages: readonly string[] = []) {
    this.#add('package.json', '{"type":"module"}');
    for (const [name, text] of Object.entries(files)) this.#add(name, text);
    mkdirSync(join(this.path, 'node_modules'));
    symlinkSync(root, join(this.path, 'node_modules/fapilog-cloudwatch'), 'dir');
    const imported = Object.values(files).flatMap((text) =>
      importsOf(text).flatMap((each) => packageOf(each) ?? []),
    );
    for (const name of new Set([...imported, ...packages]))
      if (name !== 'fapilog-cloudwatch' && !builtinModules.includes(name)) linkPackage(name, this.path);
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  #add(name: string, text: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), text);
  }
}
