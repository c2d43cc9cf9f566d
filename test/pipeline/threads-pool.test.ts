import { startLocalCloudWatchLogs } from '../../local/index.js';
import { runProgram } from '../support/program.js';
import { idsOf, storedAt } from './exit/stored.js';

const all = [0, 1_000].flatMap((first) => Array.from({ length: 100 }, (_, index) => first + index));

test.each([
  ['its threads have an event loop, and flush when they are asked to', 'disabled', 'no', 'flushed', all],
  ['they wait for tasks without blocking, and flush, too', 'async', 'no', 'flushed', all],
  ['idle threads are blocked: they do not hear, and lose what waits', 'sync', 'no', 'busy', []],
  ['idle threads are blocked, and each task has flushed', 'sync', 'yes', 'busy', all],
])(
  'a pool of Piscina that is destroyed: %s',
  async (_, ATOMICS, FLUSHES, state, expected) => {
    const server = await startLocalCloudWatchLogs();
    const env = { SERVICE_URL: server.endpoint, ATOMICS, FLUSHES };

    const ended = await runProgram('logs-in-a-pool.mjs', { env });
    const stored = await storedAt(server.endpoint);
    await server.close();

    expect(ended.by).toBe(0);
    expect(JSON.parse(ended.stdout)).toEqual([state, state]);
    expect(idsOf(stored)).toEqual(expected);
  },
  180_000,
);
