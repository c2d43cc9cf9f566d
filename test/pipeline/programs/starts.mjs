/** Logs one line, by `import` or by `require` and a client, and tells what is loaded then, and after the line is delivered. */
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const loaded = () => [
  ...Object.keys(require.cache),
  ...process.moduleLoadList.filter((each) => each.startsWith('NativeModule ')),
];

process.env.FAPILOG_CLOUDWATCH__LOG_GROUP_NAME = '/myapp/production';
process.env.FAPILOG_CLOUDWATCH__REGION = 'us-east-1';
process.env.FAPILOG_CLOUDWATCH__ENDPOINT_URL = process.env.SERVICE_URL;
process.env.FAPILOG_CORE__SINKS = '["cloudwatch"]';
const [how, client] = process.argv.slice(2);
process.env.FAPILOG_CLOUDWATCH__CLIENT = client;
const { getLogger } = how === 'require' ? require('fapilog-cloudwatch') : await import('fapilog-cloudwatch');
const logger = getLogger();
logger.info('order placed', { id: 0 });
const atFirst = loaded();
const report = await logger.close();
console.log(JSON.stringify({ atFirst, atLast: loaded(), report }));
