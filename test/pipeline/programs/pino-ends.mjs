/** Logs with pino through the transport and ends in the way that the argument names. */
import pino from 'pino';

const [, , way] = process.argv;
const transport = pino.transport({
  target: 'fapilog-cloudwatch/pino',
  options: {
    logGroupName: '/myapp/production',
    logStreamName: 'api-server',
    region: 'us-east-1',
    endpointUrl: process.env.SERVICE_URL,
    batchTimeoutSeconds: 60,
  },
});
const logger = pino({ level: 'trace' }, transport);
for (let id = 0; id < 1_000; id++) logger.warn({ id }, 'order placed');

const ways = {
  justEnds: () => undefined,
  exits: () => process.exit(3),
  throws: () => {
    throw new Error('nobody catches this');
  },
  flushes: () => new Promise((resolve) => logger.flush(resolve)),
  ends: () => transport.end(),
};
await ways[way]();
