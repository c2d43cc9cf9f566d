/** The console of Node.js, captured. */
import { captureConsole } from '../../../../dist/esm/runtime/adapters/console.js';
import { getLogger, CloudWatchSink, Settings } from '../../../../dist/esm/runtime/index.js';
import { slowSink } from './support/slow-sink.mjs';

export const title = 'console';

export const limits = {
  time: 'a call of the console has the time at which it is made',
  'after close': "the console is the application's again, and prints",
};

export const levels = { trace: 'trace', debug: 'debug', info: 'info', warn: 'warn', error: 'error' };

export function read({ message: line }) {
  const { timestamp, level, message, ...fields } = JSON.parse(line);
  return { timeMs: Date.parse(timestamp), level, message, fields };
}

export async function open(options, { sibling } = {}) {
  const slow = sibling ? slowSink() : undefined;
  const logger =
    slow && getLogger({ settings: new Settings(), sinks: [new CloudWatchSink(options), slow.sink] });
  const capture = captureConsole({ ...(logger ? { logger } : options), passThrough: false });
  return {
    log: (level, message, fields) => console[level](message, ...(fields === undefined ? [] : [fields])),
    logError: (message, error) => console.error(message, error),
    logRequest: (req, res) => console.log('request', { req, res }),
    flush: (deadlineMs) => capture.flush({ deadlineMs }),
    close: (deadlineMs) => capture.close({ deadlineMs }),
    stats: () => capture.stats(),
    siblingLines: () => slow.lines(),
  };
}
