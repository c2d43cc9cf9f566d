/**
 * Makes a logger in the way that the first argument names, uses all that it has, and tells what this cost the process and how it was
 * answered. Nothing of it may throw, wait or keep the process alive.
 */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { CloudWatchSink, getLogger, Settings } = require('fapilog-cloudwatch');
const LISTENED = ['beforeExit', 'exit', 'SIGTERM', 'SIGINT', 'SIGHUP', 'uncaughtException', 'warning'];

const ways = {
  environment: () => getLogger(),
  named: () => getLogger('orders'),
  level: () => getLogger({ level: 'silent' }),
  upper: () => getLogger({ level: 'SILENT' }),
  settings: () => getLogger({ settings: new Settings({ core: { logLevel: 'silent' } }) }),
  worker: () => getLogger({ level: 'silent', worker: true }),
  noSinks: () => getLogger({ sinks: [] }),
  noNames: () => getLogger({ settings: new Settings({ core: { sinks: [] } }) }),
  child: () => getLogger().child({ part: 'orders' }, { level: 'silent' }),
  ownSink: () => getLogger({ sinks: [new CloudWatchSink()] }),
  loudOwnSink: () => getLogger({ sinks: [new CloudWatchSink()], level: 'trace' }),
  ownSilentSink: () => getLogger({ sinks: [new CloudWatchSink({ level: 'silent' })], level: 'trace' }),
};

const listeners = () => LISTENED.map((event) => process.listenerCount(event)).join();
const before = { listeners: listeners(), resources: process.getActiveResourcesInfo().length };
const logger = ways[process.argv[2]]();
logger.info(
  {
    get never() {
      return (logger.isRead = true);
    },
  },
  'order placed',
);
const child = logger.child({ orderId: 'o-1' });
child.fatal(new Error('no stock'));
child.error('no stock');
const after = { listeners: listeners(), resources: process.getActiveResourcesInfo().length };
await logger.ready();
const { accepted: flushed } = await logger.flush();
const { state } = logger.health();
const account = await logger.close();
child.error('too late');
console.log(
  JSON.stringify({
    before,
    after,
    flushed,
    state,
    account,
    closed: logger.health().state,
    needsDrain: logger.needsDrain,
    isRead: logger.isRead ?? false,
    loaded: Object.keys(require.cache).filter((path) => /node_modules\/(?!yaml\/)/.test(path)),
  }),
);
