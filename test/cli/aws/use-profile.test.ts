import { join } from 'node:path';
import { useProfile } from '../../../cli/aws/use-profile.js';
import { folderWith } from '../../support/folder.js';

let before: NodeJS.ProcessEnv;

beforeEach(() => {
  before = process.env;
  const folder = folderWith({ config: '[profile given]\nregion = eu-west-1\n' });
  const keys = { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_SESSION_TOKEN: 'c' };
  process.env = { AWS_CONFIG_FILE: join(folder, 'config'), HOME: '/nonexistent', AWS_PROFILE: 'x', ...keys };
});

afterEach(() => {
  process.env = before;
});

test('a profile that an option names wins over keys in variables', () => {
  const { AWS_CONFIG_FILE, HOME } = process.env;

  useProfile('given');

  expect(process.env).toEqual({ AWS_CONFIG_FILE, HOME, AWS_PROFILE: 'given' });
});

test('a profile that is not there is refused with those that are, and nothing changes', () => {
  const unchanged = { ...process.env };

  expect(() => useProfile('gvien')).toThrow(
    'There is no profile gvien in the files of the AWS tools. There is given.',
  );
  expect(process.env).toEqual(unchanged);
});
