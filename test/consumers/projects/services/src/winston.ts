import { createLogger } from 'winston';
import { CloudWatchTransport, type CloudWatchTransportOptions } from 'fapilog-cloudwatch/winston';

const options: CloudWatchTransportOptions = { level: 'info' };
const logger = createLogger({
  defaultMeta: { logger: 'orders' },
  transports: [new CloudWatchTransport(options)],
});
logger.info('order placed', { orderId: 'o-1', amount: 12.5 });
logger.child({ requestId: 'r-1' }).error('payment failed', new Error('card declined'));
