import { spawnSync } from 'node:child_process';
import { runProgram } from '../../support/program.js';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { modes } from './circumstances.js';
import { idsOf, storedAt } from './stored.js';

const IN_A_CONTAINER = ['unshare', '--user', '--map-root-user', '--pid', '--fork'];

const canMakeContainers = spawnSync(IN_A_CONTAINER[0]!, [...IN_A_CONTAINER.slice(1), 'true']).status === 0;

const all = Array.from({ length: 1_000 }, (_, id) => id);

describe.each(modes)('$name:', ({ env: mode }) => {
  /** A service, and a program that delivers to it and hears signals. */
  async function play(program: string, options: Parameters<typeof runProgram>[1]) {
    const server = await startLocalCloudWatchLogs();
    const env = {
      SERVICE_URL: server.endpoint,
      FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'true',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '60',
      ...mode,
    };
    const ended = await runProgram(program, { ...options, env });
    const stored = await storedAt(server.endpoint);
    await server.close();
    return { ended, stored };
  }

  test('one handler waits for all sinks', async () => {
    const { ended, stored } = await play('waits-with-two-sinks.mjs', { signal: 'SIGTERM' });

    expect(ended.by).toBe('SIGTERM');
    for (const stream of ['first', 'second']) {
      expect(idsOf(stored.filter(({ logStreamName }) => logStreamName === stream))).toEqual(all);
    }
    expect(stored).toHaveLength(2_000);
  }, 180_000);

  test('an application that handles a signal and goes on is not ended by it, and what waited is delivered', async () => {
    const { ended, stored } = await play('goes-on.mjs', { signal: 'SIGHUP' });

    expect(ended.by).toBe('SIGTERM');
    expect(idsOf(stored)).toEqual(all);
  }, 180_000);

  test('a signal waits for its deadline once, and not a second time at the exit', async () => {
    const server = await startLocalCloudWatchLogs();
    server.inject({ kind: 'hang', times: Infinity });
    const env = {
      SERVICE_URL: server.endpoint,
      FAPILOG_CLOUDWATCH__INSTALL_SIGNAL_HANDLERS: 'true',
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '3',
      ...mode,
    };
    const ended = await runProgram('waits.mjs', { env, signal: 'SIGTERM' });
    await server.close();

    expect(ended.by).toBe('SIGTERM');
    expect(ended.stderr.match(/^\{"diverted":"exit",/gm)).toHaveLength(1_000);
    expect(ended.msAfterReady).toBeLessThan(5_900);
  }, 180_000);

  (canMakeContainers ? test : test.skip)(
    'the first process of a container, which no signal ends that it does not handle, ends all the same',
    async () => {
      const { ended, stored } = await play('logs-on.mjs', { starter: IN_A_CONTAINER });

      expect(ended.by).toBe(143);
      expect(idsOf(stored)).toEqual(all);
    },
    180_000,
  );
});
