import { join } from 'node:path';
import { exportedFactory, importFile } from '../../../runtime/plugins/make.js';
import { thrownBy } from '../../support/environment.js';
import { temporaryFolders } from './fixture.js';

const folderWith = temporaryFolders();

const modules = {
  'an es # module%20.mjs': 'await undefined; export default "es";',
  'common.cjs': 'module.exports = "common";',
  'throws.mjs': 'throw new Error("at import");',
};
const names = Object.keys(modules);

test('loads ES modules, with top-level await, and CommonJS', async () => {
  const folder = folderWith(modules);

  expect(await importFile(join(folder, names[0]!))).toMatchObject({ default: 'es' });
  expect(await importFile(join(folder, 'common.cjs'))).toMatchObject({ default: 'common' });
});

test('fails as the module fails', async () => {
  const folder = folderWith(modules);

  await expect(importFile(join(folder, 'throws.mjs'))).rejects.toMatchObject({ message: 'at import' });
  await expect(importFile(join(folder, 'missing.mjs'))).rejects.toMatchObject({
    code: 'ERR_MODULE_NOT_FOUND',
  });
});

const create = (): never => {
  throw new Error('not called');
};

test.each([
  ['a default export that is a function', { default: create }, create],
  ['a default export that is a definition', { default: { create } }, { create }],
  ['CommonJS, as `import()` shows it', { default: create, 'module.exports': create }, create],
  ['what a compiler makes of a default export', { default: { __esModule: true, default: create } }, create],
  ['a module that is a definition', { create, schema: 1 }, { create, schema: 1 }],
  ['a default export next to others', { default: create, create: 1 }, create],
])('%s is understood', (_, module, factory) => {
  expect(exportedFactory(module)).toEqual(factory);
});

test.each([
  [{ default: 7 }, '7'],
  [{}, 'not set'],
  [{ default: { schema: {} } }, '{ schema: {} }'],
  [undefined, 'not set'],
])('%j is not', (module, given) => {
  expect(thrownBy(() => exportedFactory(module))).toMatchObject({
    code: 'FAPILOG_PLUGIN',
    message: `its default export is ${given}; a function or { schema, create } is wanted`,
  });
});
