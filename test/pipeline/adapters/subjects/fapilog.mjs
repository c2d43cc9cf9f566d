/** Our own logger: the reference that the adapters are held against. */
import { CloudWatchSink, getLogger, Settings } from '../../../../dist/esm/runtime/index.js';
import { slowSink } from './support/slow-sink.mjs';

export const title = 'getLogger()';

export const limits = { time: 'a log call has the time at which it is made' };

export const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
};

export function read({ message: line }) {
  const { timestamp, level, message, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

export async function open(options, { sibling } = {}) {
  const slow = sibling ? slowSink() : undefined;
  const settings = new Settings({ core: { logLevel: 'trace' } });
  const sinks = [new CloudWatchSink(options), ...(slow ? [slow.sink] : [])];
  const logger = getLogger({ settings, sinks });
  return {
    log: (level, message, fields) => logger[level](message, fields),
    logError: (message, error) => logger.error(message, error),
    logRequest: (req, res) => logger.info('request', { req, res }),
    flush: (deadlineMs) => logger.flush({ deadlineMs }),
    close: (deadlineMs) => logger.close({ deadlineMs }),
    stats: () => logger.stats(),
    siblingLines: () => slow.lines(),
  };
}
