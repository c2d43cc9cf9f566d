/** How a block runs that does nothing by itself, or that needs something around it. */
export interface Scene {
  /** Text by which its block is found, on whatever page it stands. */
  readonly holds: string;
  /** Statements behind the block, in its module: what its reader would write next. */
  readonly next?: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Files beside its module. */
  readonly files?: Readonly<Record<string, string>>;
  /** SSM parameters that the program finds. */
  readonly parameters?: Readonly<Record<string, string>>;
  /** Text of the block in whose place something else runs. */
  readonly replaced?: readonly [string, string];
}

const FUNCTION = { AWS_LAMBDA_FUNCTION_NAME: 'orders' };
const invoked = {
  next: `import { invoke } from './invoke.mjs'; await invoke(handler);`,
  env: FUNCTION,
};
const inAThread = {
  next: `new Worker('./thread.js').once('message', () => process.kill(process.pid, 'SIGTERM'));`,
  files: {
    'thread.js': `
      import { parentPort } from 'node:worker_threads';
      import { getLogger } from 'fapilog-cloudwatch';
      getLogger().info('in a thread');
      parentPort.postMessage('logged');
      setInterval(() => {}, 1_000);`,
  },
};

/** The first one whose text a block has is its scene. */
export const scenes: readonly Scene[] = [
  // What is exported says how it is used.
  {
    holds: 'withDurableExecution',
    next: `
      import { LocalDurableTestRunner } from '@aws/durable-execution-sdk-js-testing';
      await LocalDurableTestRunner.setupTestEnvironment({ skipTime: true });
      const runner = new LocalDurableTestRunner({ handlerFunction: handler });
      const execution = await runner.run({ payload: { id: 'ord-1' } });
      console.log(execution.getStatus());
      await LocalDurableTestRunner.teardownTestEnvironment();`,
    env: FUNCTION,
  },
  { holds: 'export const processor = new CloudWatchLogRecordProcessor({ logger })', ...invoked },
  { holds: 'export const handler', ...invoked },
  {
    holds: 'export const sink = ',
    next: `import { getLogger } from 'fapilog-cloudwatch'; getLogger({ sinks: [sink] }).info('order placed', { orderId: 'ord-1' });`,
  },
  {
    holds: 'export const transport = new CloudWatchTransport',
    next: `import { createLogger } from 'winston'; createLogger({ transports: [transport] }).info('order placed');`,
  },
  {
    holds: 'export const provider',
    next: `provider.getLogger('orders').emit({ severityNumber: 9, body: 'order placed' }); await provider.shutdown();`,
  },
  {
    holds: 'export const stream = ',
    next: `stream.end('{"level":"info","msg":"order placed"}\\nplain text\\n');`,
  },
  { holds: 'export const server = ', next: `console.log(server.endpoint); await server.close();` },
  {
    holds: 'export const logger = createLogger(',
    next: `logger.info('order placed', { orderId: 'ord-1' });`,
  },

  // The port of the page may be taken by somebody who tries it.
  { holds: `port: 4588, allowedHosts`, replaced: ['port: 4588', 'port: 0'] },

  // Functions that the application calls.
  {
    holds: 'export async function importAll(',
    next: `async function* rows() { yield { id: 1 }; yield { id: 2 }; } await importAll(rows());`,
  },
  { holds: 'export async function nightlyImport(', next: 'await nightlyImport();' },
  { holds: 'export async function charge(', next: `await charge('ord-1'); await charge('');` },
  {
    holds: 'export async function handle(',
    next: `await handle('req-1', async () => { logger.info('order placed'); throw new Error('card declined'); });`,
  },
  {
    holds: 'export function asUser(',
    next: `await asUser('u-1', async () => getLogger().info('order placed'));`,
  },

  // Servers that do not listen yet.
  { holds: 'app.use(koaRequestLogger())', next: 'app.listen(8080);' },
  {
    holds: 'requestLogger<express.Request',
    next: `app.get('/orders/:id', (req, res) => void res.json({ ok: true })); app.listen(8080);`,
  },
  {
    holds: `app.use(morgan('combined'`,
    next: `app.get('/orders/:id', (req, res) => void res.json({ ok: true })); app.listen(8080);`,
  },
  {
    holds: 'export const logged = pinoHttp(',
    next: `import { createServer } from 'node:http'; createServer((req, res) => { logged(req, res); res.end('ok'); }).listen(8080);`,
  },
  {
    holds: `requestLogger({ level: { '2xx': 'debug'`,
    next: `import { createServer } from 'node:http'; const logged = requestLogger({ level: { 404: 'info' } }); createServer((req, res) => logged(req, res, () => res.writeHead(404).end())).listen(8080);`,
  },

  // Ends of a process.
  {
    holds: `void logger.close({ deadlineMs: 5_000 }).then(() => process.exit(0));`,
    next: `logger.info('order placed'); process.kill(process.pid, 'SIGTERM');`,
  },
  {
    holds: 'flushWorkersSync(workers',
    ...inAThread,
  },
  {
    // What Lambda leaves is too short for a busy machine.
    holds: 'flushWorkers(workers, { deadlineMs: 250 })',
    replaced: ['deadlineMs: 250', 'deadlineMs: 10_000'],
    ...inAThread,
  },
  {
    holds: `new Piscina({ filename: 'task.js'`,
    replaced: ['// …', 'await pool.run();'],
    files: {
      'task.js': `import { getLogger } from 'fapilog-cloudwatch'; export default () => getLogger().info('in a pool');`,
    },
  },

  // What stands around them.
  {
    holds: `import 'fapilog-cloudwatch/sdk';`,
    next: `import { getLogger } from 'fapilog-cloudwatch'; getLogger().info('order placed');`,
  },
  {
    holds: 'subscribe(DIAGNOSTICS_CHANNEL',
    next: `import { getLogger } from 'fapilog-cloudwatch'; getLogger().metric('orders', 1);`,
  },
  {
    holds: `createReadStream('app.log')`,
    files: { 'app.log': '{"level":"warn","msg":"payment is late"}\nplain text\n' },
  },
  {
    holds: `{ file: 'logging.yaml' }`,
    files: { 'logging.yaml': 'redaction:\n  enabled: true\n' },
    next: `logger.debug('sign in of eve@example.com');`,
  },
  {
    holds: 'log4js.configure',
    next: `log4js.getLogger('orders').warn('payment is late', { orderId: 'ord-1' }); log4js.shutdown(() => {});`,
  },
  {
    holds: `registerFilter('no_health_checks'`,
    env: { FAPILOG_CORE__FILTERS: 'no_health_checks', FAPILOG_CORE__SINKS: 'cloudwatch,lines' },
    next: `logger.info('GET /health'); logger.info('GET /orders');`,
  },
  {
    holds: 'await Settings.load();',
    next: `logger.debug('order read', { orderId: 'ord-1' });`,
    env: { FAPILOG_CONFIG_SSM: '/myapp/logging', FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '' },
    parameters: {
      '/myapp/logging':
        '{"core":{"log_level":"debug"},"sink_config":{"cloudwatch":{"log_group_name":"/myapp/production"}}}',
    },
  },
  { holds: `logger.info({ orderId: 'ord-1' }, 'order placed');` },
  { holds: 'pino.multistream(', next: `logger.info('order placed'); logger.warn('payment is late');` },
  { holds: `logger.metric('orders', 1, { unit`, env: { FAPILOG_SERVICE: 'shop' } },
  { holds: 'export const logger = ', next: `logger.info({ orderId: 'ord-1' }, 'order placed');` },
];

/** Why a block does not run here. */
export interface Exception {
  readonly holds: string;
  readonly reason: string;
}

export const exceptions: readonly Exception[] = [
  {
    holds: "from 'winston-cloudwatch'",
    reason: 'the program before the change; test/pipeline/winston-cloudwatch.test.ts runs it',
  },
  {
    holds: "target: '@serdnam/pino-cloudwatch-transport'",
    reason: 'the program before the change, with a package that is not installed',
  },
  {
    holds: "from '@logtape/cloudwatch-logs'",
    reason: 'the program before the change, with a package that is not installed',
  },
  {
    holds: "from '@aws-lambda-powertools/logger'",
    reason: 'the program before the change; test/pipeline/migrations runs it',
  },
  { holds: 'new NodeSDK(', reason: 'a part of a program, with a package that is not installed' },
  {
    holds: 'new HttpsProxyAgent(',
    reason: 'needs a proxy and a service behind TLS; test/pipeline/proxies.test.ts has both',
  },
];

export function sceneOf(code: string): Scene | undefined {
  return scenes.find(({ holds }) => code.includes(holds));
}

export function exceptionOf(code: string): Exception | undefined {
  return exceptions.find(({ holds }) => code.includes(holds));
}
