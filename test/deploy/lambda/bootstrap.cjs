'use strict';

// What the runtime interface client of Lambda does, without its conveniences: load the handler, then ask for an
// invocation, call the handler and post its answer, again and again.

const { AWS_LAMBDA_RUNTIME_API, LAMBDA_TASK_ROOT, _HANDLER } = process.env;
const api = `http://${AWS_LAMBDA_RUNTIME_API}/2018-06-01/runtime`;

/** The invocation that an error outside of the handler belongs to. */
let current;

process.on('uncaughtException', (error) => void die(error));
process.on('unhandledRejection', (error) => void die(error));

void main();

async function main() {
  const handler = load();
  for (;;) {
    const { event, context } = await next();
    current = context.awsRequestId;
    const [path, body] = await answer(handler, event, context);
    current = undefined;
    await post(`/invocation/${context.awsRequestId}/${path}`, body);
  }
}

function load() {
  const [file, name] = _HANDLER.split('.');
  return require(`${LAMBDA_TASK_ROOT}/${file}`)[name];
}

async function next() {
  const response = await fetch(`${api}/invocation/next`);
  const deadlineMs = Number(response.headers.get('lambda-runtime-deadline-ms'));
  const context = {
    awsRequestId: response.headers.get('lambda-runtime-aws-request-id'),
    invokedFunctionArn: response.headers.get('lambda-runtime-invoked-function-arn'),
    getRemainingTimeInMillis: () => deadlineMs - Date.now(),
  };
  process.env['_X_AMZN_TRACE_ID'] = response.headers.get('lambda-runtime-trace-id');
  return { event: await response.json(), context };
}

async function answer(handler, event, context) {
  try {
    return ['response', (await handler(event, context)) ?? null];
  } catch (error) {
    return ['error', described(error)];
  }
}

async function die(error) {
  await post(current === undefined ? '/init/error' : `/invocation/${current}/error`, described(error));
  process.exit(129);
}

function described(error) {
  return {
    errorType: error?.name,
    errorMessage: error?.message ?? String(error),
    trace: error?.stack?.split('\n'),
  };
}

async function post(path, body) {
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(api + path, { method: 'POST', headers, body: JSON.stringify(body) });
  await response.arrayBuffer();
}
