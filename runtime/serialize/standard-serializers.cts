/** CommonJS, so that the package can be loaded with the first request that is logged, and not before, without waiting. */
export const standardSerializers = (): typeof import('pino-std-serializers') =>
  require('pino-std-serializers');
