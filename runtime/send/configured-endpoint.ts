import type { Environment } from '../../contract/codec.js';

/** Variables of the AWS tools that name an endpoint of CloudWatch Logs, the one that counts first. */
export const ENDPOINT_VARIABLES = ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL'] as const;

/** The variable that names the endpoint. Blank means absent, as to the SDK. */
export function endpointVariable(env: Environment): string | undefined {
  return ENDPOINT_VARIABLES.find((each) => env[each]);
}

/** The endpoint that the variables of the AWS tools name for CloudWatch Logs. */
export function configuredEndpoint(env: Environment): string | undefined {
  const name = endpointVariable(env);
  return name && env[name];
}
