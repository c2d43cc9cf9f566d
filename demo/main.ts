/**
 * The demo, each part the real one: synthesize the stack, provision a local CloudWatch Logs server from its
 * template, run the HTTP service with the environment that the template injects, send it requests, and read every
 * line back with the official client. Exits with status 0 only if every accepted event was read back exactly once.
 *
 * With `--keep`, the server and its page stay until Ctrl-C.
 */
import { once } from 'node:events';
import { CloudWatchLogs } from '@aws-sdk/client-cloudwatch-logs';
import {
  lambdaEnvironment,
  provisionLogGroups,
  resolveTemplate,
  startLocalCloudWatchLogs,
} from 'fapilog-cloudwatch/testing';
import { audit } from './audit.js';
import { awsEnvironment } from './aws-environment.js';
import { readBack } from './read-back.js';
import { startService } from './service.js';
import { summarize } from './summary.js';
import { synthesize } from './synthesize.js';
import { sendRequests } from './traffic.js';

const REGION = 'us-east-1';
const REQUESTS = 300;

const server = await startLocalCloudWatchLogs();
const aws = awsEnvironment(REGION, server.endpoint);
Object.assign(process.env, aws);
const client = new CloudWatchLogs();
const page = `The page is at ${server.endpoint}/`;
const isKept = process.argv.includes('--keep');
if (isKept) console.log(page);
try {
  const stack = resolveTemplate(synthesize(), { region: REGION });
  const injected = lambdaEnvironment(stack);
  await provisionLogGroups(client, stack);

  const service = await startService({ ...injected, ...aws });
  const requestIds = await sendRequests(service.url, REQUESTS);
  const report = await service.stop();

  const found = await readBack(client, report.logGroupName);
  const findings = audit(report, requestIds, found);
  console.log(summarize({ injected, report, found, calls: server.calls, findings }));
  process.exitCode = findings.length === 0 ? 0 : 1;
  if (isKept) {
    console.log(`\n${page} until Ctrl-C.`);
    await Promise.race(['SIGINT', 'SIGTERM'].map((signal) => once(process, signal)));
  }
} finally {
  client.destroy();
  await server.close();
}
