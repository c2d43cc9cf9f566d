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
    log: (level, message, fields) => logger[level](taken(fields), '%s', message),
    logError: (message, error) => logger.error(error, message),
    logRequest: (req, res) => ofRequests.info({ req, res }, 'request'),
    logAt: (timeMs, level, message) => logger[level]({ time: new Date(timeMs) }, message),
  };
}

const OF_BUNYAN = new Set(['msg', 'v', 'level', '__proto__']);

/** bunyan throws at a BigInt, replaces fields of these names, and writes no record whose field `level` is not a number. */
function taken(fields) {
  const shown = Object.entries(fields).map(([name, value]) => [
    OF_BUNYAN.has(name) ? `own ${name}` : name,
    typeof value === 'bigint' ? String(value) : value,
  ]);
  return Object.fromEntries(shown);
}
