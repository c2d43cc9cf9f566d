import middy from '@middy/core';
import type { APIGatewayProxyEventV2, APIGatewayProxyResultV2 } from 'aws-lambda';
import { getLogger } from 'fapilog-cloudwatch';
import { correlationPaths, lambdaMiddleware } from 'fapilog-cloudwatch/lambda';

const logger = getLogger();

/** Greets the caller of an HTTP API. The middleware comes first, so that it ends last. */
export const handler = middy<APIGatewayProxyEventV2, APIGatewayProxyResultV2>()
  .use(lambdaMiddleware({ correlationId: correlationPaths.apiGatewayHttp }))
  .handler(async ({ queryStringParameters }) => {
    const name = queryStringParameters?.['name'] ?? 'world';
    logger.info('greeted', { name });
    return { statusCode: 200, body: `Hello, ${name}` };
  });
