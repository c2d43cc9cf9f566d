import { pino } from 'pino';

const transport = pino.transport({ target: 'fapilog-cloudwatch/pino', options: { level: 'info' } });
const logger = pino({ name: 'orders' }, transport);
logger.info({ orderId: 'o-1', amount: 12.5 }, 'order placed');
logger.child({ requestId: 'r-1' }).error(new Error('card declined'), 'payment failed');
