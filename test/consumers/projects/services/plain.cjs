const { getLogger } = require('fapilog-cloudwatch');

const logger = getLogger('orders');
logger.info('order placed', { orderId: 'o-1', amount: 12.5 });
logger.child({ requestId: 'r-1' }).error('payment failed', new Error('card declined'));
logger.close({ deadlineMs: 5_000 }).then(({ accepted, delivered }) => {
  console.log(JSON.stringify({ accepted, delivered }));
});
