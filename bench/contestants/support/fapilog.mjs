import { getLogger } from '../../../dist/esm/runtime/index.js';

/** Takes its settings from the environment, as the construct would write them. */
export function fapilog(options) {
  return {
    start() {
      const logger = getLogger(options);
      return {
        log: ({ message, fields }) => logger.info(message, fields),
        get needsDrain() {
          return logger.needsDrain;
        },
        ready: () => logger.ready(),
        close: () => logger.close({ deadlineMs: 120_000 }),
      };
    },
  };
}
