import type { CloudWatchLogsClientConfig } from '@aws-sdk/client-cloudwatch-logs';
import { proxyOption } from '../send/environment-proxy.js';

/** A request handler, or its options, in the words of the SDK. */
export type RequestHandler = NonNullable<CloudWatchLogsClientConfig['requestHandler']>;

/**
 * What sends the requests of a client: a handler of the application's as it is, its options before ours. Agents of the SDK use no proxy
 * unless they are told to, even where Node.js does.
 */
export function requestHandlerOf(given: object | undefined, options: object): RequestHandler {
  if (given && 'handle' in given) return given as RequestHandler;
  const proxy = proxyOption();
  const agents = proxy.proxyEnv ? { httpAgent: proxy, httpsAgent: proxy } : {};
  return { ...agents, ...options, ...given } as RequestHandler;
}
