import { pipeline } from 'node:stream/promises';
import type { LambdaFunctionURLEvent } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { withLambda } from 'fapilog-cloudwatch/lambda';

const logger = getLogger();

/** Streams a report by a function URL. The lines are delivered once the stream has ended. */
export const handler = withLambda(
  awslambda.streamifyResponse<LambdaFunctionURLEvent>(async ({ rawPath }, responseStream) => {
    logger.info('report begun', { path: rawPath });
    await pipeline(rows, responseStream);
    logger.info('report sent', { path: rawPath });
  }),
);

function* rows(): Generator<string> {
  for (let row = 1; row <= 3; row++) yield `row ${row}\n`;
}
