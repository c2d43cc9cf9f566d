import log4js from 'log4js';
import { openStreams } from './support/stream.mjs';

export const title = 'log4js 6, its events';

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
  const { streams, calls } = openStreams(options, sibling);
  const [ours, other] = streams;
  const appenders = {
    cloudwatch: { type: { configure: () => (event) => void ours.write(event) } },
    other: { type: { configure: () => (event) => void other?.write(`${event.level.levelStr}\n`) } },
  };
  log4js.configure({
    appenders,
    categories: { default: { appenders: Object.keys(appenders), level: 'trace' } },
  });
  const logger = log4js.getLogger('shop');
  return {
    ...calls,
    log: (level, message, fields) => logger[level](message, fields),
    logError: (message, error) => logger.error(message, error),
    logRequest: (req, res) => logger.info('request', { req, res }),
  };
}
