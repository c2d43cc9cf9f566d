import type { Environment } from '../../contract/codec.js';

/** The endpoint that the variables of the AWS tools name for CloudWatch Logs. Blank means absent, as to the SDK. */
export function configuredEndpoint(env: Environment): string | undefined {
  return env['AWS_ENDPOINT_URL_CLOUDWATCH_LOGS'] || env['AWS_ENDPOINT_URL'] || undefined;
}
