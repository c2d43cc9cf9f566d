import { subscribe } from 'node:diagnostics_channel';
import { writeFileSync } from 'node:fs';
import { DIAGNOSTICS_CHANNEL } from '../../../dist/esm/runtime/index.js';
import { loggerTo } from './settings.mjs';

/** Waits for a call that failed: what is rotated has been read by then, and read again perhaps. */
const refused = new Promise((resolve) => {
  subscribe(DIAGNOSTICS_CHANNEL, ({ code }) => code.startsWith('failed.') && resolve());
});

const logger = loggerTo('api-server');
logger.info('before', { id: 0 });
await logger.flush();
logger.info('after', { id: 1 });
const flushed = logger.flush({ deadlineMs: 50_000 });
await refused;
for (const [path, text] of Object.entries(JSON.parse(process.env.ROTATED_FILES))) writeFileSync(path, text);
await fetch(process.env.ROTATE_URL);
await flushed;
console.log(JSON.stringify(await logger.close()));
