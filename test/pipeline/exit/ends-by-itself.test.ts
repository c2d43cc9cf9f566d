import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { runProgram } from '../../support/program.js';

/** Much longer than a program needs to end, much shorter than the delays that must not hold it. */
const SOON_MS = 30_000;

const settings = {
  FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '1',
  FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY: '3600',
};

const divertedIn = (stderr: string): number => stderr.match(/^\{"diverted":"exit",/gm)?.length ?? 0;

test('a program whose sink is idle ends by itself', async () => {
  const server = await startLocalCloudWatchLogs();
  const env = { ...settings, SERVICE_URL: server.endpoint };

  const ended = await runProgram('is-idle.mjs', { env });
  await server.close();

  expect(ended).toMatchObject({ by: 0, stdout: 'ready\n', stderr: '' });
  expect(ended.msAfterReady).toBeLessThan(SOON_MS);
}, 180_000);

test.each([
  ['backs off', {}, 'degraded, circuit breaker closed'],
  [
    'has an open circuit breaker',
    { FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_THRESHOLD: '1' },
    'failing, circuit breaker open',
  ],
])(
  'a program whose sink %s ends by itself within its deadline',
  async (_, setting, state) => {
    const env = { ...settings, ...setting, SERVICE_URL: 'http://127.0.0.1:1' };

    const ended = await runProgram('backs-off.mjs', { env });

    expect(ended).toMatchObject({ by: 0, stdout: `ready: ${state}\n` });
    expect(divertedIn(ended.stderr)).toBe(10);
    expect(ended.msAfterReady).toBeLessThan(SOON_MS);
  },
  180_000,
);
