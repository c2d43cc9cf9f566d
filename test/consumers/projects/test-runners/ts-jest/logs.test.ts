import { expect, test } from '@jest/globals';
import { add } from '../app';

test('adds', () => {
  expect(add(1, 2)).toBe(3);
});
