import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import { CloudWatchLogsClient, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { twoInFlight } from './two-in-flight.mjs';

const compress = promisify(gzip);

/** Sends ready-made calls with the official client. */
export function bareSdk({ gzips }) {
  return {
    takesCalls: true,
    start({ endpoint, region, logGroupName, logStreamName }) {
      const client = new CloudWatchLogsClient({ endpoint, region });
      if (gzips) client.middlewareStack.add(gzipBodies, { step: 'build', priority: 'high', name: 'gzip' });
      return twoInFlight((logEvents) =>
        client.send(new PutLogEventsCommand({ logGroupName, logStreamName, logEvents })),
      );
    },
  };
}

const gzipBodies = (next) => async (args) => {
  const { request } = args;
  request.body = await compress(request.body, { level: 1 });
  request.headers['content-encoding'] = 'gzip';
  return next(args);
};
