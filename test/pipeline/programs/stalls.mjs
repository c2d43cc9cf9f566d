/** Does what the test asks for, one message after the other, and says at the end what the sink has reported. */
import { subscribe } from 'node:diagnostics_channel';
import { writeSync } from 'node:fs';
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
let logged = 0;

const acts = {
  log(count) {
    logMany(logger, count, logged);
    logged += count;
  },
  flush: () => logger.flush(),
  /** A computation that leaves the event loop no turn. */
  block(ms) {
    for (const endsAtMs = performance.now() + ms; performance.now() < endsAtMs;);
  },
  async close(deadlineMs) {
    await logger.close({ deadlineMs });
    process.disconnect();
  },
  exit: () => process.exit(),
};

subscribe('fapilog-cloudwatch', ({ code }) => writeSync(1, `${JSON.stringify({ code })}\n`));
process.on('message', async ({ act, value }) => {
  await acts[act](value);
  if (process.connected) process.send(act);
});
process.send('ready');
