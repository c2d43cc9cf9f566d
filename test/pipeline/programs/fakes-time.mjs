/** Logs before, while and after its time is faked, and never moves the fake time; prints what became of the events. */
import { subscribe } from 'node:diagnostics_channel';
import { mock } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import fakeTimers from '@sinonjs/fake-timers';
import { CloudWatchSink, getLogger } from '../../../dist/esm/runtime/index.js';

/** Each fakes the time, and returns what ends that. */
const libraries = {
  'node:test'(now) {
    mock.timers.enable({ now });
    return () => mock.timers.reset();
  },
  sinon(now) {
    // Node's own streams call process.nextTick: without it, nothing can be sent.
    const clock = fakeTimers.install({ now, toNotFake: ['nextTick', 'queueMicrotask'] });
    return () => clock.uninstall();
  },
};

const [library, nowMs] = process.argv.slice(2);
const said = new Set();
subscribe('fapilog-cloudwatch', ({ code }) => said.add(code));
const sink = new CloudWatchSink({
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  batchTimeoutSeconds: 0.05,
});
const logger = getLogger({ sinks: [sink] });

async function logged(id) {
  logger.info('order placed', { id });
  while (logger.stats().pending > 0) await sleep(10);
}

await logged(0);
const restore = libraries[library](Number(nowMs));
await logged(1);
await logger.flush({ deadlineMs: 10_000 });
restore();
await logged(2);
const account = await logger.close();
console.log(JSON.stringify({ account, said: [...said] }));
