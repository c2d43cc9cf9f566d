import { add } from '../app.mjs';

test('adds, and goes on', async () => {
  expect(add(1, 2)).toBe(3);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
});
