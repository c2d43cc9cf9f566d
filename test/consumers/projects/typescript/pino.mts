import pinoTransport, { pinoStream, type PinoStream } from 'fapilog-cloudwatch/pino';
import { CloudWatchSink } from 'fapilog-cloudwatch';
// Both forms of import lead to one class.
import required = require('fapilog-cloudwatch');

pinoTransport({ level: 'warn' }).end();
export const inProcess: PinoStream = pinoStream({ level: 'warn' });
export const sink: CloudWatchSink = new required.CloudWatchSink();
// @ts-expect-error -- no level
pinoTransport({ level: 'loud' });
