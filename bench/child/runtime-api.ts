import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';

export interface Listener {
  /** The function asks for an invocation. Returns the event, or undefined if there is none. */
  next(): unknown;
  /** The function has answered, or failed if the path does not end with `/response`. */
  answered(path: string, body: string): void;
}

export interface RuntimeApi {
  /** Host and port, as in `AWS_LAMBDA_RUNTIME_API`. */
  readonly address: string;
  stop(): void;
}

/** Starts the HTTP interface by which the process of a function gets its invocations, one at a time. */
export async function startRuntimeApi(listener: Listener): Promise<RuntimeApi> {
  let invocations = 0;
  const give = (response: ServerResponse): void => {
    const event = listener.next();
    if (event === undefined) return;
    response.writeHead(200, headersOf(`request-${++invocations}`)).end(JSON.stringify(event));
  };
  const take = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    listener.answered(request.url!, await text(request));
    response.writeHead(202).end();
  };
  const server = createServer((request, response) => {
    if (request.url!.endsWith('/invocation/next')) give(response);
    else void take(request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop() {
      server.closeAllConnections();
      server.close();
    },
  };
}

function headersOf(requestId: string): Record<string, string> {
  return {
    'content-type': 'application/json',
    'lambda-runtime-aws-request-id': requestId,
    'lambda-runtime-deadline-ms': String(Date.now() + 30_000),
    'lambda-runtime-invoked-function-arn': 'arn:aws:lambda:us-east-1:123456789012:function:bench',
    'lambda-runtime-trace-id': 'Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1',
  };
}
