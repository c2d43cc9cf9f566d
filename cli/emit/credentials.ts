/** Variables with credentials, which the AWS SDK takes before a profile. */
const KEYS = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'];

/** Lets this profile count in this process, as for the AWS CLI: a profile that an option names wins over keys in variables. */
export function useProfile(profile: string, env: NodeJS.ProcessEnv): void {
  env['AWS_PROFILE'] = profile;
  for (const key of KEYS) delete env[key];
}
