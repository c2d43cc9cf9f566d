import { throughPinoTransport } from './support/pino-transport.mjs';

export default {
  configuration:
    'pino with @serdnam/pino-cloudwatch-transport in its worker, `interval` at its default, 1 s: it makes one call a second whatever it says. The endpoint is given by AWS_ENDPOINT_URL_CLOUDWATCH_LOGS. Waits for `drain`',
  start: ({ region, logGroupName, logStreamName }) =>
    throughPinoTransport({
      target: '@serdnam/pino-cloudwatch-transport',
      options: { logGroupName, logStreamName, awsRegion: region, interval: 1_000 },
    }),
};
