import { definitionOf, exportedFactory, isFactory } from '../../../runtime/plugins/exported.js';
import { thrownBy } from '../../support/environment.js';

const create = (): never => {
  throw new Error('not called');
};

test('a function is a definition without a schema', () => {
  expect(definitionOf(create)).toEqual({ create });
  expect(isFactory(create)).toBe(true);
});

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
])('%j is not', (module, told) => {
  expect(thrownBy(() => exportedFactory(module))).toMatchObject({
    code: 'FAPILOG_PLUGIN',
    message: `its default export is ${told}; a function or { schema, create } is wanted`,
  });
});
