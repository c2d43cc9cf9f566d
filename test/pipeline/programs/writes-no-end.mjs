/** Writes a last line that does not end, and ends in the way that the environment names, without a call of `end()`. */
import { pinoStream } from 'fapilog-cloudwatch/pino';
import { CloudWatchStream } from 'fapilog-cloudwatch/stream';
import { cloudwatchTo } from './settings.mjs';

const { THROUGH, WAY } = process.env;
const options = cloudwatchTo('api-server');
const stream = THROUGH === 'pino' ? pinoStream(options) : new CloudWatchStream(options);
stream.write('{"level":"info","id":0}');

const ways = {
  justEnds: () => undefined,
  exits: () => process.exit(0),
  throws: () => {
    throw new Error('nobody catches this');
  },
  waits() {
    setInterval(() => undefined, 1_000);
    console.log('ready');
  },
};
ways[WAY]();
