import { afterAll, expect, test } from '@jest/globals';
import { add, logger } from '../app';

afterAll(() => logger.close());

test('adds', () => {
  expect(add(1, 2)).toBe(3);
});
