/** LogTape with our sink, of whatever version. */
import { setTimeout as pause } from 'node:timers/promises';
import { getCloudWatchSink } from '../../../../../dist/esm/runtime/adapters/logtape.js';

/** Names of LogTape's levels for ours. */
export const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warning',
  error: 'error',
  fatal: 'fatal',
};

export function read({ message: line }) {
  const { timestamp, level, message, logger: _category, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

export async function openLogTape(
  { configure, dispose, fromAsyncSink, getLogger },
  options,
  { sibling } = {},
) {
  let siblingLines = 0;
  const cloudwatch = getCloudWatchSink(options);
  const slow = fromAsyncSink(async () => {
    await pause(50);
    siblingLines++;
  });
  await configure({
    // A process may open several, one after another.
    reset: true,
    sinks: { cloudwatch, ...(sibling && { slow }) },
    loggers: [
      { category: 'shop', sinks: sibling ? ['slow', 'cloudwatch'] : ['cloudwatch'], lowestLevel: 'trace' },
      { category: ['logtape', 'meta'], sinks: [], lowestLevel: 'error' },
    ],
  });
  const logger = getLogger('shop');
  return {
    log: (level, message, fields) => logger[levels[level] === 'warning' ? 'warn' : level](message, fields),
    logError: (message, error) => logger.error(message, { error }),
    logRequest: (req, res) => logger.info('request', { req, res }),
    logAt: (timestamp, level, message) =>
      logger.emit({
        timestamp,
        level: levels[level],
        message: [message],
        rawMessage: message,
        properties: {},
      }),
    flush: (deadlineMs) => cloudwatch.flush({ deadlineMs }),
    // LogTape gives no deadline to what it disposes of.
    async close(deadlineMs) {
      await cloudwatch.close({ deadlineMs });
      if (!sibling) await dispose();
    },
    stats: () => cloudwatch.stats(),
    siblingLines: () => siblingLines,
  };
}
