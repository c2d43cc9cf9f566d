import { equal } from 'node:assert/strict';
import { after, test } from 'node:test';
import { add, logger } from '../app.mjs';

after(() => logger.close());

await test('adds', () => equal(add(1, 2), 3));
