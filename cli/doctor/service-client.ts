import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import type { Credentials } from '../../runtime/send/held-credentials.js';
import { loadSdk } from '../sdk.js';
import { type Application, isOfHttp } from './application.js';

/** By what a call of the application reaches the service. */
interface Reach {
  readonly region: string;
  readonly endpoint: URL;
  readonly credentials: Credentials;
}

/** A text says why none can; other checks say what mends it. */
async function reachOf(application: Application): Promise<Reach | string> {
  const { region, endpoint } = await application.way();
  if ('error' in region || 'error' in endpoint || !isOfHttp(endpoint.value))
    return 'there is no way to the service yet';
  const credentials = await application.credentials();
  if ('error' in credentials) return 'there are no credentials';
  if ((await application.probe())?.error !== undefined) return 'the endpoint is not reached';
  return { region: region.value, endpoint: endpoint.value, credentials: credentials.value };
}

/** Why no call of the application can reach the service; `undefined` where one can. */
export async function hindranceTo(application: Application): Promise<string | undefined> {
  const reach = await reachOf(application);
  return typeof reach === 'string' ? reach : undefined;
}

/**
 * A client for questions that the sink never asks, with the credentials, the Region and the endpoint of the application; or why there
 * can be none.
 */
export async function clientOf(application: Application): Promise<CloudWatchLogs | string> {
  const reach = await reachOf(application);
  if (typeof reach === 'string') return reach;
  const { CloudWatchLogs: Client } = await loadSdk();
  return new Client({
    region: reach.region,
    endpoint: reach.endpoint.href,
    credentials: reach.credentials,
    maxAttempts: 1,
    // The endpoint has been chosen by these flags already.
    useFipsEndpoint: false,
    useDualstackEndpoint: false,
    // The client learns the time of the service by being refused once.
    systemClockOffset: await skewOf(application),
  });
}

async function skewOf(application: Application): Promise<number> {
  return (await application.probe())?.skewMs ?? 0;
}
