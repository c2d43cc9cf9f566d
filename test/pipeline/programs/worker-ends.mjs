/** Logs from a worker thread and ends in the way that the argument names. */
import { logMany, tellAccountAtExit, workerLogger } from './worker-settings.mjs';

const [, , way, count = '1000'] = process.argv;
const logger = workerLogger();
tellAccountAtExit(logger);
logMany(logger, Number(count));

const ways = {
  justEnds: () => undefined,
  exits: () => process.exit(3),
  throws: () => {
    throw new Error('nobody catches this');
  },
  rejects: () => void Promise.reject(new Error('nobody catches this')),
  closes: () => logger.close(),
  exitsWhileClosing: () => {
    void logger.close({ deadlineMs: 60_000 });
    setTimeout(() => process.exit(3), 100);
  },
  exitsLater: () => setTimeout(() => process.exit(3), 1_500),
};
await ways[way]();
