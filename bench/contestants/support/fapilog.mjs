/**
 * Takes its settings from the environment, as the construct would write them. `options` are those of `getLogger`;
 * `variables` are added to the environment, and `from` is where the build lies.
 */
export function fapilog({
  options,
  variables = {},
  from = () => new URL('../../../', import.meta.url),
} = {}) {
  return {
    async start() {
      Object.assign(process.env, variables);
      const { getLogger } = await import(new URL('dist/esm/runtime/index.js', from()).href);
      const logger = getLogger(options);
      return {
        log: ({ level, message, fields }) => logger[level](message, fields),
        get needsDrain() {
          return logger.needsDrain;
        },
        ready: () => logger.ready(),
        close: () => logger.close({ deadlineMs: 120_000 }),
      };
    },
  };
}
