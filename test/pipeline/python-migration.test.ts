import { readFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { cloudWatchSettings } from '../../contract/settings/cloudwatch.js';
import { getLogger, Settings, withContext } from '../../runtime/index.js';
import { root } from '../support/imports.js';
import { PYTHON_LEVELS, pythonLine, wrapped } from '../support/python-lines.js';
import { SinkBench } from '../support/sink-against-server.js';

const page = readFileSync(join(root, 'docs/python.md'), 'utf8');

/** The rows of a section's table, without its head. */
function rowsOf(heading: string): string[][] {
  const section = page.split(`\n## ${heading}\n`)[1]!.split('\n## ')[0]!;
  const rows = section.split('\n').filter((line) => line.startsWith('| '));
  return rows.slice(1).map((row) => row.split(' | ').map((cell) => cell.replaceAll(/^\| | \|$/g, '')));
}

/** The value at a path such as `a.b["c.d"]`. */
function at(line: unknown, path: string): unknown {
  const keys = [...path.matchAll(/\["([^"]+)"\]|([^.[\]"]+)/g)].map(([, quoted, plain]) => quoted ?? plain!);
  return keys.reduce<unknown>((inner, key) => (inner as Record<string, unknown> | undefined)?.[key], line);
}

const CONTEXT = { request_id: 'req-1', user_id: 'u-1', trace_id: '0af7651916cd43dd8448eb211c80319c' };
const pythonText = pythonLine({ level: 'ERROR', context: CONTEXT, data: { amount: 7 }, exception: true });
const python: unknown = JSON.parse(pythonText);

let bench: SinkBench;

beforeEach(async () => {
  bench = await SinkBench.start();
});

afterEach(() => bench.stop());

/** What is stored of the same in Node.js. */
async function ours(): Promise<unknown> {
  const target = bench.newTarget();
  const settings = new Settings({ app: { service: 'orders', env: 'dev' } }, { env: {} });
  const logger = getLogger({ settings, sinks: [bench.sink(target)] });
  const { request_id: requestId, user_id: userId, trace_id: traceId } = CONTEXT;
  class E extends Error {}
  withContext({ requestId, userId, traceId }, () =>
    logger.child({ logger: 'root' }).error('m', { amount: 7 }, Object.assign(new E('no'), { name: 'E' })),
  );
  await logger.close();
  const [event] = await bench.stored(target);
  return JSON.parse(event!.message!);
}

/** What both must be, where they are not the same: places and times of a run, and letters. */
const LIKE: Readonly<Record<string, readonly [python: unknown, ours: unknown]>> = {
  time: [
    expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
    expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z$/),
  ],
  'level, in its own letters': ['ERROR', 'error'],
  host: [expect.any(String), hostname()],
  process: [expect.any(Number), process.pid],
  'where it was thrown': [expect.any(String), expect.stringContaining('python-migration.test.ts')],
};

test('law: each row of the page finds the same in the line of Python and in ours', async () => {
  const line = await ours();
  const rows = rowsOf('What is stored').map((cells) => cells.map((cell) => cell.replaceAll('`', '')));
  expect(rows.length).toBeGreaterThan(12);
  for (const [what = '', pythonPath = '', ownPath = ''] of rows) {
    const [theirs, own] = [at(python, pythonPath), at(line, ownPath)];
    const like = LIKE[what];
    expect({ what, theirs, own }).toEqual(
      like ? { what, theirs: like[0], own: like[1] } : { what, theirs: expect.anything(), own: theirs },
    );
    expect(at(JSON.parse(wrapped(pythonText)), `log.${pythonPath}`)).toEqual(theirs);
  }
});

test('what Python keeps and the page does not translate is named there', () => {
  const translated = rowsOf('What is stored').map(([, path = '']) => path.replaceAll('`', ''));
  const envelope = python as Readonly<Record<string, object>>;
  const paths = ['context', 'diagnostics'].flatMap((top) =>
    Object.keys(envelope[top]!).map((key) => `${top}.${key}`),
  );
  const others = paths.filter((path) => !translated.some((each) => each.startsWith(path)));
  for (const path of others.filter((each) => each !== 'context.correlation_id')) expect(page).toContain(path);
});

test('the page names each variable of the sink that Python reads, with the option that it is here', () => {
  const rows = rowsOf('Settings');
  const read = Object.entries(cloudWatchSettings).filter(
    ([
      ,
      {
        python: { mark },
      },
    ]) => ['reads', 'differs'].includes(mark),
  );
  expect(read.length).toBeGreaterThan(10);
  for (const [key, { field }] of read) {
    const row = rows.find(([variable = '']) => variable.includes(`\`FAPILOG_CLOUDWATCH__${field}\``));
    expect([field, row?.[1]]).toEqual([field, `\`${key}\``]);
  }
});

test.each(PYTHON_LEVELS.filter((level) => level !== 'AUDIT' && level !== 'SECURITY'))(
  'the level %s of Python is one of the settings here',
  (level) => {
    const env = { FAPILOG_CORE__LOG_LEVEL: level };
    expect(new Settings({}, { env }).core.logLevel).toMatch(/^(debug|info|warn|error|fatal)$/);
  },
);
