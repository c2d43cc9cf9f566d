import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isBalanced, type Account } from '../../../runtime/ack/ledger.js';
import { BlockProject } from '../../support/block-project.js';
import { blocks, fileOf } from '../../support/document-blocks.js';
import { root } from '../../support/imports.js';
import { moduleText } from '../../support/module-text.js';
import { runWith } from '../../support/programs.js';
import { SinkBench } from '../../support/sink-against-server.js';

type Line = Readonly<Record<string, unknown>>;

let bench: SinkBench;

beforeAll(async () => {
  bench = await SinkBench.start();
});

afterAll(() => bench.stop());

/** The blocks of a page that begin with the name of a file, by that name. */
function filesOf(page: string): Record<string, string> {
  const files = blocks().filter((block) => block.page === page && fileOf(block) !== undefined);
  return Object.fromEntries(
    files.map((block) => [fileOf(block)!.replace(/ts$/, 'js'), moduleText(block.code)]),
  );
}

/** The lines that a program stores which uses the files of a page. */
async function linesOf(page: string, program: string, packages: readonly string[]): Promise<Line[]> {
  const main = readFileSync(join(root, program), 'utf8');
  const project = new BlockProject({ ...filesOf(page), 'main.js': main }, packages);
  const target = bench.newTarget();
  const env = {
    PATH: process.env['PATH'],
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'AKIDLOCAL',
    AWS_SECRET_ACCESS_KEY: 'secret',
    NEXT_RUNTIME: 'nodejs',
    FAPILOG_CORE__SINKS: '["cloudwatch"]',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: target.logGroupName,
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: target.logStreamName,
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: bench.server.endpoint,
  };
  const { code, stdout, stderr } = await runWith(['main.js'], env, { cwd: project.path });
  project.remove();
  expect([code, stderr]).toEqual([0, '']);
  const account = JSON.parse(stdout) as Account;
  expect([isBalanced(account), account.delivered]).toEqual([true, account.accepted]);
  const stored = await bench.stored(target);
  return stored.map(({ message = '' }) => JSON.parse(message) as Line);
}

test('Nest: each line of a request has its id, and the line of the request has the error that Nest answers', async () => {
  const packages = ['@nestjs/common', '@nestjs/core', '@nestjs/platform-express', 'reflect-metadata', 'rxjs'];
  const lines = await linesOf('docs/loggers/nest.md', 'test/pipeline/programs/nest.mjs', packages);

  const of = (id: string): Line[] => lines.filter(({ requestId }) => requestId === id);
  const within = { handler: 'Orders.read', context: 'OrdersService' };
  const ofRequest = { req: expect.objectContaining({ method: 'GET' }), route: '/orders/:id' };
  // Lines of one millisecond stand in the order in which they were written, and details are written last.
  const detailsFirst = of('r-7').toSorted(
    (a, b) => Number(b['level'] === 'debug') - Number(a['level'] === 'debug'),
  );
  // An error is logged, so the details come, too.
  expect(detailsFirst).toMatchObject([
    { level: 'debug', message: 'loading', ...within },
    { level: 'info', message: 'order read', orderId: '7', ...within },
    { level: 'error', message: 'not there', error: { message: 'late' }, ...within },
    { level: 'error', message: 'by text', stack: expect.stringMatching(/^Error: stack\n/), ...within },
    { level: 'warn', message: 'careful one', ...within },
    { level: 'info', message: 'request completed', ...ofRequest, res: { statusCode: 200 } },
  ]);
  expect(of('r-bad')).toMatchObject([
    {
      level: 'warn',
      message: 'request completed',
      ...ofRequest,
      res: { statusCode: 400 },
      error: { message: 'no such id' },
    },
  ]);
  expect(of('r-broken')).toMatchObject([
    { level: 'debug', message: 'loading' },
    { level: 'error', context: 'ExceptionsHandler' },
    { level: 'error', message: 'request failed', res: { statusCode: 500 }, error: { type: 'RangeError' } },
  ]);
  expect(lines.filter(({ requestId }) => requestId === undefined)).toContainEqual(
    expect.objectContaining({ message: 'Nest application successfully started', context: 'NestApplication' }),
  );
});

test('Next.js: each line of a route handler has the id of its request, and one says how it ended', async () => {
  const lines = await linesOf('docs/loggers/next.md', 'test/pipeline/programs/next-route.mjs', []);

  const ended = { req: { method: 'GET' }, durationMs: expect.any(Number) };
  expect(lines).toMatchObject([
    { message: 'server starts' },
    { message: 'order read', id: '7', requestId: 'r-7' },
    { level: 'info', message: 'request completed', requestId: 'r-7', res: { statusCode: 200 }, ...ended },
    { level: 'info', message: 'request completed', digest: 'NEXT_REDIRECT;push;/login', ...ended },
    { level: 'error', message: 'request failed', requestId: 'r-8', error: { message: 'boom' }, ...ended },
    {
      level: 'error',
      message: 'request failed',
      error: { message: 'boom' },
      path: '/orders/8',
      routeType: 'render',
    },
  ]);
});
