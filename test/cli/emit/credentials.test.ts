import { useProfile } from '../../../cli/emit/credentials.js';

test('a profile that an option names wins over keys in variables', () => {
  const env = {
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_SESSION_TOKEN: 'c',
    AWS_PROFILE: 'x',
    HOME: '/h',
  };
  useProfile('given', env);
  expect(env).toEqual({ AWS_PROFILE: 'given', HOME: '/h' });
});
