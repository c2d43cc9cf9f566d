import type { Environment } from '../../contract/codec.js';

/** That of package.json. */
export const VERSION = '0.1.0';

/** Names this package in CloudTrail, and the application where the variable of the AWS SDKs names it. */
export function userAgent(env: Environment): string {
  const application = env['AWS_SDK_UA_APP_ID']?.replaceAll(/[^\w!#$%&'*+.^`|~-]/g, '-');
  return `fapilog-cloudwatch/${VERSION}${application ? ` app/${application}` : ''}`;
}
