import { spawnSync } from 'node:child_process';
import { runProgram, type ProgramOptions } from '../../support/program.js';
import { startLocalCloudWatchLogs } from '../../../local/index.js';
import type { Account } from '../../../runtime/ack/ledger.js';
import { modes } from './circumstances.js';
import { idOf, idsOf, storedAt } from './stored.js';

const IN_A_CONTAINER = ['unshare', '--user', '--map-root-user', '--pid', '--fork'];

const canMakeContainers = spawnSync(IN_A_CONTAINER[0]!, [...IN_A_CONTAINER.slice(1), 'true']).status === 0;

/** Gives the program a terminal as stderr, and copies to stdout what is written there. */
const AT_A_TERMINAL = [
  'python3',
  '-c',
  `
import os, pty, sys
ours, terminal = pty.openpty()
if os.fork():
    os.dup2(terminal, 2)
    os.execv(sys.argv[1], sys.argv[1:])
os.close(terminal)
try:
    while True: os.write(1, os.read(ours, 4096))
except OSError: pass
`,
];

const hasTerminals = spawnSync('python3', ['-c', 'import pty']).status === 0;

const all = Array.from({ length: 1_000 }, (_, id) => id);

describe.each(modes)('$name:', ({ env: mode }) => {
  /** A service, and a program that delivers to it. */
  async function play(program: string, options: ProgramOptions, limitTps: number | false = false) {
    const server = await startLocalCloudWatchLogs({ limitTps });
    const env = {
      SERVICE_URL: server.endpoint,
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '60',
      ...mode,
      ...options.env,
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

  test('all is delivered as well where most calls are throttled', async () => {
    const env = { FAPILOG_CLOUDWATCH__BATCH_SIZE: '200' };
    const { ended, stored } = await play('waits-with-two-sinks.mjs', { signal: 'SIGTERM', env }, 1);

    expect(ended.by).toBe('SIGTERM');
    expect(ended.stderr).toContain('ThrottlingException');
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
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '3',
      ...mode,
    };
    const ended = await runProgram('waits.mjs', { env, signal: 'SIGTERM' });
    await server.close();

    expect(ended.by).toBe('SIGTERM');
    expect(ended.stderr.match(/^\{"diverted":"exit",/gm)).toHaveLength(1_000);
    expect(ended.msAfterReady).toBeLessThan(5_900);
  }, 180_000);

  test.each(['on', 'once', 'prependOnce', 'later', 'grace'])(
    'a program that listens itself (%s) has all the time that it takes, and the last word',
    async (way) => {
      const { ended, stored } = await play('listens-in-its-way.mjs', {
        signal: 'SIGTERM',
        env: { WAY: way },
      });

      expect(ended).toMatchObject({ by: 7, stderr: '' });
      expect(idsOf(stored)).toEqual(all);
    },
    180_000,
  );

  test('one that emits the event itself, without a signal, has them, too', async () => {
    const { ended, stored } = await play('listens-in-its-way.mjs', { env: { WAY: 'emits' } });

    expect(ended).toMatchObject({ by: 7, stderr: '' });
    expect(idsOf(stored)).toEqual(all);
  }, 180_000);

  test('the same signal twice at once, as Ctrl-C comes to what npm starts, is one', async () => {
    const { ended, stored } = await play('is-signalled-twice.mjs', { env: { SECOND: 'SIGTERM' } });

    expect(ended).toMatchObject({ by: 'SIGTERM', stderr: '' });
    expect(idsOf(stored)).toEqual(all);
  }, 180_000);

  test('one that sends the signal again, as NestJS, is drained then', async () => {
    const { ended, stored } = await play('listens-in-its-way.mjs', {
      signal: 'SIGTERM',
      env: { WAY: 'nest' },
    });

    expect(ended).toMatchObject({ by: 'SIGTERM', stderr: '' });
    expect(idsOf(stored)).toEqual(all);
  }, 180_000);

  test('handlers are there from the first event to the last close', async () => {
    const { ended } = await play('counts-listeners.mjs', {});

    expect(ended.stdout).toBe('0000 0000 1110 1110 1110 0000\n');
  }, 180_000);

  test('two copies of the package have one handler, which waits for both', async () => {
    const { ended, stored } = await play('has-two-copies.mjs', { signal: 'SIGTERM' });

    expect(ended).toMatchObject({ by: 'SIGTERM', stdout: 'ready, listening: 1\n' });
    for (const stream of ['first', 'second'])
      expect(idsOf(stored.filter(({ logStreamName }) => logStreamName === stream))).toEqual(all);
  }, 180_000);

  test('of a cluster that gets the signal as a whole, no event is lost', async () => {
    const { ended, stored } = await play('clusters-on.mjs', { signal: 'SIGTERM', isGroup: true });
    const diverted = ended.stderr.match(/^\{"diverted".*$/gm) ?? [];
    const onStderr = diverted.map((line) => idOf((JSON.parse(line) as { message: string }).message));

    expect(ended.by).toBe('SIGTERM');
    // Node.js ends a worker with its primary. What waits for its answer then is diverted, and may be stored as well.
    expect([...new Set([...idsOf(stored), ...onStderr])].toSorted((a, b) => a - b)).toEqual(all);
    expect(stored).toHaveLength(new Set(idsOf(stored)).size);
    expect(onStderr).toHaveLength(new Set(onStderr).size);
  }, 180_000);

  test.each([
    ['SIGTERM', 'is-signalled-twice.mjs', undefined],
    ['SIGINT', 'waits.mjs', 'SIGINT'],
  ] as const)(
    'a second signal ends the process at once, and SIGINT has two seconds: %s',
    async (_, program, signal) => {
      const server = await startLocalCloudWatchLogs();
      server.inject({ kind: 'hang', times: Infinity });
      const env = {
        SERVICE_URL: server.endpoint,
        FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '600',
        ...mode,
      };
      const ended = await runProgram(program, { env, ...(signal && { signal }) });
      await server.close();

      // The machine may take its time, but ten minutes were over long after the patience of the test.
      expect(ended.by).toBe('SIGINT');
      expect(ended.stderr.match(/^\{"diverted":"exit",/gm)).toHaveLength(1_000);
    },
    180_000,
  );

  test('an `exit` listener that ends the process before others are called is called after that of the sink', async () => {
    const { ended, stored } = await play('exits-at-exit.mjs', {});

    expect(ended.by).toBe(3);
    const diverted = ended.stderr.match(/^\{"diverted":"exit",/gm) ?? [];
    expect(stored.length + diverted.length).toBe(1_000);
  }, 180_000);

  test('a program that logs each time its event loop is empty comes to its end', async () => {
    const { ended } = await play('says-bye.mjs', {});
    const { id, account } = JSON.parse(ended.stdout) as { id: number; account: Account };

    expect(ended.by).toBe(0);
    // Two in each of ten drains, and the ones that no drain was for.
    expect(id).toBe(2 * 11 + 1);
    expect(account).toMatchObject({ accepted: id, dropped: { total: 0 }, pending: 0 });
  }, 180_000);

  test('one that goes on after a drain that failed is drained again at its end', async () => {
    const server = await startLocalCloudWatchLogs();
    server.inject({ kind: 'hang', times: Infinity });
    const env = {
      SERVICE_URL: server.endpoint,
      FAPILOG_CLOUDWATCH__SHUTDOWN_DEADLINE_SECONDS: '10',
      FAPILOG_CLOUDWATCH__REQUEST_TIMEOUT_SECONDS: '1',
      ...mode,
    };
    const ended = await runProgram('lives-on.mjs', {
      env,
      signal: 'SIGCONT',
      isReady() {
        server.clearFaults();
        return true;
      },
    });
    const stored = await storedAt(server.endpoint);
    await server.close();

    expect(ended.by).toBe(0);
    expect(idsOf(stored)).toEqual(all);
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

test('a thread of the application listens to no signal, and SIGTERM ends its process', async () => {
  const server = await startLocalCloudWatchLogs();
  const ended = await runProgram('logs-in-a-thread.mjs', {
    env: { SERVICE_URL: server.endpoint },
    signal: 'SIGTERM',
  });
  await server.close();

  expect(ended).toMatchObject({ by: 'SIGTERM', stdout: 'ready, listening: 0\n' });
});

(hasTerminals ? test : test.skip)(
  'at a terminal, SIGINT says what the end waits for',
  async () => {
    const server = await startLocalCloudWatchLogs();
    server.inject({ kind: 'hang', times: Infinity });
    const env = { SERVICE_URL: server.endpoint };
    const ended = await runProgram('waits.mjs', { env, signal: 'SIGINT', starter: AT_A_TERMINAL });
    await server.close();

    expect(ended.stdout).toContain(
      'fapilog-cloudwatch: delivering 1000 log events for up to 2 s; interrupt again to end now',
    );
  },
  180_000,
);
