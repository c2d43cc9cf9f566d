import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger();
logger.info('order placed', { id: 0 });
void logger.close().then(({ accepted, delivered }) => console.log(JSON.stringify({ accepted, delivered })));
