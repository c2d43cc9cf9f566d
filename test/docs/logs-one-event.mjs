/** Logs one event and flushes it. Prints the files of `runtime` that had a part in it, as JSON. */
import { Session } from 'node:inspector/promises';
import { setTimeout } from 'node:timers/promises';
import { startLocalCloudWatchLogs } from '../../dist/build/local/index.js';
import { CloudWatchSink, getLogger } from '../../dist/build/runtime/index.js';

const server = await startLocalCloudWatchLogs();
const sink = new CloudWatchSink({ logGroupName: '/app', region: 'us-east-1', endpointUrl: server.endpoint });
const logger = getLogger({ sinks: [sink] });

// The first event also makes the log group and loads what makes the calls.
logger.info('paid', { id: 6 });
await logger.flush();
// What stands before the message is remembered for a second.
await setTimeout(1_001);

const session = new Session();
session.connect();
await session.post('Profiler.enable');
await session.post('Profiler.startPreciseCoverage', { callCount: true });
await session.post('Profiler.takePreciseCoverage');
logger.info('paid', { id: 7 });
await logger.flush();
const { result } = await session.post('Profiler.takePreciseCoverage');
session.disconnect();

const called = result.filter(({ functions }) => functions.some(({ ranges: [all] }) => all.count > 0));
const files = called.flatMap(({ url }) => /\/dist\/build\/runtime\/(.+)\.js$/.exec(url)?.[1] ?? []);
console.log(JSON.stringify(files.map((file) => `${file}.ts`).toSorted()));

await logger.close();
await server.close();
