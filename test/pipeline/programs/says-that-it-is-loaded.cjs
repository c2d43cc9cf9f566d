/** A module that others preload. */
const { writeSync } = require('node:fs');
const { isMainThread } = require('node:worker_threads');

writeSync(1, `loaded into ${isMainThread ? 'the main thread' : 'a worker'}\n`);
