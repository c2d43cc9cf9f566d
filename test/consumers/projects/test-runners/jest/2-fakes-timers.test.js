const { add } = require('../app.cjs');

test('adds while time stands still', () => {
  jest.useFakeTimers();
  expect(add(1, 2)).toBe(3);
});
