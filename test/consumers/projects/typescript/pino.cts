import pino = require('fapilog-cloudwatch/pino');

pino.default({ level: 'warn' }).end();
export const inProcess: pino.PinoStream = pino.pinoStream({ level: 'warn' });
// @ts-expect-error -- no level
pino.default({ level: 'loud' });
