import pinoTransport, { pinoStream, type PinoStream } from 'fapilog-cloudwatch/pino';

pinoTransport({ level: 'warn' }).end();
export const inProcess: PinoStream = pinoStream({
  level: 'warn',
  onRejected: ({ message }) => console.error(message),
});
// @ts-expect-error -- no level
pinoTransport({ level: 'loud' });
// @ts-expect-error -- what is discarded has no such member
pinoStream({ onRejected: ({ colour }) => console.error(colour) });
