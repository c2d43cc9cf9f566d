/** winston with its transport for CloudWatch Logs. */
import { once } from 'node:events';
import winston from 'winston';
import { CloudWatchTransport } from 'fapilog-cloudwatch/winston';

const PER_LINE_MS = 50;

export const title = 'winston 3';

export const limits = {
  sibling:
    'winston pauses its logger, with all transports, until the slowest one has taken what it was given',
};

export const levels = { trace: 'silly', debug: 'debug', info: 'info', warn: 'warn', error: 'error' };

export function read({ message: line }) {
  const { timestamp, level, message, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

/** Calls back late, as a transport that waits for each line does. */
class SlowTransport extends winston.Transport {
  lines = 0;

  log(_info, callback) {
    setTimeout(() => {
      this.lines++;
      callback();
    }, PER_LINE_MS);
  }
}

export async function open(options, { sibling } = {}) {
  const transport = new CloudWatchTransport(options);
  const slow = sibling ? new SlowTransport() : undefined;
  const logger = winston.createLogger({
    level: 'silly',
    // The default makes a JSON text for other transports, and throws where a getter does.
    format: winston.format((info) => info)(),
    transports: slow ? [transport, slow] : [transport],
  });
  // winston reports by it what is logged after the end.
  logger.on('error', (error) => console.error(error.message));
  return {
    log: (level, message, fields) => logger.log(levels[level], message, fields),
    logError: (message, error) => logger.error(message, error),
    logRequest: (req, res) => logger.info('request', { req, res }),
    logAt: (timeMs, level, message) =>
      logger.log({ level: levels[level], message, timestamp: new Date(timeMs).toISOString() }),
    flush: (deadlineMs) => transport.flush({ deadlineMs }),
    close: async (deadlineMs) => {
      const finished = once(logger, 'finish');
      void transport.close({ deadlineMs });
      logger.end();
      await finished;
    },
    stats: () => transport.stats(),
    siblingLines: () => slow.lines,
  };
}
