import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { transformSync } from '@swc/core';
import { root } from './imports.js';
import { linkPackage } from './installed-package.js';

/** A project with the files that a page of the documents shows: its blocks that begin with the name of one. */
export class PageProgram {
  readonly path = realpathSync(mkdtempSync(join(tmpdir(), 'page-')));

  /** @param packages that the project has besides ours, as it is built */
  constructor(page: string, packages: readonly string[]) {
    for (const [, name = '', code = ''] of blocksOf(page)) this.#add(name.replace(/ts$/, 'js'), code);
    writeFileSync(join(this.path, 'package.json'), JSON.stringify({ type: 'module' }));
    mkdirSync(join(this.path, 'node_modules'));
    symlinkSync(root, join(this.path, 'node_modules/fapilog-cloudwatch'), 'dir');
    for (const name of packages) linkPackage(name, this.path);
  }

  /** Adds a program that uses them. */
  add(name: string, program: string): void {
    writeFileSync(join(this.path, name), readFileSync(join(root, program)));
  }

  remove(): void {
    rmSync(this.path, { recursive: true });
  }

  #add(name: string, code: string): void {
    mkdirSync(dirname(join(this.path, name)), { recursive: true });
    writeFileSync(join(this.path, name), transpiled(code));
  }
}

function blocksOf(page: string): Iterable<RegExpExecArray> {
  return readFileSync(join(root, page), 'utf8').matchAll(/^```ts\n\/\/ (\S+\.ts)\n(.*?)^```/gms);
}

function transpiled(code: string): string {
  const parser = { syntax: 'typescript', decorators: true } as const;
  const transform = { legacyDecorator: true, decoratorMetadata: true };
  return transformSync(code, { jsc: { target: 'es2022', parser, transform }, module: { type: 'es6' } }).code;
}
