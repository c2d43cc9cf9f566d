/**
 * Is asleep while an answer comes, for as long as the test says: both of its clocks (`freeze`), or the time of day alone
 * (`sleep`), have gone on when it wakes.
 */
import { subscribe } from 'node:diagnostics_channel';
import { once } from 'node:events';

const RealDate = Date;
const realHrtime = process.hrtime;
const ahead = { dateMs: 0, monotonicMs: 0 };

globalThis.Date = class extends RealDate {
  constructor(...parts) {
    super(...(parts.length === 0 ? [RealDate.now() + ahead.dateMs] : parts));
  }
  static now() {
    return RealDate.now() + ahead.dateMs;
  }
};
process.hrtime = () => {
  const [seconds, nanoseconds] = realHrtime();
  return [seconds + ahead.monotonicMs / 1_000, nanoseconds];
};

// After that, because the package takes Node's clocks when it is loaded.
const { loggerTo, logMany } = await import('./settings.mjs');
const { HOW, FOR_MS } = process.env;

const said = [];
subscribe('fapilog-cloudwatch', ({ code }) => said.push(code));
const logger = loggerTo('api-server');
logMany(logger, 1);
await logger.flush();
logMany(logger, 1, 1);
const flushed = logger.flush();
process.send('sent');
await once(process, 'message');
for (const endsAtMs = performance.now() + 1_000; performance.now() < endsAtMs;);
ahead.dateMs = Number(FOR_MS);
if (HOW === 'freeze') ahead.monotonicMs = Number(FOR_MS);
const serverIsAwake = once(process, 'message');
process.send('awake');
await Promise.all([flushed, serverIsAwake]);
logMany(logger, 1, 2);
console.log(JSON.stringify({ account: await logger.close({ deadlineMs: 30_000 }), said }));
process.disconnect();
