import type { ClientRequest, RequestOptions } from 'node:http';
import { requireLate } from '../io/late-modules.cjs';
import { nextTurn } from '../io/next-turn.js';
import { proxyOption } from '../send/environment-proxy.js';

/** As many as the official client has. */
const MAX_SOCKETS = 50;

/** The connections to an endpoint. Each is kept for the next call, and does not hold the process meanwhile. */
export interface Connections {
  request(options: RequestOptions): ClientRequest;
  close(): void;
}

/** Loads what they need. This and the first call take milliseconds each, so the application has a turn in between. */
export async function connectionsTo({ protocol }: URL): Promise<Connections> {
  const { Agent, request } = requireLate(protocol === 'https:' ? 'node:https' : 'node:http');
  const agent = new Agent({ keepAlive: true, maxSockets: MAX_SOCKETS, ...proxyOption() });
  await nextTurn();
  return {
    request: (options) => request({ ...options, agent }),
    close: () => agent.destroy(),
  };
}
