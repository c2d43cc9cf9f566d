import type { Environment } from '../../contract/codec.js';

/** Variables of the AWS tools that name an endpoint of CloudWatch Logs, the one that counts first. */
export const ENDPOINT_VARIABLES = ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL'] as const;

/** The variable that turns them off. */
export const IGNORE_ENDPOINTS = 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS';

const LOOPBACK = /^https?:\/\/(?:localhost|127\.[\d.]+|\[::1\])(?=[:/]|$)/;

/** The variable that names the endpoint, unless those are turned off. Blank means absent, as to the SDK. */
export function endpointVariable(env: Environment): string | undefined {
  return env[IGNORE_ENDPOINTS] === 'true' ? undefined : ENDPOINT_VARIABLES.find((each) => env[each]);
}

/** The endpoint that the variables of the AWS tools name for CloudWatch Logs. */
export function configuredEndpoint(env: Environment): string | undefined {
  const name = endpointVariable(env);
  return name && env[name];
}

/** Whether an endpoint is on this machine, as that of the local server is. */
export function isLoopback(endpointUrl: string | undefined): boolean {
  return endpointUrl !== undefined && LOOPBACK.test(endpointUrl);
}
