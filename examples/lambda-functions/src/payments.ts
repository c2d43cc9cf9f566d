import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

const logger = getLogger();

/** Handles the messages of a queue at the same time. SQS delivers again those that failed, and no others. */
export const handler = withLambda(async ({ Records }: SQSEvent): Promise<SQSBatchResponse> => {
  const failures = await Promise.all(Records.map(failureOf));
  return { batchItemFailures: failures.filter((failure) => failure !== undefined) };
});

/** Each line that is logged for a message has its id. */
function failureOf({ messageId, body }: SQSRecord): Promise<{ itemIdentifier: string } | undefined> {
  return logger.withContext({ messageId }, async () => {
    try {
      await pay(JSON.parse(body) as Payment);
      return undefined;
    } catch (error) {
      logger.error('message failed', { error });
      return { itemIdentifier: messageId };
    }
  });
}

interface Payment {
  readonly amount: number;
}

async function pay({ amount }: Payment): Promise<void> {
  if (!(amount > 0)) throw new RangeError(`amount is ${amount}; expected more than 0`);
  logger.info('paid', { amount });
}
