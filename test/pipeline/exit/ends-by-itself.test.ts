import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { runProgram } from '../../support/program.js';
import { modes } from './circumstances.js';

/** Much longer than a program needs to end, much shorter than the delays that must not hold it. */
const SOON_MS = 30_000;

const settings = {
  FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '1',
  FAPILOG_CLOUDWATCH__RETRY_BASE_DELAY: '3600',
};

/** The end of a program gives a worker a deadline, and a sink in process none. */
const divertedIn = (stderr: string): number =>
  stderr.match(/^\{"diverted":"(?:exit|deadline)",/gm)?.length ?? 0;

describe.each(modes)('a program that ends by itself, $name:', ({ env: mode }) => {
  test('while its sink is idle', async () => {
    const server = await startLocalCloudWatchLogs();
    const env = { ...settings, ...mode, SERVICE_URL: server.endpoint };

    const ended = await runProgram('is-idle.mjs', { env });
    await server.close();

    expect(ended).toMatchObject({ by: 0, stdout: 'ready\n', stderr: '' });
    expect(ended.msAfterReady).toBeLessThan(SOON_MS);
  }, 180_000);

  test('at its deadline, though the service hangs and calls are under way', async () => {
    const server = await startLocalCloudWatchLogs();
    server.inject({ kind: 'hang', times: Infinity });
    const hang = { FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: '300' };
    const env = { ...settings, ...hang, ...mode, SERVICE_URL: server.endpoint };

    // A program that waits for its calls is killed by the test.
    const ended = await runProgram('just-ends.mjs', { env });
    await server.close();

    expect(ended.by).toBe(0);
    expect(divertedIn(ended.stderr)).toBe(1_000);
  }, 180_000);

  test('as soon as what waited is delivered, long before its deadline', async () => {
    const server = await startLocalCloudWatchLogs();
    const deadline = { FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '3600' };
    const env = { ...settings, ...deadline, ...mode, SERVICE_URL: server.endpoint };

    const ended = await runProgram('just-ends.mjs', { env });
    await server.close();

    expect(ended).toMatchObject({ by: 0, stderr: '' });
  }, 180_000);

  test.each([
    ['backs off', {}, 'degraded, circuit breaker closed'],
    [
      'has an open circuit breaker',
      { FAPILOG_CLOUDWATCH__CIRCUIT_BREAKER_THRESHOLD: '1' },
      'failing, circuit breaker open',
    ],
  ])(
    'within its deadline, while its sink %s',
    async (_, setting, state) => {
      const env = { ...settings, ...setting, ...mode, SERVICE_URL: 'http://127.0.0.1:1' };

      const ended = await runProgram('backs-off.mjs', { env });

      expect(ended).toMatchObject({ by: 0, stdout: `ready: ${state}\n` });
      expect(divertedIn(ended.stderr)).toBe(10);
      expect(ended.msAfterReady).toBeLessThan(SOON_MS);
    },
    180_000,
  );
});
