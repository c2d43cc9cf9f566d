import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;
type Section = Readonly<Record<string, string>>;

/** What the files of the AWS tools say of the profile that is in use. */
export interface AwsProfile {
  readonly region: string | undefined;
  /** Whether it says where credentials come from. */
  readonly hasCredentials: boolean;
}

/** Keys by which a profile says where its credentials come from. */
const CREDENTIAL_KEYS = [
  'aws_access_key_id',
  'credential_process',
  'credential_source',
  'login_session',
  'role_arn',
  'sso_session',
  'sso_start_url',
  'web_identity_token_file',
];

/** Reads the profile of AWS_PROFILE, else `default`, in both files. A file that cannot be read says nothing. */
export function awsProfile(env: Environment): AwsProfile {
  const name = env['AWS_PROFILE'] || env['AWS_DEFAULT_PROFILE'] || 'default';
  const { credentials, config } = filesOf(env);
  const keys = { ...config.get(name), ...config.get(`profile ${name}`), ...credentials.get(name) };
  return { region: keys['region'], hasCredentials: CREDENTIAL_KEYS.some((key) => key in keys) };
}

/** Names of the profiles that either file defines. */
export function profileNames(env: Environment): readonly string[] {
  const { credentials, config } = filesOf(env);
  const configured = [...config.keys()].filter((name) => /^(?:profile |default$)/.test(name));
  return [...new Set([...credentials.keys(), ...configured.map((name) => name.replace(/^profile /, ''))])];
}

function filesOf(env: Environment) {
  const folder = join(env['HOME'] || env['USERPROFILE'] || homedir(), '.aws');
  return {
    credentials: sectionsOf(env['AWS_SHARED_CREDENTIALS_FILE'] || join(folder, 'credentials')),
    config: sectionsOf(env['AWS_CONFIG_FILE'] || join(folder, 'config')),
  };
}

function sectionsOf(path: string): ReadonlyMap<string, Section> {
  const sections = new Map<string, Record<string, string>>();
  let section: Record<string, string> = {};
  for (const line of linesOf(path)) {
    const [, name] = /^\[\s*(.+?)\s*\]/.exec(line) ?? [];
    const [, key, value] = /^([\w-]+)\s*=\s*(.*?)\s*$/.exec(line) ?? [];
    if (name !== undefined)
      sections.set(name.replaceAll(/["']/g, '').replaceAll(/\s+/g, ' '), (section = {}));
    else if (key !== undefined) section[key] = value!;
  }
  return sections;
}

function linesOf(path: string): readonly string[] {
  try {
    return readFileSync(path, 'utf8').split(/\r?\n/);
  } catch {
    return [];
  }
}
