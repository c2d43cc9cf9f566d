import bunyan from 'bunyan';
import { openStreams } from './stream.mjs';

export const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
};

/** @param type of the stream, as bunyan has it: `stream` for lines, `raw` for objects */
export async function openBunyan(type, options, { sibling } = {}) {
  const { streams, calls } = openStreams(options, sibling);
  const [ours, other] = streams;
  const logger = bunyan.createLogger({
    name: 'shop',
    streams: [
      { type, stream: ours, level: 'trace' },
      ...(other ? [{ type: 'stream', stream: other, level: 'trace' }] : []),
    ],
  });
  const ofRequests = logger.child({ serializers: bunyan.stdSerializers });
  return {
    ...calls,
    // bunyan writes no record whose field `level` is not a number.
    log: (level, message, { level: named, ...fields }) => logger[level]({ ...fields, named }, '%s', message),
    logError: (message, error) => logger.error(error, message),
    logRequest: (req, res) => ofRequests.info({ req, res }, 'request'),
    logAt: (timeMs, level, message) => logger[level]({ time: new Date(timeMs) }, message),
  };
}
