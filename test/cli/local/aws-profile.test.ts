import { awsProfile, profileNames } from '../../../cli/local/aws-profile.js';
import { folderWith } from '../../support/folder.js';

function profile(files: Readonly<Record<string, string>>, env: Record<string, string> = {}): unknown {
  return awsProfile({ HOME: folderWith(files), ...env });
}

test('without files, nothing is known', () => {
  expect(profile({})).toEqual({ region: undefined, hasCredentials: false });
});

test('keys of the default profile', () => {
  const credentials = '[default]\naws_access_key_id = AKIA\naws_secret_access_key = x\n';

  expect(profile({ '.aws/credentials': credentials })).toEqual({ region: undefined, hasCredentials: true });
});

test('a Region alone is no credentials', () => {
  const config = '; mine\n[default]\r\nregion = eu-central-1 \r\noutput = json\n';

  expect(profile({ '.aws/config': config })).toEqual({ region: 'eu-central-1', hasCredentials: false });
});

test.each([
  'sso_session = corp',
  'sso_start_url=https://corp.example/start',
  'role_arn = arn:aws:iam::123456789012:role/x',
  'credential_process = /bin/keys',
  'web_identity_token_file = /token',
  'login_session = arn:aws:iam::123456789012:user/x',
])('%s says where credentials come from', (line) => {
  expect(profile({ '.aws/config': `[default]\n${line}\n` })).toMatchObject({ hasCredentials: true });
});

test('the profile that AWS_PROFILE names, and no other', () => {
  const config = '[default]\nregion = us-east-1\nsso_session = x\n[profile  work]\nregion = eu-west-1\n';

  expect(profile({ '.aws/config': config }, { AWS_PROFILE: 'work' })).toEqual({
    region: 'eu-west-1',
    hasCredentials: false,
  });
});

test('files elsewhere', () => {
  const folder = folderWith({
    c: '[default]\nregion = ap-south-1\n',
    k: '[default]\naws_access_key_id = A\n',
  });

  expect(
    awsProfile({
      HOME: '/nonexistent',
      AWS_CONFIG_FILE: `${folder}/c`,
      AWS_SHARED_CREDENTIALS_FILE: `${folder}/k`,
    }),
  ).toEqual({ region: 'ap-south-1', hasCredentials: true });
});

test('the profiles of both files by name, and no other section', () => {
  const HOME = folderWith({
    '.aws/credentials': '[default]\n[old]\n',
    '.aws/config': '[default]\n[profile work]\n[profile old]\n[sso-session corp]\n[services local]\n',
  });

  expect(profileNames({ HOME })).toEqual(['default', 'old', 'work']);
  expect(profileNames({ HOME: folderWith({}) })).toEqual([]);
});
