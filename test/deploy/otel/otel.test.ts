import { execFile, execFileSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isBalanced, type Account } from '../../../runtime/ack/ledger.js';
import { DeliveryStage } from '../../support/delivery-stage.js';
import { root } from '../../support/imports.js';
import { describeWith, findNode } from '../../support/tools.js';

const run = promisify(execFile);

const program = join(__dirname, 'emits-variously.mjs');

/** Where `install-tools.mjs` puts the SDK of version 3, which needs Node.js 22. */
const newer = join(root, '.cache/otel-3');
const isInstalled = existsSync(join(newer, 'node_modules/@opentelemetry/sdk-logs'));

/** What the program prints. */
interface Printed {
  readonly version: string;
  readonly nowMs: number;
  /** Before the shutdown. */
  readonly delivered: number;
  readonly account: Account;
}

interface Outcome extends Printed {
  /** The lines without what differs from process to process. */
  readonly lines: readonly object[];
  readonly times: readonly number[];
}

async function outcomeOf(node: string, folder: string, kind: string): Promise<Outcome> {
  const stage = await DeliveryStage.open();
  const env = {
    PATH: process.env['PATH'],
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    SERVICE_URL: stage.service.endpoint,
  };
  try {
    const { stdout } = await run(node, [program, folder, kind], { env, timeout: 60_000 });
    const stored = await stage.stored();
    const printed = JSON.parse(stdout) as Printed;
    const lines = stored.map(({ message }) => {
      const { timestamp: _, pid: __, ...line } = JSON.parse(message) as Record<string, unknown>;
      return line;
    });
    return { ...printed, lines, times: stored.map(({ timestamp }) => timestamp - printed.nowMs) };
  } finally {
    await stage.close();
  }
}

describe.each([22, 24].map((major) => [major, findNode(major)] as const))('with Node.js %i', (_, node) => {
  describeWith(isInstalled ? node : undefined).each(['ours', 'batch', 'simple'])(
    'version 3 of the SDK, through the processor %s,',
    (kind) => {
      test('has what version 0 has in its lines, each in its place, and all is delivered', async () => {
        if (node === undefined || !isInstalled)
          throw new Error('Node.js or the SDK is not under .cache/: run npm run test:deploy');
        const old = await outcomeOf(node, root, 'ours');
        const { version, lines, times, account, delivered } = await outcomeOf(node, newer, kind);

        expect([old.version, version]).toEqual([
          expect.stringMatching(/^0\./),
          expect.stringMatching(/^3\./),
        ]);
        expect(lines).toHaveLength(33);
        expect(lines).toEqual(old.lines);
        expect(times).toEqual(lines.map((__, index) => index));
        expect(account).toMatchObject({ accepted: 33, delivered: 33, pending: 0 });
        expect(isBalanced(account)).toBe(true);
        // The simple processor does not flush its exporter.
        if (kind !== 'simple') expect(delivered).toBe(33);
      }, 120_000);
    },
  );
});

function complaints(command: readonly string[]): string {
  try {
    return execFileSync(process.execPath, command, { encoding: 'utf8' });
  } catch (error) {
    return (error as { stdout: string }).stdout;
  }
}

describeWith(isInstalled || undefined)('the types of version 3 of the SDK', () => {
  test('take our processor and our exporter', () => {
    const text = `
import type { LogRecordExporter, LogRecordProcessor } from '@opentelemetry/sdk-logs';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor } from '${join(root, 'dist/esm/runtime/adapters/otel.js')}';
export const exporter: LogRecordExporter = new CloudWatchLogRecordExporter();
export const processor: LogRecordProcessor = new CloudWatchLogRecordProcessor();
`;
    const file = join(newer, 'types.mts');
    writeFileSync(file, text);
    const options = [
      '--ignoreConfig',
      '--noEmit',
      '--strict',
      '--module',
      'nodenext',
      '--target',
      'es2022',
      '--skipLibCheck',
    ];
    const types = ['--types', 'node', '--typeRoots', join(root, 'node_modules/@types')];
    const compiler = join(root, 'node_modules/typescript/bin/tsc');

    expect(complaints([compiler, ...options, ...types, file])).toBe('');
  }, 60_000);
});
