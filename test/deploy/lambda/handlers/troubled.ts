import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();
const never = new Promise<never>(() => undefined);

/** Logs, and is not done in time. */
export function hanging(): Promise<never> {
  logger.info('never done');
  setInterval(() => undefined, 1_000);
  return never;
}

/** Logs, and waits for something that nothing is going to do: Node ends the process. */
export function forgetful(): Promise<never> {
  logger.info('about to end');
  return never;
}

/** Logs, and throws where nobody catches. */
export function crashing(): Promise<never> {
  logger.info('about to crash');
  setImmediate(() => {
    throw new Error('crash');
  });
  return never;
}
