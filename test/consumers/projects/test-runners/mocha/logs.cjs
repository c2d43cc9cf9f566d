const { equal } = require('node:assert/strict');
const { add } = require('../app.cjs');

it('adds', () => equal(add(1, 2), 3));
