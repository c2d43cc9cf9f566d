/** Logs with pino of a version through the transport or the stream, and ends in the way that the arguments name. */
import { pinoStream } from 'fapilog-cloudwatch/pino';

const [, , way, through = 'transport', version = 'pino'] = process.argv;
const { default: pino } = await import(version);
const options = {
  logGroupName: '/myapp/production',
  logStreamName: 'api-server',
  region: 'us-east-1',
  endpointUrl: process.env.SERVICE_URL,
  batchTimeoutSeconds: 60,
};
const destination =
  through === 'transport'
    ? pino.transport({ target: 'fapilog-cloudwatch/pino', options })
    : pinoStream(options);
const logger = pino({ level: 'trace' }, destination);
for (let id = 0; id < 1_000; id++) logger.warn({ id }, 'order placed');

const ways = {
  justEnds: () => undefined,
  exits: () => process.exit(3),
  throws: () => {
    throw new Error('nobody catches this');
  },
  flushes: () => new Promise((resolve) => logger.flush(resolve)),
  ends: () => destination.end(),
};
await ways[way]();
