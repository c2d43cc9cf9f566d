import { execFile } from 'node:child_process';
import { mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isBalanced } from '../../runtime/ack/ledger.js';
import { root } from '../support/imports.js';
import type { Line } from '../support/memory-sink.js';

const run = promisify(execFile);

/** What a program prints at its end. */
type Report = Parameters<typeof isBalanced>[0];

let project: string;

/** The example as users get it: packed, and installed in a project of its own that has nothing else. */
beforeAll(async () => {
  project = realpathSync(mkdtempSync(join(tmpdir(), 'plugin-package-')));
  const npm = (...args: string[]): Promise<{ stdout: string }> =>
    run('npm', [...args, '--loglevel=error'], { cwd: project });
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'application', private: true }));
  const { stdout } = await npm('pack', join(root, 'examples/plugin'), '--json');
  const [{ filename }] = JSON.parse(stdout) as [{ filename: string }];
  await npm('install', `./${filename}`, '--offline', '--no-audit', '--no-fund');
  symlinkSync(root, join(project, 'node_modules/fapilog-cloudwatch'), 'dir');
  for (const [name, load] of Object.entries(loads)) writeFileSync(join(project, name), load + program);
}, 60_000);

afterAll(() => rmSync(project, { recursive: true }));

const loads = {
  'main.mjs': `import { getLogger } from 'fapilog-cloudwatch';\n`,
  'main.cjs': `const { getLogger } = require('fapilog-cloudwatch');\n`,
};

const program = `
const logger = getLogger();
logger.info('request', { path: '/health' });
const order = { status: 'new' };
logger.info('request', { path: '/orders', order });
order.status = 'cancelled';
logger.child({ path: '/ready' }).info('request');
logger.error(new Error('no stock'));
logger.close().then((report) => console.log(JSON.stringify(report)));
`;

/** Runs a program of the project with a settings file. */
async function runWith(
  main: string,
  yaml: string,
  env: NodeJS.ProcessEnv = {},
): Promise<{ readonly report: Report; readonly stderr: string }> {
  writeFileSync(join(project, 'logging.yaml'), yaml);
  const { stdout, stderr } = await run(process.execPath, [main], {
    cwd: project,
    env: { PATH: process.env['PATH'], FAPILOG_CONFIG_FILE: 'logging.yaml', ...env },
  });
  return { report: JSON.parse(stdout) as Report, stderr };
}

/** What the sink of the package posts to a server, while the work is being done. */
async function posted<Result>(
  work: (url: string) => Promise<Result>,
): Promise<{ readonly result: Result; readonly lines: Line[] }> {
  const bodies: Buffer[] = [];
  const server = createServer((request, answer) => {
    request.on('data', (chunk: Buffer) => bodies.push(chunk)).on('end', () => answer.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const result = await work(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
    const text = Buffer.concat(bodies).toString();
    return { result, lines: text.split('\n').flatMap((line) => (line ? [JSON.parse(line) as Line] : [])) };
  } finally {
    server.closeAllConnections();
    server.close();
  }
}

const yamlFor = (url: string): string => `
core:
  sinks: [http]
  filters: [quiet-paths]
  plugins: ["@example/fapilog-http"]
sink_config:
  http:
    url: ${url}
filter_config:
  quiet_paths:
    paths: ["/health", "/ready"]
`;

describe.each(Object.keys(loads))('a package that only the settings name, in %s', (main) => {
  test('brings its sink and its filter', async () => {
    const { result, lines } = await posted((url) => runWith(main, yamlFor(url)));

    expect(lines).toEqual([
      expect.objectContaining({
        level: 'info',
        message: 'request',
        path: '/orders',
        order: { status: 'new' },
      }),
      expect.objectContaining({ level: 'error', message: 'no stock' }),
    ]);
    expect(result.report).toMatchObject({
      accepted: 2,
      delivered: 2,
      pending: 0,
      filtered: { total: 2, byReason: { quiet_paths: 2 } },
    });
    expect(isBalanced(result.report)).toBe(true);
    expect(result.stderr).toBe('');
  }, 30_000);

  test('brings them where code must not be made of texts', async () => {
    const env = { NODE_OPTIONS: '--disallow-code-generation-from-strings' };
    const { result } = await posted((url) => runWith(main, yamlFor(url), env));

    expect(result.report).toMatchObject({ accepted: 2, delivered: 2, filtered: { total: 2 } });
  }, 30_000);

  test('may be named as the sink itself, with a level of its own', async () => {
    const { result, lines } = await posted((url) =>
      runWith(
        main,
        `
core: { sinks: ["@example/fapilog-http"] }
sink_config: { http: { url: "${url}", level: warn } }
`,
      ),
    );

    expect(lines.map(({ message }) => message)).toEqual(['no stock']);
    expect(result.report).toMatchObject({ accepted: 1, delivered: 1, pending: 0 });
    expect(result.stderr).toBe('');
  }, 30_000);

  test('with wrong settings leaves its records on stderr, and says why', async () => {
    const { report, stderr } = await runWith(main, yamlFor('nowhere'));

    expect(report).toMatchObject({
      accepted: 2,
      pending: 0,
      diverted: { total: 2, byReason: { pluginFailed: 2 } },
    });
    expect(isBalanced(report)).toBe(true);
    expect(stderr).toContain(
      'sink "http" of package @example/fapilog-http has wrong settings: invalid setting: sink_config.http.url is ' +
        '"nowhere"; allowed: a URL; correct them, or take it out of core.sinks; its log records go to stderr [plugin.http]',
    );
    const diverted = stderr.split('\n').filter((line) => line.startsWith('{'));
    expect(diverted.map((line) => JSON.parse(line) as Line)).toMatchObject([
      { message: 'request', path: '/orders' },
      { message: 'no stock' },
    ]);
  }, 30_000);

  test('is not loaded where it is denied', async () => {
    const failed = runWith(main, yamlFor('http://127.0.0.1/'), {
      FAPILOG_PLUGINS__DENYLIST: '@example/fapilog-http',
    });

    await expect(failed).rejects.toMatchObject({
      stderr: expect.stringMatching(
        /SettingsError: invalid settings:[^]*core\.plugins is "@example\/fapilog-http"; allowed: a package that is not in plugins\.denylist/,
      ),
    });
  }, 30_000);
});
