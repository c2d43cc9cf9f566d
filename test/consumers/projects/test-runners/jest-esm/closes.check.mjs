import { add, logger } from '../app.mjs';

afterAll(() => logger.close());

test('adds', () => {
  expect(add(1, 2)).toBe(3);
});
