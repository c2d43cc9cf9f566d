import type { Environment } from '../../contract/codec.js';
import { endpointVariable } from '../../runtime/send/configured-endpoint.js';
import type { Settings } from '../../runtime/settings/settings.js';

/** Where an endpoint of one's own is named. What no setting and no variable names is in a file of the AWS tools. */
export function endpointPlace(settings: Settings, env: Environment): string {
  if (settings.sinkConfig.cloudwatch.endpointUrl !== undefined)
    return settings.placeOf('cloudwatch', 'endpointUrl');
  return endpointVariable(env) ?? `endpoint_url of the profile ${env['AWS_PROFILE'] || 'default'}`;
}
