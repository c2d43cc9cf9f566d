import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { writeFileSync } from 'node:fs';
import { entryPoints } from '../../tools/build/entry-points.js';
import { root } from '../support/imports.js';
import { InstalledPackage } from '../support/installed-package.js';

const names = entryPoints(root).map(({ name }) => name.replace('.', 'fapilog-cloudwatch'));

/** What every program does: it imports each entry point, and uses it. */
const uses = `
import { App, Stack } from 'aws-cdk-lib';
import { getLogger, Settings, type LoggerAccount } from 'fapilog-cloudwatch';
import { captureConsole, type ConsoleCapture, type ConsoleCaptureOptions } from 'fapilog-cloudwatch/console';
import { correlationPaths, lambdaMiddleware, withLambda, type LambdaOptions } from 'fapilog-cloudwatch/lambda';
import { CloudWatchLogRecordExporter, CloudWatchLogRecordProcessor, type OtelLogRecord } from 'fapilog-cloudwatch/otel';
import { getCloudWatchSink, type LogTapeRecord, type LogTapeSink } from 'fapilog-cloudwatch/logtape';
import { requestErrors, requestLogger, type RequestLoggerOptions } from 'fapilog-cloudwatch/http';
import * as sdk from 'fapilog-cloudwatch/sdk';
import { CloudWatchStream, type CloudWatchStreamOptions } from 'fapilog-cloudwatch/stream';
import { CloudWatchTransport, type CloudWatchTransportOptions } from 'fapilog-cloudwatch/winston';
import { createLogger } from 'winston';
import * as worker from 'fapilog-cloudwatch/worker';
import * as yaml from 'fapilog-cloudwatch/yaml';
import { CloudWatchLogging } from 'fapilog-cloudwatch/cdk';
import { proveWriter, type WriterProof } from 'fapilog-cloudwatch/cdk/testing';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';
const logger = getLogger({ settings: new Settings({ core: { logLevel: 'warn' } }) });
export const account: Promise<LoggerAccount> = logger.close({ deadlineMs: 5_000 });
export const role = new CloudWatchLogging(new Stack(new App(), 'Stack'), 'Logging', { logGroupName: '/myapp' }).role;
export const service: Promise<LocalCloudWatchLogs> = startLocalCloudWatchLogs({ port: 0 });
const options: LambdaOptions = { logger, correlationId: correlationPaths.sqs };
export const handler: (event: { id: string }) => Promise<string> = withLambda(async ({ id }) => id, options);
export const { before, after, onError } = lambdaMiddleware(options);
const captureOptions: ConsoleCaptureOptions = { logger, passThrough: true };
export const capture: ConsoleCapture = captureConsole(captureOptions);
export const sinkOfLogTape: LogTapeSink & ((record: LogTapeRecord) => void) = getCloudWatchSink({ logger });
const ofRequests: RequestLoggerOptions = { logger, level: { '4xx': 'info' }, ignore: ({ path }) => path === '/health' };
export const middlewares = [requestLogger(ofRequests), requestErrors()];
type Simulate = Parameters<typeof proveWriter>[1]['simulate'];
export const prove = (simulate: Simulate): Promise<WriterProof> => proveWriter({}, { simulate });
export const exportRecords = (records: OtelLogRecord[]): void => new CloudWatchLogRecordExporter({ logger }).export(records, ({ code }) => void code);
export const ended: Promise<void> = new CloudWatchLogRecordProcessor({ logger }).shutdown();
const streamOptions: CloudWatchStreamOptions = { textLevel: 'debug', region: 'us-east-1' };
export const stream = new CloudWatchStream(streamOptions);
export const isTaken: boolean = stream.write('a\\n') && stream.write({ level: 30, msg: 'a' });
const transportOptions: CloudWatchTransportOptions = { logger, level: 'http', awsOptions: { region: 'us-east-1' } };
export const winstonLogger = createLogger({ transports: [new CloudWatchTransport(transportOptions)] });
export const programs = [sdk, worker, yaml];
`;

const byImport = `${uses}
import pinoTransport, { pinoStream, type PinoStream } from 'fapilog-cloudwatch/pino';
pinoTransport({ level: 'warn' }).end();
export const inProcess: PinoStream = pinoStream({ level: 'warn', onRejected: ({ message }) => console.error(message) });
`;

const programs = {
  // Both forms of import lead to one class.
  'main.mts': `${byImport}
import { CloudWatchSink } from 'fapilog-cloudwatch';
import required = require('fapilog-cloudwatch');
export const sink: CloudWatchSink = new required.CloudWatchSink();
`,
  'main.cts': `${uses}
import pino = require('fapilog-cloudwatch/pino');
pino.default({ level: 'warn' }).end();
export const inProcess: pino.PinoStream = pino.pinoStream({ level: 'warn' });
`,
  'main.ts': byImport,
};
type Program = keyof typeof programs;

let project: InstalledPackage;

beforeAll(() => {
  project = new InstalledPackage(['aws-cdk-lib', 'constructs', '@types/node', 'winston']);
});

afterAll(() => project.remove());

const newest = join(root, 'node_modules/typescript/bin/tsc');
/** The newest of those that know the resolution "node10". */
const older = join(root, 'node_modules/@arethetypeswrong/core/node_modules/typescript/bin/tsc');

/** What a compiler says of a program. */
function complaints(file: string, text: string, options: object, compiler = newest): string[] {
  writeFileSync(join(project.path, file), text);
  const compilerOptions = {
    target: 'ES2022',
    strict: true,
    skipLibCheck: true,
    noEmit: true,
    types: ['node'],
    ...options,
  };
  writeFileSync(join(project.path, 'tsconfig.json'), JSON.stringify({ compilerOptions, files: [file] }));
  try {
    execFileSync(process.execPath, [compiler, '-p', '.'], { encoding: 'utf8', cwd: project.path });
    return [];
  } catch (error) {
    return (error as { stdout: string }).stdout.split('\n').filter((line) => line !== '');
  }
}

test('a program imports every entry point', () => {
  expect(names.filter((name) => !programs['main.mts'].includes(`'${name}'`))).toEqual([]);
});

test.each<[Program, object]>([
  ['main.mts', { module: 'Node16' }],
  ['main.cts', { module: 'Node16' }],
  ['main.mts', { module: 'NodeNext' }],
  ['main.cts', { module: 'NodeNext' }],
  ['main.ts', { module: 'ESNext', moduleResolution: 'Bundler' }],
  ['main.ts', { module: 'CommonJS', moduleResolution: 'Bundler', esModuleInterop: true }],
])('%s compiles against every entry point, with %j', (file, options) => {
  expect(complaints(file, programs[file], options)).toEqual([]);
});

test('no declaration of ours is wrong where declarations are checked strictly', () => {
  const options = {
    module: 'NodeNext',
    skipLibCheck: false,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
  };
  const all = complaints('main.mts', programs['main.mts'], options);

  // CDK's own are. What is indented belongs to the line before.
  expect(all.filter((line) => !/^ |node_modules\/aws-cdk-lib\//.test(line))).toEqual([]);
});

test('main.ts compiles as in projects of `cdk init`, with an older compiler and its resolution "node10"', () => {
  const options = { module: 'CommonJS', moduleResolution: 'node10', lib: ['es2022'], esModuleInterop: true };

  expect(complaints('main.ts', programs['main.ts'], options, older)).toEqual([]);
});

test.each([
  ['NodeNext', newest],
  ['CommonJS', older],
])('a call that the published declarations do not allow is found, with %s', (module, compiler) => {
  const text = `import { getLogger } from 'fapilog-cloudwatch';\ngetLogger().shout('x');\n`;

  expect(complaints('bad.ts', text, { module }, compiler)).toEqual([
    expect.stringMatching(/bad\.ts.*Property 'shout' does not exist/),
  ]);
});

test('the judge of declarations has nothing against the tarball', () => {
  const judge = join(root, 'node_modules/@arethetypeswrong/cli/dist/index.js');
  // It has an exit code of its own for each problem; no rule is ignored.
  const verdict = execFileSync(process.execPath, [judge, project.tarball, '--format', 'json'], {
    encoding: 'utf8',
  });

  expect((JSON.parse(verdict) as { readonly problems: object }).problems).toEqual({});
});
