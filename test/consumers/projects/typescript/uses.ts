/** Every entry point that needs no CDK, used rightly and wrongly. */
import { getLogger, Settings, type LoggerAccount } from 'fapilog-cloudwatch';
import { captureConsole, type ConsoleCapture, type ConsoleCaptureOptions } from 'fapilog-cloudwatch/console';
import {
  correlationPaths,
  lambdaMiddleware,
  withLambda,
  type LambdaOptions,
} from 'fapilog-cloudwatch/lambda';
import {
  CloudWatchLogRecordExporter,
  CloudWatchLogRecordProcessor,
  type OtelLogRecord,
} from 'fapilog-cloudwatch/otel';
import { getCloudWatchSink, type LogTapeRecord, type LogTapeSink } from 'fapilog-cloudwatch/logtape';
import { requestErrors, requestLogger, type RequestLoggerOptions } from 'fapilog-cloudwatch/http';
import * as sdk from 'fapilog-cloudwatch/sdk';
import { CloudWatchStream, type CloudWatchStreamOptions } from 'fapilog-cloudwatch/stream';
import { CloudWatchTransport, type CloudWatchTransportOptions } from 'fapilog-cloudwatch/winston';
import { createLogger } from 'winston';
import * as worker from 'fapilog-cloudwatch/worker';
import * as yaml from 'fapilog-cloudwatch/yaml';
import { proveWriter, type WriterProof } from 'fapilog-cloudwatch/cdk/testing';
import { startLocalCloudWatchLogs, type LocalCloudWatchLogs } from 'fapilog-cloudwatch/testing';

const logger = getLogger({ settings: new Settings({ core: { logLevel: 'warn' } }) });
export const account: Promise<LoggerAccount> = logger.close({ deadlineMs: 5_000 });
// @ts-expect-error -- no method of the logger
logger.shout('x');
// @ts-expect-error -- no level
new Settings({ core: { logLevel: 'loud' } });

export const service: Promise<LocalCloudWatchLogs> = startLocalCloudWatchLogs({ port: 0 });
// @ts-expect-error -- no port
void startLocalCloudWatchLogs({ port: 'http' });

const options: LambdaOptions = { logger, correlationId: correlationPaths.sqs };
export const handler: (event: { id: string }) => Promise<string> = withLambda(async ({ id }) => id, options);
export const { before, after, onError } = lambdaMiddleware(options);
// @ts-expect-error -- the handler takes an object
export const wrongHandler: (event: number) => Promise<string> = withLambda(
  async ({ id }: { id: string }) => id,
  options,
);

const captureOptions: ConsoleCaptureOptions = { logger, passThrough: true };
export const capture: ConsoleCapture = captureConsole(captureOptions);
// @ts-expect-error -- neither true nor false
captureConsole({ passThrough: 'always' });

export const sinkOfLogTape: LogTapeSink & ((record: LogTapeRecord) => void) = getCloudWatchSink({ logger });
// @ts-expect-error -- no record
sinkOfLogTape('x');

const ofRequests: RequestLoggerOptions = {
  logger,
  level: { '4xx': 'info' },
  ignore: ({ path }) => path === '/health',
};
export const middlewares = [requestLogger(ofRequests), requestErrors()];
// @ts-expect-error -- a request has no such member
requestLogger({ ignore: ({ colour }) => colour });

type Simulate = Parameters<typeof proveWriter>[1]['simulate'];
export const prove = (simulate: Simulate): Promise<WriterProof> => proveWriter({}, { simulate });
// @ts-expect-error -- nothing that simulates
void proveWriter({}, {});

export const exportRecords = (records: OtelLogRecord[]): void =>
  new CloudWatchLogRecordExporter({ logger }).export(records, ({ code }) => void code);
export const ended: Promise<void> = new CloudWatchLogRecordProcessor({ logger }).shutdown();
// @ts-expect-error -- no records
new CloudWatchLogRecordExporter({ logger }).export('x');

const streamOptions: CloudWatchStreamOptions = { textLevel: 'debug', region: 'us-east-1' };
export const stream = new CloudWatchStream(streamOptions);
export const isTaken: boolean = stream.write('a\n') && stream.write({ level: 30, msg: 'a' });
// @ts-expect-error -- no level
new CloudWatchStream({ textLevel: true });

const transportOptions: CloudWatchTransportOptions = {
  logger,
  level: 'http',
  awsOptions: { region: 'us-east-1' },
};
export const winstonLogger = createLogger({ transports: [new CloudWatchTransport(transportOptions)] });
// @ts-expect-error -- no logger of ours
new CloudWatchTransport({ logger: 'x' });

export const programs = [sdk, worker, yaml];
