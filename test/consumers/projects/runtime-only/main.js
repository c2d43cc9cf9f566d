import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();
logger.info('cloudwatch ready', { service: 'api' });
const { accepted, delivered } = await logger.close({ deadlineMs: 5_000 });
console.log(JSON.stringify({ accepted, delivered }));
