const { add } = require('../app.cjs');

/** Until the timers of the files before, and the one of this file, are due. */
const LONG_MS = 1_500;

test('adds, and goes on', async () => {
  expect(add(1, 2)).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, LONG_MS));
});
