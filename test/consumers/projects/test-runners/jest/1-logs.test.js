const { add } = require('../app.cjs');

test('adds', () => {
  expect(add(1, 2)).toBe(3);
});
