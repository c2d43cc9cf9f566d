import type { Environment } from '../../contract/codec.js';
import { Failure } from '../failure.js';
import { profileNames } from '../local/aws-profile.js';

/** Variables with credentials, which providers of the AWS SDK may take before a profile. */
const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/**
 * Lets the profile of an option count before keys in variables, as for the AWS CLI, in this process, where the SDK reads it.
 *
 * @throws Failure if the files of the AWS tools have no such profile
 */
export function useProfile(profile: string, env: Environment = process.env): void {
  const names = profileNames(env);
  if (!names.includes(profile)) throw new Failure(missingProfile(profile, names));
  process.env['AWS_PROFILE'] = profile;
  for (const key of KEYS) delete process.env[key];
}

function missingProfile(profile: string, names: readonly string[]): string {
  const hint =
    names.length > 0 ? `There is ${names.join(', ')}.` : 'There is none: aws configure sso makes one.';
  return `There is no profile ${profile} in the files of the AWS tools. ${hint}`;
}
