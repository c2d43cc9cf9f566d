const { equal } = require('node:assert/strict');
const { add, logger } = require('../app.cjs');

after(() => logger.close());

it('adds', () => equal(add(1, 2), 3));
