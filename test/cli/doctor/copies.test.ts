import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { copiesOf } from '../../../cli/doctor/copies.js';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fapilog-copies-'));
});

afterEach(() => rmSync(folder, { recursive: true }));

function add(path: string, version: string): void {
  mkdirSync(join(folder, path), { recursive: true });
  writeFileSync(join(folder, path, 'package.json'), JSON.stringify({ version }));
}

function versions(): string[] {
  return copiesOf('wanted', folder).map(({ version }) => version);
}

test('copies at any depth', () => {
  add('node_modules/wanted', '1.0.0');
  add(
    'node_modules/a/node_modules/b/node_modules/@c/d/node_modules/e/node_modules/f/node_modules/wanted',
    '2.0.0',
  );

  expect(versions()).toEqual(['1.0.0', '2.0.0']);
});

test('a workspace whose twenty packages link to one another is read once', () => {
  const names = Array.from({ length: 20 }, (_, index) => `package-${index}`);
  for (const name of names) {
    add(`packages/${name}`, '0.0.0');
    for (const modules of ['node_modules', `packages/${name}/node_modules`])
      mkdirSync(join(folder, modules), { recursive: true });
    symlinkSync(join(folder, 'packages', name), join(folder, 'node_modules', name));
    for (const other of names) {
      symlinkSync(join(folder, 'packages', other), join(folder, 'packages', name, 'node_modules', other));
    }
  }
  add('packages/package-7/node_modules/wanted', '3.0.0');
  const began = performance.now();

  expect(versions()).toEqual(['3.0.0']);
  expect(performance.now() - began).toBeLessThan(2_000);
});
