import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { transformSync } from 'esbuild';
import { root } from '../../support/imports.js';
import { FUNCTION_ARN } from '../../support/lambda-context.js';
import { runWith } from '../../support/programs.js';
import { SinkBench } from '../../support/sink-against-server.js';

type Line = Readonly<Record<string, unknown>>;

const page = readFileSync(join(root, 'docs/loggers/powertools.md'), 'utf8');

/** The handlers of the page, before and after. */
const [before = '', after = ''] = [...page.matchAll(/```ts\n(.*?)```/gs)].map(([, code]) => code!);

/** Names of fields here by those of Powertools, as the table of the page says. */
const names = new Map(
  [...page.matchAll(/^\| `([a-z_]+)` \| `([A-Za-z]+)` \|$/gm)].map(([, theirs, ours]) => [theirs!, ours!]),
);

const TRACE_ID = '1-5759e988-bd862e3fe1be46a994272793';

/** Two invocations, as Lambda makes them. */
const INVOCATIONS = `
for (const id of ['r-1', 'r-2'])
  await handler(
    { requestContext: { requestId: 'c-' + id }, headers: { 'x-tenant': 't-' + id }, body: '{' },
    {
      awsRequestId: id,
      invokedFunctionArn: '${FUNCTION_ARN}',
      functionName: 'orders-fn',
      functionVersion: '7',
      memoryLimitInMB: '256',
      tenantId: 'acme',
      getRemainingTimeInMillis: () => 20_000,
    },
  );
`;

const LAMBDA = {
  AWS_LAMBDA_FUNCTION_NAME: 'orders-fn',
  AWS_LAMBDA_FUNCTION_VERSION: '7',
  AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '256',
  AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
  AWS_REGION: 'us-east-1',
  AWS_ACCESS_KEY_ID: 'AKIDLOCAL',
  AWS_SECRET_ACCESS_KEY: 'secret',
  _X_AMZN_TRACE_ID: `Root=${TRACE_ID};Parent=53995c3f42cd8ad8;Sampled=1`,
};

/** Runs a handler of the page; the package is the built one. */
async function ran(handler: string, env: NodeJS.ProcessEnv): Promise<Line[]> {
  const { code: javaScript } = transformSync(handler, { loader: 'ts' });
  const program = ['--input-type=module', '--eval', javaScript + INVOCATIONS];
  const { code, stdout, stderr } = await runWith(
    program,
    { PATH: process.env['PATH'], ...LAMBDA, ...env },
    { cwd: root },
  );
  expect(code).toBe(0);
  // Powertools writes errors to standard error.
  const lines = (stdout + stderr).split('\n').filter((line) => line !== '');
  const parsed = lines.map((line) => JSON.parse(line) as Line);
  return parsed.toSorted((a, b) => String(a['timestamp']).localeCompare(String(b['timestamp'])));
}

/** A line of Powertools by the names that the page promises, without what it says is absent. */
function translated({ sampling_rate: _rate, ...line }: Line): Line {
  const renamed = Object.fromEntries(
    Object.entries(line).map(([name, value]) => [names.get(name) ?? name, value]),
  );
  const { error } = renamed as { error?: Readonly<Record<string, unknown>> };
  const { name: type, location: _location, ...others } = error ?? {};
  return {
    ...renamed,
    level: String(renamed['level']).toLowerCase(),
    functionMemoryMb: Number(renamed['functionMemoryMb']),
    timestamp: 'a time',
    ...(error && { error: { type, ...others, stack: 'a stack' } }),
  };
}

function comparable(line: Line): Line {
  const { error } = line as { error?: object };
  return { ...line, timestamp: 'a time', ...(error && { error: { ...error, stack: 'a stack' } }) };
}

test('what Powertools writes is stored here, by the names of the page', async () => {
  const written = await ran(before, {});

  const bench = await SinkBench.start();
  const target = await bench.created(bench.newTarget());
  const printed = await ran(after, {
    FAPILOG_SERVICE: 'orders',
    FAPILOG_CLOUDWATCH__LOG_GROUP_NAME: target.logGroupName,
    FAPILOG_CLOUDWATCH__LOG_STREAM_NAME: target.logStreamName,
    FAPILOG_CLOUDWATCH__ENDPOINT_URL: bench.server.endpoint,
  });
  const stored = (await bench.stored(target)).map(({ message = '' }) => JSON.parse(message) as Line);
  await bench.stop();

  expect(printed).toEqual([]);
  expect(written).toHaveLength(4);
  expect(stored.map(comparable)).toEqual(
    written.map((line) => expect.objectContaining(translated(line)) as unknown),
  );
  // Both say that the time is one, and where the error was.
  for (const line of [...written, ...stored]) {
    expect(Date.parse(line['timestamp'] as string)).toBeGreaterThan(0);
    const { error } = line as { error?: { stack: string } };
    if (error) expect(error.stack).toMatch(/SyntaxError: .*\n\s+at /);
  }
});

test('the page names each option, each method and each variable of the published logger', () => {
  const folder = join(root, 'node_modules/@aws-lambda-powertools/logger/lib/esm');
  const types = readFileSync(join(folder, 'types/Logger.d.ts'), 'utf8');
  const members = (type: string): string[] => {
    const [, body = ''] = new RegExp(`type ${type} = \\{\\n(.*?)\\n\\};`, 's').exec(types) ?? [];
    return [...body.matchAll(/^ {4}([a-zA-Z]+)[?(:]/gm)].map(([, name]) => name!);
  };
  const kinds = ['BaseConstructorOptions', 'LogFormatterOption', 'LogRecordOrderOption', 'LogBufferOption'];
  const more = [
    'PersistentKeysOption',
    'CorrelationIdOption',
    'InjectLambdaContextOptions',
    'LoggerInterface',
  ];
  const sources = readFileSync(join(folder, 'Logger.js'), 'utf8');
  const variables = [...sources.matchAll(/'(POWERTOOLS_[A-Z_]+|LOG_LEVEL)'/g)].map(([, name]) => name!);
  const all = [...new Set([...kinds, ...more].flatMap(members).concat(variables))];

  expect(all.length).toBeGreaterThan(35);
  expect(all.filter((name) => !new RegExp(`\\b${name}\\b`).test(page))).toEqual([]);
});
