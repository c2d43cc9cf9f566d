/** Listens to SIGTERM in one of several ways, cleans up for a while, closes the logger and exits with 7. */
import { loggerTo, logMany } from './settings.mjs';

const logger = loggerTo('api-server');
logMany(logger, 500);

async function end() {
  await new Promise((resolve) => setTimeout(resolve, 200));
  logMany(logger, 500, 500);
  await logger.close();
  process.exit(7);
}

const ways = {
  on: () => process.on('SIGTERM', end),
  once: () => process.once('SIGTERM', end),
  prependOnce: () => process.prependOnceListener('SIGTERM', end),
  // As programs do that have one way to end, whatever the cause: no signal comes.
  emits() {
    process.once('SIGTERM', end);
    setTimeout(() => process.emit('SIGTERM'), 50);
  },
  later: () => setTimeout(() => process.once('SIGTERM', end), 50),
  // As close-with-grace: all signals, and none of them a second time.
  grace() {
    const signals = [
      'SIGHUP',
      'SIGINT',
      'SIGQUIT',
      'SIGILL',
      'SIGTRAP',
      'SIGABRT',
      'SIGBUS',
      'SIGFPE',
      'SIGSEGV',
    ];
    const all = [...signals, 'SIGUSR2', 'SIGTERM'];
    const run = () => {
      for (const signal of all) process.removeListener(signal, run);
      void end();
    };
    for (const signal of all) process.once(signal, run);
  },
  // As NestJS with enableShutdownHooks(): it takes its listeners away in the end, and sends the signal again.
  nest() {
    const cleanUp = async (signal) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      logMany(logger, 500, 500);
      process.removeListener('SIGTERM', cleanUp);
      process.kill(process.pid, signal);
    };
    process.on('SIGTERM', cleanUp);
  },
};
ways[process.env.WAY]();
setInterval(() => undefined, 1_000);
setTimeout(() => console.log('ready'), 100);
