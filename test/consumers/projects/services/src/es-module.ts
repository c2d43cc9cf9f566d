import { getLogger, type Logger, type LoggerAccount } from 'fapilog-cloudwatch';

const logger: Logger = getLogger('orders');

function place(orderId: string, amount?: number): void {
  logger.info('order placed', { orderId, amount });
}

place('o-1', 12.5);
logger.child({ requestId: 'r-1' }).error('payment failed', new Error('card declined'));
const { accepted, delivered }: LoggerAccount = await logger.close({ deadlineMs: 5_000 });
console.log(JSON.stringify({ accepted, delivered }));
