import type { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import { loadSdk } from '../sdk.js';
import { type Application, isOfHttp } from './application.js';

/**
 * A client for questions that the sink never asks, with the credentials, the Region and the endpoint of the application; `undefined`
 * where one of them is missing.
 */
export async function clientOf(application: Application): Promise<CloudWatchLogs | undefined> {
  const { region, endpoint } = await application.way();
  const credentials = await application.credentials();
  if ('error' in region || 'error' in endpoint || 'error' in credentials) return undefined;
  if (!isOfHttp(endpoint.value)) return undefined;
  if ((await application.probe())?.error !== undefined) return undefined;
  const { CloudWatchLogs: Client } = await loadSdk();
  return new Client({
    region: region.value,
    endpoint: endpoint.value.href,
    credentials: credentials.value,
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
