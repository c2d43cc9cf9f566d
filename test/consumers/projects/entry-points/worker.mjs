import { getLogger } from 'fapilog-cloudwatch';

const logger = getLogger({ worker: true });
logger.info('order placed', { id: 0 });
void logger.close().then(({ accepted, delivered }) => console.log(JSON.stringify({ accepted, delivered })));
