/**
 * Invokes the handler of an example, which uses the built package, once for each event, and prints the answers as JSON. As Lambda's runtime does,
 * it hands a stream to a handler that streams.
 */
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';

const STREAMING = Symbol.for('aws.lambda.runtime.handler.streaming');
globalThis.awslambda = {
  streamifyResponse: (handler) => Object.assign(handler, { [STREAMING]: 'response' }),
};

const [, , file, events] = process.argv;
const { handler } = await import(`../../dist/build/examples/${file}.js`);

const answers = [];
for (const [index, event] of JSON.parse(events).entries())
  answers.push(await answerTo(event, contextOf(index)));
process.send(answers);

function contextOf(index) {
  return {
    awsRequestId: `request-${index}`,
    invokedFunctionArn: 'arn:aws:lambda:us-east-1:123456789012:function:example',
    getRemainingTimeInMillis: () => 10_000,
  };
}

async function answerTo(event, context) {
  try {
    return handler[STREAMING] ? await streamed(event, context) : await handler(event, context);
  } catch (error) {
    return { threw: error.message };
  }
}

async function streamed(event, context) {
  const stream = new PassThrough();
  const body = text(stream);
  await handler(event, stream, context);
  return body;
}
