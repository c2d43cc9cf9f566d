import type { Environment } from '../../contract/codec.js';
import type { Credentials } from '../../runtime/send/held-credentials.js';

/** The marks that providers of the AWS SDK leave on credentials, the most telling first. Source: feature-ids of @aws-sdk/types. */
const MARKS: readonly (readonly [mark: string, source: string])[] = [
  ['CREDENTIALS_ENV_VARS', 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY'],
  ['CREDENTIALS_ENV_VARS_STS_WEB_ID_TOKEN', 'a web identity (AWS_WEB_IDENTITY_TOKEN_FILE)'],
  ['CREDENTIALS_PROFILE_STS_WEB_ID_TOKEN', 'a web identity of the profile'],
  ['CREDENTIALS_PROFILE_SSO', 'SSO, by the profile'],
  ['CREDENTIALS_PROFILE_SSO_LEGACY', 'SSO, by the profile'],
  ['CREDENTIALS_PROFILE_PROCESS', 'the credential_process of the profile'],
  ['CREDENTIALS_PROFILE_LOGIN', 'the login of the profile'],
  ['CREDENTIALS_PROFILE_SOURCE_PROFILE', 'a role of the profile, by its source_profile'],
  ['CREDENTIALS_PROFILE_NAMED_PROVIDER', 'a role of the profile, by its credential_source'],
  ['CREDENTIALS_PROFILE', 'the profile'],
  ['CREDENTIALS_HTTP', 'the endpoint of the container'],
  ['CREDENTIALS_IMDS', 'the role of the instance'],
];

/** Where credentials come from, as far as they or the variables tell. */
export function sourceOf(credentials: Credentials, env: Environment): string {
  const { $source = {} } = credentials as { readonly $source?: Readonly<Record<string, unknown>> };
  const [, source] = MARKS.find(([mark]) => mark in $source) ?? [];
  if (source === undefined) return sourceInVariables(env);
  const profile = env['AWS_PROFILE'] || 'default';
  return source.replace('the profile', `the profile ${profile}`);
}

function sourceInVariables(env: Environment): string {
  if (env['AWS_ACCESS_KEY_ID']) return 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
  const uri = ['AWS_CONTAINER_CREDENTIALS_RELATIVE_URI', 'AWS_CONTAINER_CREDENTIALS_FULL_URI'];
  const variable = uri.find((name) => env[name]);
  return variable === undefined ? 'the chain of the AWS SDK' : `the endpoint of the container (${variable})`;
}
