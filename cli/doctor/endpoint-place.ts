import type { Environment } from '../../contract/codec.js';
import { ENDPOINT_VARIABLES } from '../../runtime/send/configured-endpoint.js';
import type { Settings } from '../../runtime/settings/settings.js';

export const IGNORE_ENDPOINTS = 'AWS_IGNORE_CONFIGURED_ENDPOINT_URLS';

/** Where an endpoint of one's own is named. What no setting and no variable names is in a file of the AWS tools. */
export function endpointPlace(settings: Settings, env: Environment): string {
  if (settings.sinkConfig.cloudwatch.endpointUrl !== undefined)
    return settings.placeOf('cloudwatch', 'endpointUrl');
  const variable = ENDPOINT_VARIABLES.find((name) => env[name] && env[IGNORE_ENDPOINTS] !== 'true');
  return variable ?? `endpoint_url of the profile ${env['AWS_PROFILE'] || 'default'}`;
}
