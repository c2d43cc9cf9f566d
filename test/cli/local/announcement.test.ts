import { spawnSync } from 'node:child_process';
import { announcementOf, remarks, shellLines } from '../../../cli/local/announcement.js';

const caller = { region: 'eu-central-1', accountId: '123456789012', hasCredentials: false };
const endpoint = 'http://127.0.0.1:4588';
const announcement = announcementOf(endpoint, caller, { AWS_USE_FIPS_ENDPOINT: 'true' });

test('a shell takes the lines as they are', () => {
  const script = `${shellLines(announcement, 'linux')}\nenv`;

  const { stdout, stderr } = spawnSync('sh', ['-c', script], {
    env: { PATH: process.env['PATH'], AWS_USE_FIPS_ENDPOINT: 'true' },
    encoding: 'utf8',
  });

  expect(stderr).toBe('');
  expect(
    stdout
      .split('\n')
      .filter((line) => line.startsWith('AWS_'))
      .toSorted(),
  ).toEqual([
    'AWS_ACCESS_KEY_ID=local',
    'AWS_DEFAULT_REGION=eu-central-1',
    'AWS_DISABLE_HOST_PREFIX_INJECTION=true',
    `AWS_ENDPOINT_URL_CLOUDWATCH_LOGS=${endpoint}`,
    'AWS_REGION=eu-central-1',
    'AWS_SECRET_ACCESS_KEY=local',
  ]);
});

test('the log groups of a stack stand in place of the advice to name one', () => {
  const lines = remarks({ ...announcement, logGroupNames: ['/myapp/a', '/myapp/b'] });

  expect(lines).toContain('# Log groups of the stack: /myapp/a, /myapp/b. ');
  expect(lines).not.toContain('LOG_GROUP_NAME');
});

test('PowerShell has lines of its own', () => {
  const lines = shellLines(announcement, 'win32').split('\n');

  expect(lines).toContain(`$env:AWS_ENDPOINT_URL_CLOUDWATCH_LOGS = '${endpoint}'`);
  expect(lines).toContain('Remove-Item Env:AWS_USE_FIPS_ENDPOINT');
});

test('scripts get the same', () => {
  expect(announcement).toMatchObject({
    endpoint,
    viewer: `${endpoint}/`,
    region: 'eu-central-1',
    environment: { AWS_ENDPOINT_URL_CLOUDWATCH_LOGS: endpoint },
    unset: ['AWS_USE_FIPS_ENDPOINT'],
    pid: process.pid,
  });
});
