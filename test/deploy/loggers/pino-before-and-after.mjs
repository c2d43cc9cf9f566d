/** Logs the same with pino by the transport that the argument names: ours, or @serdnam/pino-cloudwatch-transport of a folder. */
import { createRequire } from 'node:module';
import { setTimeout as pause } from 'node:timers/promises';
import pino from 'pino';

const [, , which, folder] = process.argv;
const require = createRequire(`${folder}/package.json`);

const before = () => ({
  target: require.resolve('@serdnam/pino-cloudwatch-transport'),
  options: {
    logGroupName: '/myapp/before',
    logStreamName: 'api-server',
    awsRegion: 'us-east-1',
    interval: 200,
  },
});

const after = () => ({
  target: 'fapilog-cloudwatch/pino',
  options: {
    logGroupName: '/myapp/after',
    logStreamName: 'api-server',
    region: 'us-east-1',
    batchTimeoutSeconds: 0.2,
    createLogGroup: true,
    levelNames: false,
    endpointUrl: process.env.SERVICE_URL,
  },
});

const transport = pino.transport({ before, after }[which]());
let id = 0;
const logger = pino(
  { level: 'trace', timestamp: () => `,"time":${Number(process.env.NOW_MS) + id}` },
  transport,
);
const calls = [
  () => logger.info('order placed'),
  () => logger.child({ user: 'jane' }).warn({ id: 'ord-1', total: 12.5 }, 'order %s', 'placed'),
  () =>
    logger.error(
      Object.assign(new RangeError('failed', { cause: new Error('why') }), { stack: 'at x', code: 7 }),
    ),
  () => logger.trace({ nested: { list: [1, null, 'é😀'] } }),
];
for (const call of calls) {
  call();
  id++;
}
// The other one sends what waits with the next line, once the interval has passed.
await pause(600);
logger.fatal('last');
// It makes one call a second.
await pause(2_500);
transport.end();
