/** Logs from a worker thread and ends in the way that the argument names. */
import { subscribe } from 'node:diagnostics_channel';
import { logMany, tellAccountAtExit, workerLogger } from './worker-settings.mjs';

const [, , way, settings = '{}'] = process.argv;
const logger = workerLogger(JSON.parse(settings));
tellAccountAtExit(logger);
logMany(logger, 1_000);

const ways = {
  exits: () => process.exit(3),
  exitsWhileClosing: () => {
    void logger.close({ deadlineMs: 60_000 });
    setTimeout(() => process.exit(3), 100);
  },
  exitsAndLogsWhatItHears: () => {
    let id = 1_000;
    subscribe('fapilog-cloudwatch', () => logger.info('heard', { id: id++ }));
    process.exit(3);
  },
  exitsLater: () => setTimeout(() => process.exit(3), 1_500),
};
ways[way]();
