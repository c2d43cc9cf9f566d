import { runWith } from '../../support/programs.js';

/** A service that no request reaches. */
const DOWN = {
  FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: '/myapp/production',
  FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: 'api-1',
  FAPILOG_CLOUDWATCH__ENDPOINT_URL: 'http://127.0.0.1:9',
  FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '0.2',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDSINK',
  AWS_SECRET_ACCESS_KEY: 'secret',
};

/** What is reported of a line that waits when a program ends by this. */
async function reportAt(end: string): Promise<string | undefined> {
  const program = `const { getLogger } = require('fapilog-cloudwatch'); getLogger().info('this'); ${end}`;
  const { stderr } = await runWith(['--eval', program], { PATH: process.env['PATH'], ...DOWN });
  return /^fapilog-cloudwatch: 1 log event was diverted .*$/m.exec(stderr)?.[0];
}

const REPORT =
  'fapilog-cloudwatch: 1 log event was diverted to stderr, for log stream api-1 of log group /myapp/production: exit';

test.each([
  ['process.exit()', 'process.exit();'],
  [
    'process.exit() in a listener to a signal',
    `process.on('SIGTERM', () => process.exit(0)); setTimeout(() => undefined, 60_000); process.kill(process.pid, 'SIGTERM');`,
  ],
])('a line that %s leaves undelivered comes with what to do', async (_, end) => {
  expect(await reportAt(end)).toBe(
    `${REPORT}; process.exit() leaves no time to deliver: await close() before it [diverted.exit]`,
  );
});

test.each([
  ['an error that nobody catches', `setTimeout(() => { throw new Error('no'); });`],
  ['an end that came in vain', ''],
])('after %s, nobody is told of process.exit()', async (_, end) => {
  expect(await reportAt(end)).toBe(`${REPORT} [diverted.exit]`);
});
