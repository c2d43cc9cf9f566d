import type { Environment } from '../../contract/codec.js';

/** Variables of the AWS tools that name an endpoint of CloudWatch Logs, the one that counts first. */
export const ENDPOINT_VARIABLES = ['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS', 'AWS_ENDPOINT_URL'] as const;

/** The endpoint that the variables of the AWS tools name for CloudWatch Logs. Blank means absent, as to the SDK. */
export function configuredEndpoint(env: Environment): string | undefined {
  const name = ENDPOINT_VARIABLES.find((each) => env[each]);
  return name && env[name];
}
