const { add, logger } = require('../app.cjs');

test('adds, and does not wait for what it sends', () => {
  expect(add(1, 2)).toBe(3);
  void logger.flush();
});

test('goes on for a moment, so that a call is under way', async () => {
  expect(add(1, 2)).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 500));
});
