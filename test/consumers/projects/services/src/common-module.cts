import fapilog = require('fapilog-cloudwatch');

const logger: fapilog.Logger = fapilog.getLogger('orders');

async function main(): Promise<void> {
  logger.info('order placed', { orderId: 'o-1', amount: 12.5 });
  logger.child({ requestId: 'r-1' }).error('payment failed', new Error('card declined'));
  const { accepted, delivered } = await logger.close({ deadlineMs: 5_000 });
  console.log(JSON.stringify({ accepted, delivered }));
}

void main();
