import type { Environment } from '../../contract/codec.js';
import { partitionOf } from '../../contract/partition.js';
import { configuredEndpoint, IGNORE_ENDPOINTS } from '../send/configured-endpoint.js';
import { plainUrl } from './plain-url.js';

/**
 * Where the official client would send the calls; `undefined` where it would refuse to, or where a URL says more than a
 * place.
 *
 * @param given the endpoint of the settings, which goes before those of the variables
 */
export function endpointOf(region: string, given: string | undefined, env: Environment): URL | undefined {
  const isFips = flag(env['AWS_USE_FIPS_ENDPOINT']);
  const isDualStack = flag(env['AWS_USE_DUALSTACK_ENDPOINT']);
  const isIgnored = flag(env[IGNORE_ENDPOINTS]);
  if (isFips === undefined || isDualStack === undefined || isIgnored === undefined) return undefined;
  const custom = given ?? configuredEndpoint(env);
  if (custom === undefined) return serviceEndpoint(region, isFips, isDualStack);
  return isFips || isDualStack ? undefined : plainUrl(custom);
}

/** Absent means off. The client ignores any other text, and it may change its mind. */
function flag(text = 'false'): boolean | undefined {
  return text === 'true' || (text === 'false' ? false : undefined);
}

function serviceEndpoint(region: string, isFips: boolean, isDualStack: boolean): URL {
  const { dnsSuffix, dualStackDnsSuffix } = partitionOf(region);
  const service = isFips && (isDualStack || !isGovCloud(region)) ? 'logs-fips' : 'logs';
  return new URL(`https://${service}.${region}.${isDualStack ? dualStackDnsSuffix : dnsSuffix}`);
}

/** There the ordinary endpoint is FIPS. */
function isGovCloud(region: string): boolean {
  return region === 'us-gov-east-1' || region === 'us-gov-west-1';
}
