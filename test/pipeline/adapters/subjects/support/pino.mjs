/** What the subjects have in common that log with pino, of whatever version. */
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { pinoStream } from 'fapilog-cloudwatch/pino';
import slowStream, { lineCounter } from './slow-stream.mjs';

const SLOW = fileURLToPath(new URL('slow-stream.mjs', import.meta.url));

const OF_JSON = 'pino hands over its lines of JSON';

export const limitsOfStream = { values: OF_JSON };

export const limitsOfTransport = {
  ...limitsOfStream,
  'lone surrogates': 'pino hands its lines to the worker as UTF-8, which has no halves of characters',
  'after close': 'the stream of pino to its worker emits an error for what is logged after its end',
  'exit listener': 'pino ends its worker in an exit listener of its own, which comes first',
  signals: 'the worker thread of pino ends with the process, which does not wait for it at a signal',
};

export const levels = {
  trace: 'trace',
  debug: 'debug',
  info: 'info',
  warn: 'warn',
  error: 'error',
  fatal: 'fatal',
};

/** The level and the time that pino writes are the first ones, before fields of these names. */
export function read({ message: line }) {
  const [, level, time] = /^\{"level":"(\w+)","time":(\d+)/.exec(line);
  const { level: _, time: __, pid, hostname, msg, ...fields } = JSON.parse(line);
  return { timeMs: Number(time), level, message: msg, fields: { pid, hostname, ...fields } };
}

/** Logs by a worker thread of pino. */
export async function openTransport(pino, options, { sibling } = {}) {
  const { counter, lines } = lineCounter();
  const ours = { target: 'fapilog-cloudwatch/pino', options, level: 'trace' };
  const transport = pino.transport(
    sibling ? { targets: [ours, { target: SLOW, options: { counter }, level: 'trace' }] } : ours,
  );
  const { flush, ...calls } = callsOf(pino, transport);
  return {
    ...calls,
    // That of pino 9 calls back once the worker has the lines.
    ...(isOfPino9(pino) ? {} : { flush }),
    async close() {
      const closed = once(transport, 'close');
      // The worker does not keep the process alive.
      const alive = setInterval(() => undefined, 1_000);
      transport.end();
      await closed;
      clearInterval(alive);
    },
    siblingLines: lines,
  };
}

/** Logs by the stream in the application's own thread. */
export async function openStream(pino, options, { sibling } = {}) {
  const { counter, lines } = lineCounter();
  const stream = pinoStream(options);
  const both = [
    { stream, level: 'trace' },
    { stream: slowStream({ counter }), level: 'trace' },
  ];
  const { logger, ...calls } = callsOf(pino, sibling ? pino.multistream(both) : stream);
  return {
    ...calls,
    flush: () => new Promise((resolve) => logger.flush(resolve)),
    close: (deadlineMs) => stream.close({ deadlineMs }),
    stats: () => stream.stats(),
    siblingLines: lines,
  };
}

function callsOf(pino, destination) {
  let givenMs;
  const timestamp = () => `,"time":${givenMs ?? Date.now()}`;
  const logger = pino({ level: 'trace', timestamp }, destination);
  const ofRequests = logger.child({}, { serializers: pino.stdSerializers });
  return {
    logger,
    log: (level, message, fields) => logger[level](isOfPino9(pino) ? renamed(fields) : fields, message),
    logError: (message, error) => logger.error(error, message),
    logRequest: (req, res) => ofRequests.info({ req, res }, 'request'),
    logAt(timeMs, level, message) {
      givenMs = timeMs;
      logger[level](message);
      givenMs = undefined;
    },
    flush: () => new Promise((resolve) => logger.flush(resolve)),
  };
}

function isOfPino9({ version }) {
  return version.startsWith('9.');
}

/** pino 9 takes what fields inherit, such as `hasOwnProperty`, for functions that serialize fields of that name, and throws. */
function renamed(fields) {
  const named = Object.entries(fields).map(([name, value]) => [name in {} ? `own ${name}` : name, value]);
  return Object.fromEntries(named);
}
