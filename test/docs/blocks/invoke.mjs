/** Invokes handlers as the runtime of Lambda does, and prints what they answer. */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
};

const context = {
  awsRequestId: 'request-1',
  functionName: 'orders',
  invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:orders',
  memoryLimitInMB: '128',
  getRemainingTimeInMillis: () => 10_000,
};

/** An event as the API Gateway sends one, with a record as SQS sends one: a handler reads what is its own. */
const event = {
  rawPath: '/orders',
  headers: { 'x-tenant': 'acme' },
  requestContext: { requestId: 'api-1', http: { method: 'POST', path: '/orders' } },
  body: '{',
  orderId: 'ord-1',
  Records: [{ messageId: 'message-1', body: '{}', eventSource: 'aws:sqs', attributes: {} }],
};

export async function invoke(handler) {
  if (!handler[STREAMING]) {
    print(JSON.stringify(await handler(event, context)));
    return;
  }
  const stream = new PassThrough();
  const body = text(stream);
  await handler(event, stream, context);
  print(await body);
}

/** A handler may have captured the console. */
function print(answer) {
  process.stdout.write(`${answer}\n`);
}
