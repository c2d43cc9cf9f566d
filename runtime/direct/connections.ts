import type { ClientRequest, RequestOptions } from 'node:http';

/** As many as the official client has. */
const MAX_SOCKETS = 50;

/** The connections to an endpoint. Each is kept for the next call, and does not hold the process meanwhile. */
export interface Connections {
  request(options: RequestOptions): ClientRequest;
  close(): void;
}

/** Loads one of the two modules: that for TLS takes its time. */
export async function connectionsTo({ protocol }: URL): Promise<Connections> {
  const { Agent, request } = await (protocol === 'https:' ? import('node:https') : import('node:http'));
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS });
  return {
    request: (options) => request({ ...options, agent }),
    close: () => agent.destroy(),
  };
}
