import { equal } from 'node:assert/strict';
import { test } from 'node:test';
import { add } from '../app.mjs';

await test('adds', () => equal(add(1, 2), 3));
