import { regionOfEnvironment, regionProblem } from '../../../contract/region.js';
import { awsProfile } from '../../local/aws-profile.js';
import type { Application } from '../application.js';
import type { Check } from '../check.js';
import { fault, finding, type Finding } from '../finding.js';

/** The Region for which calls are signed. */
export const regionCheck: Check = {
  name: 'Region',
  async run(application) {
    if (!application.isDelivering) return [];
    const { region } = await application.way();
    if ('error' in region) return [missing(application)];
    const origin = originOf(application);
    const allowed = regionProblem(region.value);
    if (allowed !== undefined)
      return [
        fault('region-malformed', `${origin} is ${JSON.stringify(region.value)}`, `allowed: ${allowed}`),
      ];
    return [finding('region', `${region.value} (${origin})`), ...differences(application)];
  },
};

/** The AWS SDK reads no further than a variable that is there, be it empty. */
function missing({ env }: Application): Finding {
  const isHidden = env['AWS_REGION'] === '' && awsProfile(env).region !== undefined;
  if (isHidden)
    return fault(
      'region-missing',
      'AWS_REGION is empty, which hides the Region of the profile',
      'remove AWS_REGION, or give it a value',
    );
  const fix = 'set AWS_REGION, or FAPILOG_CLOUDWATCH__REGION, which CloudWatchLogging.bindTo(…) does';
  return fault('region-missing', 'there is no Region in settings, variables and profile', fix);
}

function originOf({ sink, settings, env }: Application): string {
  if (sink.region !== undefined) return settings.placeOf('cloudwatch', 'region');
  const profile = `region of the profile ${env['AWS_PROFILE'] || 'default'}`;
  return regionOfEnvironment(env)?.variable ?? profile;
}

/** Meant so where a program logs to another Region than its own. */
function differences({ sink, env, settings }: Application): Finding[] {
  const ambient = regionOfEnvironment(env);
  if (sink.region === undefined || ambient === undefined || ambient.region === sink.region) return [];
  const place = settings.placeOf('cloudwatch', 'region');
  const message = `${place} is ${sink.region}, and ${ambient.variable} is ${ambient.region}: the sink delivers to ${sink.region}`;
  return [fault('region-differs', message, `if that is not meant, remove ${place}`)];
}
