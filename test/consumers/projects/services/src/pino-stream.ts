import { pino } from 'pino';
import { pinoStream } from 'fapilog-cloudwatch/pino';

const stream = pinoStream({ level: 'info' });
const logger = pino({ name: 'orders' }, stream);
logger.info({ orderId: 'o-1', amount: 12.5 }, 'order placed');
logger.child({ requestId: 'r-1' }).error(new Error('card declined'), 'payment failed');
const { accepted, delivered } = await stream.close({ deadlineMs: 5_000 });
console.log(JSON.stringify({ accepted, delivered }));
