// SSM, as far as GetParameter in AWS JSON 1.1. It runs in a thread of its own, because whoever reads a parameter blocks.
import { createServer } from 'node:http';
import { parentPort, workerData } from 'node:worker_threads';

const { parameters } = workerData;
const calls = [];

const server = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += chunk;
  // Whoever reads a parameter blocks, and would not see that a connection kept for later has been closed.
  response.setHeader('connection', 'close');
  if (request.method === 'GET') return response.end(JSON.stringify(calls));
  const { Name, WithDecryption } = JSON.parse(body);
  const [, region] = /Credential=[^/]+\/\d+\/([^/]+)\/ssm\//.exec(request.headers.authorization) ?? [];
  calls.push({ target: request.headers['x-amz-target'], name: Name, decrypted: WithDecryption, region });
  if (Name === '/slow') return undefined;
  const refuse = (type) =>
    response
      .writeHead(400, { 'content-type': 'application/x-amz-json-1.1' })
      .end(JSON.stringify({ __type: type, message: 'no' }));
  if (Name === '/denied') return refuse('AccessDeniedException');
  if (!Object.hasOwn(parameters, Name)) return refuse('ParameterNotFound');
  return response.writeHead(200, { 'content-type': 'application/x-amz-json-1.1' }).end(
    JSON.stringify({
      Parameter: {
        Name,
        Type: Name.startsWith('/plain') ? 'String' : 'SecureString',
        Value: parameters[Name],
      },
    }),
  );
});

// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread's port has no origin
server.listen(0, '127.0.0.1', () => parentPort.postMessage(`http://127.0.0.1:${server.address().port}`));
