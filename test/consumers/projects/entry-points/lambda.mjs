import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

const logger = getLogger();
const handler = withLambda(async (event) => logger.warn('order placed', { id: event.id }));

async function main() {
  await handler({ id: 0 }, { awsRequestId: 'r' });
  const { accepted, delivered } = logger.stats();
  console.log(JSON.stringify({ accepted, delivered }));
}

void main();
