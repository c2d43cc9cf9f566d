import { startLocalCloudWatchLogs } from '../../../local/index.js';
import { runProgram, type ProgramOptions } from '../../support/program.js';
import { modes } from './circumstances.js';
import { idOf, idsOf, storedAt } from './stored.js';

const ids = (count: number): number[] => Array.from({ length: count }, (_, id) => id);

/** The numbers of events that are on stderr, where the sink had no time left to deliver them. */
function divertedIn(stderr: string): number[] {
  const lines = stderr.match(/^\{"diverted".*$/gm) ?? [];
  return lines.map((line) => idOf((JSON.parse(line) as { message: string }).message));
}

describe.each(modes)('lines that wait in a context, $name:', ({ env: mode, deliversAtExit }) => {
  async function play(end: string, options: ProgramOptions = {}) {
    const server = await startLocalCloudWatchLogs();
    const env = { SERVICE_URL: server.endpoint, END: end, ...mode, ...options.env };
    const ended = await runProgram('ends-in-a-context.mjs', { ...options, env });
    const stored = idsOf(await storedAt(server.endpoint));
    await server.close();
    return { by: ended.by, stored, diverted: divertedIn(ended.stderr) };
  }

  test.each([
    ['an error that nobody catches', 1, 10],
    ['a rejection that nobody handles', 1, 10],
    ['process.exit()', 3, 10],
    ['an exit listener that logs', 3, 20],
  ])(
    'are found after %s',
    async (end, by, count) => {
      const { stored, diverted, ...ended } = await play(end);

      expect(ended).toEqual({ by });
      expect([...stored, ...diverted].toSorted((a, b) => a - b)).toEqual(ids(count));
      if (deliversAtExit) expect(stored).toEqual(expect.arrayContaining(ids(10)));
    },
    180_000,
  );

  test.each([
    ['an event loop that is empty', 'esm', 0],
    ['an event loop that is empty', 'cjs', 0],
    ['close()', 'esm', 0],
    ['a signal', 'esm', 'SIGTERM'],
  ])(
    'are delivered at %s, in a context of the copy %s',
    async (end, copy, by) => {
      const { ...ended } = await play(end, {
        env: { COPY: copy },
        ...(end === 'a signal' ? { signal: 'SIGTERM' } : {}),
      });

      expect(ended).toEqual({ by, stored: ids(10), diverted: [] });
    },
    180_000,
  );

  test('are left out after success', async () => {
    expect(await play('success')).toEqual({ by: 0, stored: [], diverted: [] });
  }, 180_000);
});
