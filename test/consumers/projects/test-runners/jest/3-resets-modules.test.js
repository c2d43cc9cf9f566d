test('adds with modules of its own', () => {
  const { add } = require('../app.cjs');
  jest.resetModules();
  expect(add(1, 2)).toBe(3);
});
