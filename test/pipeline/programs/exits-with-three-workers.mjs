/** Exits while three sinks, each with a worker of its own, have something to deliver, and says how long that took. */
import { logMany, workerLogger } from './worker-settings.mjs';

const loggers = ['a', 'b', 'c'].map((logStreamName) =>
  workerLogger({ logStreamName }, { exitDeadlineMs: 1_500 }),
);
for (const [index, logger] of loggers.entries()) logMany(logger, 100, index * 100);
const startedMs = Date.now();
process.on('exit', () => console.log(JSON.stringify({ waitedMs: Date.now() - startedMs })));
process.exit(3);
