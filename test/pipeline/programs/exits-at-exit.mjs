/** Has a listener of `exit`, registered before the sink, that ends the process: those after it are not called. */
process.on('exit', () => process.exit(3));
const { loggerTo, logMany } = await import('./settings.mjs');

logMany(loggerTo('api-server'), 1_000);
process.exit(0);
