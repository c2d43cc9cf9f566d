const { add, logger } = require('../app.cjs');

afterAll(() => logger.close());

test('adds', () => {
  expect(add(1, 2)).toBe(3);
});
